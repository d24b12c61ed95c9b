import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, startReceiver } from '../../../../test/fake-slack/start-receiver.ts';
import { addressGuard } from './address-guard.ts';
import { AddressRefusedError, guardedPost, type Resolve } from './guarded-post.ts';

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
});

const post = async (
  url: string,
  more: Partial<Parameters<typeof guardedPost>[1]> = {},
): ReturnType<typeof guardedPost> =>
  await guardedPost(new URL(url), { headers: {}, body: '{}', isAllowed: addressGuard([]), timeoutMs: 2_000, ...more });

/** A resolver of which each question has the next answer. */
function resolving(...answers: readonly (readonly string[])[]): { readonly resolve: Resolve; asked(): number } {
  let asked = 0;
  const resolve: Resolve = (_name, _options, answer) => {
    const addresses = answers[asked] ?? [];
    asked += 1;
    answer(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { resolve, asked: () => asked };
}

describe('a private address is not connected to', () => {
  it.each([
    'http://127.0.0.1',
    'http://[::1]',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1',
    'http://0x7f000001',
    'http://2130706433',
    'http://127.1',
    'http://[::ffff:127.0.0.1]',
  ])('written as %s', async (url) => {
    await expect(post(url)).rejects.toThrow(AddressRefusedError);
  });

  it('that a name of the system stands for', async () => {
    await expect(post(receiver.url.replace('127.0.0.1', 'localhost'))).rejects.toThrow(AddressRefusedError);
  });

  it.each([[['10.0.0.1']], [['::1']], [['169.254.169.254']], [['1.1.1.1', '192.168.0.1']]])(
    'that DNS answers, %s',
    async (addresses) => {
      await expect(post('http://hook.example.com', resolving(addresses))).rejects.toThrow(AddressRefusedError);
    },
  );

  it('and nothing reaches it', () => {
    expect(receiver.attempts()).toBe(0);
  });
});

it('the connection goes to the address that was checked: the name is asked once', async () => {
  const names = resolving(['127.0.0.1'], ['10.0.0.1']);
  const url = receiver.url.replace('127.0.0.1', 'hook.example.com');
  const answer = await post(url, { isAllowed: addressGuard(['127.0.0.1/32']), resolve: names.resolve });
  expect([answer.status, names.asked()]).toEqual([200, 1]);
  expect(receiver.received.at(-1)?.headers['host']).toContain('hook.example.com');
});

it('a redirect is an answer, and is not followed', async () => {
  await receiver.fail('redirect');
  const before = receiver.attempts();
  expect((await post(receiver.url, { isAllowed: addressGuard(['127.0.0.1/32']) })).status).toBe(302);
  expect(receiver.attempts()).toBe(before + 1);
});
