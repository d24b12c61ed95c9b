import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type AuthScene, startAuthScene } from './harness/auth-scene.ts';

/* Bearer tokens of an issuer of OpenID Connect, on this machine and over real HTTP. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let scene: AuthScene;
beforeEach(async () => {
  scene = await startAuthScene();
});
afterEach(async () => await scene.stop());

async function ask(token: string, path = '/v1/scans'): Promise<readonly [number, string | null]> {
  const response = await scene.ask(path, token);
  const body = z.looseObject({ code: z.string().optional() }).parse(await response.json());
  return [response.status, body.code ?? null];
}

const letIn = [200, null];
const invalid = [401, 'credentialInvalid'];
const away = [503, 'issuerUnavailable'];

describe('claims become scopes and accounts', () => {
  test.each<[string, Record<string, unknown>, string, unknown]>([
    ['a value among those of a list', { groups: ['others', 'readers'] }, '/v1/scans', letIn],
    ['a value by itself', { groups: 'readers' }, '/v1/scans', letIn],
    ['a value that only begins alike', { groups: ['readers-to-be'] }, '/v1/scans', [403, 'scopeInsufficient']],
    ['no claim at all', { groups: undefined }, '/v1/scans', [403, 'scopeInsufficient']],
    ['a claim that is no text', { groups: { readers: true } }, '/v1/scans', [403, 'scopeInsufficient']],
    [
      'a claim of the name of what every object has',
      { groups: undefined, constructor: 'readers' },
      '/v1/scans',
      [403, 'scopeInsufficient'],
    ],
    ['a scope that is too little', { groups: ['readers'] }, '/v1/audit-log', [403, 'scopeInsufficient']],
    ['a scope that includes others', { groups: ['administrators'] }, '/v1/scans', letIn],
    ['claims within claims', { groups: [], realm: { roles: ['shop-operator'] } }, '/v1/rules', letIn],
    [
      'accounts of the configuration',
      { groups: [], realm: { roles: ['shop-operator'] } },
      '/v1/scans',
      [403, 'accountNotAllowed'],
    ],
    [
      'a word of `scope`, with accounts of a claim',
      { groups: [], scope: 'openid ecr-audit:read', aws_accounts: ['222222222222'] },
      '/v1/rules',
      letIn,
    ],
    [
      'the same on what is about everything',
      { groups: [], scope: 'openid ecr-audit:read', aws_accounts: ['222222222222'] },
      '/v1/scans',
      [403, 'accountNotAllowed'],
    ],
    [
      'accounts of a claim that is not there: none, and never all',
      { groups: [], scope: 'ecr-audit:read' },
      '/v1/rules',
      [403, 'scopeInsufficient'],
    ],
    [
      'accounts of a claim that are none',
      { groups: [], scope: 'ecr-audit:read', aws_accounts: ['*', 'all'] },
      '/v1/rules',
      [403, 'scopeInsufficient'],
    ],
    ['the widest of several grants', { groups: ['readers'], realm: { roles: ['shop-operator'] } }, '/v1/scans', letIn],
  ])('%s', async (_title, claims, path, expected) => {
    expect(await ask(await scene.issuer.sign(claims), path)).toEqual(expected);
  });

  test('a grant of little does not lend its accounts to one of much', async () => {
    const token = await scene.issuer.sign({ groups: ['readers'], realm: { roles: ['shop-operator'] } });
    // Reads everything, and may ask for scans of one account only.
    const body = JSON.stringify({ target: 'organization:o-1' });
    const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
    expect((await scene.ask('/v1/scans', token, init)).status).toBe(403);
    expect((await scene.ask('/v1/scans', token)).status).toBe(200);
  });
});

test('a clock that is off by less than the tolerance lets in, and by more does not', async () => {
  const token = await scene.issuer.sign();
  scene.pass(10 * minuteMs + 29_000);
  expect(await ask(token)).toEqual(letIn);
  scene.pass(2_000);
  expect(await ask(token)).toEqual([401, 'credentialExpired']);
});

describe('keys', () => {
  test('are read once, and renewed behind the answers after a while', async () => {
    for (let time = 0; time < 5; time += 1) {
      expect(await ask(await scene.issuer.sign())).toEqual(letIn);
    }
    expect(scene.issuer.reads()).toBe(1);
    scene.wait(11 * minuteMs);
    expect(await ask(await scene.issuer.sign())).toEqual(letIn);
    // Whoever names a key that is not known waits for what is being read.
    await ask(await scene.issuer.sign({}, { kid: 'made-up' }));
    expect(scene.issuer.reads()).toBe(2);
  });

  test('are read again where a token names a new one, at the first token after a rotation', async () => {
    await ask(await scene.issuer.sign());
    scene.wait(minuteMs);
    await scene.issuer.rotate({ keepsOld: false });
    expect(await ask(await scene.issuer.sign())).toEqual(letIn);
  });

  test('that the issuer withdrew let nobody in once they were renewed', async () => {
    const old = await scene.issuer.sign();
    expect(await ask(old)).toEqual(letIn);
    scene.wait(minuteMs);
    await scene.issuer.rotate({ keepsOld: false });
    await ask(await scene.issuer.sign());
    expect(await ask(old)).toEqual(invalid);
  });

  test('are asked for by names that somebody makes up no more often than every ten seconds', async () => {
    await ask(await scene.issuer.sign());
    for (let time = 0; time < 15; time += 1) {
      expect(await ask(await scene.issuer.sign({}, { kid: `made-up-${time}` }))).toEqual(invalid);
    }
    expect(scene.issuer.reads()).toBe(1);
    scene.wait(11_000);
    await ask(await scene.issuer.sign({}, { kid: 'made-up' }));
    expect(scene.issuer.reads()).toBe(2);
  });
});

describe('an issuer that is away', () => {
  test('keeps nobody out whose key is known', async () => {
    expect(await ask(await scene.issuer.sign())).toEqual(letIn);
    scene.issuer.behave('away');
    scene.wait(23 * hourMs);
    expect(await ask(await scene.issuer.sign())).toEqual(letIn);
  });

  test('is no failure of ours where its keys were never read, and is back as soon as it is', async () => {
    scene.issuer.behave('away');
    const response = await scene.ask('/v1/scans', await scene.issuer.sign());
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await ask(await scene.issuer.sign())).toEqual(away);
    scene.issuer.behave('well');
    scene.wait(11_000);
    expect(await ask(await scene.issuer.sign())).toEqual(letIn);
  });

  test('leaves open whether a key that is not known is one of its own', async () => {
    await ask(await scene.issuer.sign());
    scene.issuer.behave('away');
    scene.wait(minuteMs);
    await scene.issuer.rotate({ keepsOld: true });
    expect(await ask(await scene.issuer.sign())).toEqual(away);
  });

  test('is trusted for a day, and no longer', async () => {
    await ask(await scene.issuer.sign());
    scene.issuer.behave('away');
    scene.wait(25 * hourMs);
    expect(await ask(await scene.issuer.sign())).toEqual(away);
  });

  test.each(['asAnother', 'redirects'] as const)('and so is one that answers %s', async (how) => {
    scene.issuer.behave(how);
    expect(await ask(await scene.issuer.sign())).toEqual(away);
  });

  test('lets tokens of ours in all the same', async () => {
    scene.issuer.behave('away');
    expect(await ask(await scene.token('read'))).toEqual(letIn);
  });
});
