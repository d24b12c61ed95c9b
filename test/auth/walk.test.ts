import { createSecretKey } from 'node:crypto';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuthScene, sceneTime, startAuthScene } from './harness/auth-scene.ts';
import { audience } from './harness/issuer.ts';
import { type Operation, operationsOf } from './harness/operations.ts';

/* Every route that the API has, with every kind of credential that must not be let in. */

let scene: AuthScene;
let operations: readonly Operation[];
const exp = Date.parse(sceneTime) / 1000 + 600;
beforeAll(async () => {
  scene = await startAuthScene();
  operations = await operationsOf(scene.api);
});
afterAll(async () => await scene.stop());

/** With values that no route takes: who is not let in is told nothing of them. */
async function ask({ method, path }: Operation, authorization: string | null): Promise<Response> {
  // Time passes, or so many failures of one address would be refused as such.
  scene.wait(2_000);
  const init = method === 'GET' ? {} : { body: '{', headers: { 'content-type': 'application/json' } };
  const headers = new Headers(init.headers);
  if (authorization !== null) {
    headers.set('authorization', authorization);
  }
  return await scene.api.request(path.replaceAll(/\{\w+\}/g, '~') + '?nothing=such', { ...init, method, headers });
}

async function codeOf(response: Response): Promise<readonly [number, unknown]> {
  const body: unknown = await response.json();
  return [response.status, typeof body === 'object' && body !== null && 'code' in body ? body.code : null];
}

async function revoked(): Promise<string> {
  const token = await scene.token('admin');
  await scene.revoke(token);
  return token;
}

/** `alg: none` as RFC 7519 writes it, and as people try to slip it past. */
function unsigned(alg: string): string {
  const [, payload = ''] = new UnsecuredJWT({
    iss: scene.issuer.url,
    aud: audience,
    sub: 'anna',
    exp,
    groups: ['administrators'],
  })
    .encode()
    .split('.');
  return `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${payload}.`;
}

async function signedByPublicKey(): Promise<string> {
  return await new SignJWT({ iss: scene.issuer.url, aud: audience, sub: 'anna', exp, groups: ['administrators'] })
    .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
    .sign(createSecretKey(Buffer.from(await scene.issuer.publicKeyText())));
}

async function signedByAnother(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256');
  return await new SignJWT({ iss: scene.issuer.url, aud: audience, sub: 'anna', exp, groups: ['administrators'] })
    .setProtectedHeader({ alg: 'ES256', kid: 'key-1' })
    .sign(privateKey);
}

async function tampered(): Promise<string> {
  const [header, payload = '', signature] = (await scene.issuer.sign()).split('.');
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const changed = { ...Object(claims), groups: ['administrators'] };
  return [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
}

const missing = [401, 'credentialMissing'] as const;
const invalid = [401, 'credentialInvalid'] as const;
const expired = [401, 'credentialExpired'] as const;
const bearer = async (token: string | Promise<string>): Promise<string> => `Bearer ${await token}`;
const admin = { groups: ['administrators'] };

const refused: readonly (readonly [string, readonly [number, string], () => Promise<string | null>])[] = [
  ['no credential', missing, () => Promise.resolve(null)],
  ['an empty header', missing, () => Promise.resolve('')],
  ['another scheme', missing, () => Promise.resolve(`Basic ${Buffer.from('admin:admin').toString('base64')}`)],
  ['a scheme alone', missing, () => Promise.resolve('Bearer')],
  ['two credentials', missing, async () => `${await bearer(scene.token('admin'))} ${await scene.token('admin')}`],
  ['a malformed token', invalid, () => bearer('ecraudit_')],
  ['a token that is cut', invalid, async () => (await bearer(scene.token('admin'))).slice(0, -1)],
  ['a token in capital letters', invalid, async () => `Bearer ${(await scene.token('admin')).toUpperCase()}`],
  ['a token of the right form that nobody made', invalid, () => bearer(madeUp())],
  ['a revoked token', invalid, () => bearer(revoked())],
  ['an expired token', expired, () => bearer(scene.token('admin', { expiresAt: sceneTime }))],
  ['what is no token of anybody', invalid, () => bearer('eyJhbGciOiJub25lIn0')],
  ['a bearer token without a signature, `none`', invalid, () => bearer(unsigned('none'))],
  ['the same as `nOnE`', invalid, () => bearer(unsigned('nOnE'))],
  ['HS256 by the public key', invalid, () => bearer(signedByPublicKey())],
  ['a signature by another key of the same name', invalid, () => bearer(signedByAnother())],
  ['claims that were changed', invalid, () => bearer(tampered())],
  ['another audience', invalid, () => bearer(scene.issuer.sign({ ...admin, aud: 'somebody-else' }))],
  ['no audience', invalid, () => bearer(scene.issuer.sign({ ...admin, aud: undefined }))],
  ['another issuer', invalid, () => bearer(scene.issuer.sign({ ...admin, iss: 'https://login.example.com' }))],
  ['no issuer', invalid, () => bearer(scene.issuer.sign({ ...admin, iss: undefined }))],
  ['no subject', invalid, () => bearer(scene.issuer.sign({ ...admin, sub: undefined }))],
  ['no end', invalid, () => bearer(scene.issuer.sign({ ...admin, exp: undefined }))],
  ['an end that is over', expired, () => bearer(scene.issuer.sign({ ...admin, exp: exp - 1_200 }))],
  ['a beginning to come', invalid, () => bearer(scene.issuer.sign({ ...admin, nbf: exp + 86_400 * 30 }))],
  ['a key that the issuer does not have', invalid, () => bearer(scene.issuer.sign(admin, { kid: 'made-up' }))],
];

function madeUp(): Promise<string> {
  // The last digits follow from the others, so one that was made is changed: it is taken from a database of its own.
  return startAuthScene().then(async (other) => {
    const token = await other.token('admin');
    await other.stop();
    return token;
  });
}

test('every route says who may ask it, and hardly any is open', () => {
  const open = operations.filter(({ scope }) => scope === null).map(({ id }) => id);
  expect(open.toSorted()).toEqual(['getDocumentation', 'getHealth', 'getOpenApiDocument', 'getReadiness']);
  expect(operations.length).toBeGreaterThan(35);
});

test('nothing that is not let in comes further than the login, on any route', async () => {
  const closed = operations.filter(({ scope }) => scope !== null);
  const wrong: unknown[] = [];
  let asked = 0;
  for (const [kind, expected, make] of refused) {
    const authorization = await make();
    for (const operation of closed) {
      const response = await ask(operation, authorization);
      const challenge = response.headers.get('www-authenticate') ?? '';
      const found = await codeOf(response);
      asked += 1;
      if (found.join() !== expected.join() || !challenge.startsWith('Bearer realm="ecr-audit"')) {
        wrong.push([kind, operation.id, found, challenge]);
      }
    }
  }
  expect(wrong).toEqual([]);
  console.info(`${asked} requests refused: ${refused.length} kinds of credentials on ${closed.length} routes`);
}, 120_000);

test('a scope that is too little is refused on every route that needs more, and enough is let through', async () => {
  const scopes = ['read', 'operate', 'admin'] as const;
  const tokens = {
    read: await scene.token('read'),
    operate: await scene.token('operate'),
    admin: await scene.token('admin'),
  };
  const groupless = await scene.issuer.sign({ groups: [] });
  const counts = { refused: 0, letThrough: 0 };
  const wrong: unknown[] = [];
  for (const operation of operations) {
    for (const scope of scopes) {
      const found = await codeOf(await ask(operation, `Bearer ${tokens[scope]}`));
      const isEnough = operation.scope === null || scopes.indexOf(scope) >= scopes.indexOf(operation.scope);
      const isRefused = found[1] === 'scopeInsufficient' && found[0] === 403;
      counts[isEnough ? 'letThrough' : 'refused'] += 1;
      if (isRefused === isEnough || [401, 429].includes(found[0]) || found[0] >= 500) {
        wrong.push([operation.id, scope, found]);
      }
    }
    const without = await codeOf(await ask(operation, `Bearer ${groupless}`));
    if (operation.scope !== null && without[1] !== 'scopeInsufficient') {
      wrong.push([operation.id, 'no grant', without]);
    }
  }
  expect(wrong).toEqual([]);
  console.info(`${counts.refused} requests with too little refused, ${counts.letThrough} with enough let through`);
}, 120_000);

test('a credential that is limited to accounts is refused on every route about a whole target', async () => {
  const limited = await scene.token('admin', { accounts: ['111111111111'] });
  const whole = operations.filter(({ accounts }) => accounts === 'refused');
  expect(whole.length).toBeGreaterThan(10);
  for (const operation of whole) {
    expect([operation.id, await codeOf(await ask(operation, `Bearer ${limited}`))]).toEqual([
      operation.id,
      [403, 'accountNotAllowed'],
    ]);
  }
  console.info(`${whole.length} routes refuse a credential that is limited to accounts`);
});

test('what is no route, or not with this method, says so to everybody', async () => {
  expect(await codeOf(await scene.api.request('/v1/nothing'))).toEqual([404, 'routeNotFound']);
  expect(await codeOf(await scene.api.request('/v1/scans', { method: 'DELETE' }))).toEqual([405, 'methodNotAllowed']);
});

test('HEAD is what GET is: refused without a credential', async () => {
  expect((await scene.api.request('/v1/repositories', { method: 'HEAD' })).status).toBe(401);
});

test('no credential is in the log', async () => {
  const token = await scene.token('read');
  const signed = await scene.issuer.sign({ aud: 'another' });
  await scene.ask('/v1/scans', token);
  await scene.ask('/v1/scans', signed);
  expect(scene.logText()).toContain('a credential was refused');
  expect(scene.logText()).not.toMatch(/ecraudit_[0-9a-f]{8}|eyJ/);
});
