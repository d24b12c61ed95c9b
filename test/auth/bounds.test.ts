import { serveApi } from '@ecr-audit/api';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type AuthScene, type SceneSettings, startAuthScene } from './harness/auth-scene.ts';

/* How much a credential may ask, what failures cost, and which pages of others may ask from within a browser. */

let scene: AuthScene | null = null;
afterEach(async () => {
  await scene?.stop();
  scene = null;
});

async function start(settings: SceneSettings = {}): Promise<AuthScene> {
  scene = await startAuthScene(settings);
  return scene;
}

const codeSchema = z.looseObject({ code: z.string() });

describe('rates', () => {
  test('a credential is stopped when it asks too much, told for how long, and no other with it', async () => {
    const { ask, token, wait } = await start({ requestsPerSecond: 2, requestsAtOnce: 5 });
    const [busy, calm] = [await token('read'), await token('read')];
    const statuses: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      statuses.push((await ask('/v1/rules', busy)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await ask('/v1/rules', busy);
    expect([refused.headers.get('retry-after'), codeSchema.parse(await refused.json()).code]).toEqual([
      '1',
      'tooManyRequests',
    ]);
    expect((await ask('/v1/rules', calm)).status).toBe(200);
    wait(1_000);
    expect((await ask('/v1/rules', busy)).status).toBe(200);
  });

  test('a credential that has too little scope is counted, too', async () => {
    const { ask, token } = await start({ requestsPerSecond: 1, requestsAtOnce: 2 });
    const read = await token('read');
    const statuses = [];
    for (let time = 0; time < 3; time += 1) {
      statuses.push((await ask('/v1/audit-log', read)).status);
    }
    expect(statuses).toEqual([403, 403, 429]);
  });

  test('an address that fails too often is not looked at any more, save for credentials that were good before', async () => {
    const { api, ask, token, wait } = await start();
    const [good, unused] = [await token('read'), await token('read')];
    expect((await ask('/v1/rules', good)).status).toBe(200);
    const wrong = async (time: number): Promise<number> => (await ask('/v1/rules', `no-token-of-ours-${time}`)).status;
    const statuses = [];
    for (let time = 0; time < 21; time += 1) {
      statuses.push(await wrong(time));
    }
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.at(-1)).toBe(429);
    expect((await ask('/v1/rules', good)).status).toBe(200);
    expect((await ask('/v1/rules', unused)).status).toBe(429);
    // Who sends nothing at all costs nothing, and is told what is missing.
    expect((await api.request('/v1/rules')).status).toBe(401);
    wait(2_000);
    expect((await ask('/v1/rules', unused)).status).toBe(200);
  });

  test('what is open stays open to whoever failed', async () => {
    const { api, ask } = await start();
    for (let time = 0; time < 25; time += 1) {
      await ask('/v1/rules', 'wrong');
    }
    expect((await api.request('/healthz')).status).toBe(200);
  });
});

test('a query that is too long is refused before anybody reads it', async () => {
  const { ask, token } = await start();
  const response = await ask(`/v1/repositories?name=${'x'.repeat(12_000)}`, await token('read'));
  expect([response.status, codeSchema.parse(await response.json()).code]).toEqual([414, 'queryTooLong']);
});

const origin = 'https://dashboards.example.com';
const preflight = (from: string): RequestInit => ({
  method: 'OPTIONS',
  headers: {
    origin: from,
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization',
  },
});

describe('pages of others', () => {
  test('may not ask from within a browser where none is named', async () => {
    const { api, ask, token } = await start();
    const answer = await ask('/v1/rules', await token('read'), { headers: { origin } });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect((await api.request('/v1/rules', preflight(origin))).headers.get('access-control-allow-origin')).toBeNull();
  });

  test('may where they are named, and others may not', async () => {
    const { api, ask, token } = await start({ origins: [origin] });
    const allowed = await api.request('/v1/rules', preflight(origin));
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    const answer = await ask('/v1/rules', await token('read'), { headers: { origin } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const other = await api.request('/v1/rules', preflight('https://evil.example.com'));
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    // Never with what a browser keeps by itself.
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    // Refusals are read by pages, too.
    expect((await ask('/v1/rules', null, { headers: { origin } })).headers.get('access-control-allow-origin')).toBe(
      origin,
    );
  });
});

test('all of it holds over a socket, where the address is known', async () => {
  const { api, token } = await start();
  const served = await serveApi({ api, host: '127.0.0.1', port: 0 });
  try {
    const headers = { authorization: `Bearer ${await token('read')}` };
    expect((await fetch(`${served.url}/v1/rules`, { headers })).status).toBe(200);
    expect((await fetch(`${served.url}/v1/rules`)).status).toBe(401);
    expect((await fetch(`${served.url}/v1/rules`, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  } finally {
    await served.close();
  }
});
