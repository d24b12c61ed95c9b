import { expect, it } from 'vitest';
import { streamText } from './stream-text.ts';

async function* lines(count: number, seen: number[]): AsyncGenerator<string> {
  try {
    for (let index = 0; index < count; index += 1) {
      seen.push(index);
      yield await Promise.resolve(`${'x'.repeat(32 * 1024 - 1)}\n`);
    }
  } finally {
    seen.push(-1);
  }
}

it('holds all lines, in pieces', async () => {
  const { body } = await streamText(lines(9, []), { onFailure: () => {} });
  expect((await new Response(body).text()).length).toBe(9 * 32 * 1024);
});

it('reads no further than its reader, and ends the reading when that goes away', async () => {
  const seen: number[] = [];
  const { body } = await streamText(lines(1_000, seen), { onFailure: () => {} });
  const reader = body.getReader();
  await reader.read();
  await reader.read();
  expect(seen.length).toBeLessThan(12);
  await reader.cancel();
  expect(seen.at(-1)).toBe(-1);
});

it('fails at once where the first lines cannot be read', async () => {
  const failing = (async function* (): AsyncGenerator<string> {
    yield await Promise.reject(new Error('the database is away'));
  })();
  await expect(streamText(failing, { onFailure: () => {} })).rejects.toThrow('the database is away');
});

it('breaks off where a later line cannot be read, instead of ending as if it were whole', async () => {
  const failures: unknown[] = [];
  const failing = (async function* (): AsyncGenerator<string> {
    yield* lines(4, []);
    throw new Error('the database is away');
  })();
  const { body } = await streamText(failing, { onFailure: (error) => failures.push(error) });
  await expect(new Response(body).text()).rejects.toThrow('the database is away');
  expect(failures).toMatchObject([{ message: 'the database is away' }]);
});

it('gives up a reader that takes nothing', async () => {
  const seen: number[] = [];
  const { body } = await streamText(lines(1_000, seen), { onFailure: () => {}, stallMs: 1 });
  const reader = body.getReader();
  await expect(reader.closed).rejects.toThrow('the answer was not read');
  expect(seen.at(-1)).toBe(-1);
});
