import { randomUUID } from 'node:crypto';
import { apiErrorCodes } from '@ecr-audit/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askProblem, post } from './harness/ask.ts';
import { shop, smallOrganization } from './harness/small-organization.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

let test: TestApi;
beforeAll(async () => {
  test = await startTestApi();
  await writeScan(test.store, smallOrganization());
});
afterAll(async () => {
  await test.stop();
});

it.each([
  [`/v1/scans/${randomUUID()}`, 'scanNotFound', 'GET /v1/scans'],
  [`/v1/scans/${randomUUID()}/coverage`, 'scanNotFound', 'GET /v1/scans'],
  ['/v1/repositories/999999', 'repositoryNotFound', 'GET /v1/repositories'],
  ['/v1/repositories/9007199254740991/access', 'repositoryNotFound', 'GET /v1/repositories'],
  ['/v1/principals/AROANOBODY', 'principalNotFound', 'GET /v1/principals'],
  ['/v1/principals/root:444444444444/access', 'principalNotFound', 'GET /v1/principals'],
  ['/v1/repositories?accountId=444444444444', 'accountNotFound', 'GET /v1/accounts'],
  ['/v1/principals?accountId=444444444444', 'accountNotFound', 'GET /v1/accounts'],
  ['/v1/repositories/1/access?principalAccountId=444444444444', 'accountNotFound', 'GET /v1/accounts'],
  ['/v1/accounts?target=account:1', 'targetNotFound', 'GET /v1/scans'],
  ['/v1/scans?target=account:1', 'targetNotFound', 'GET /v1/scans'],
  ['/v1/nothing', 'routeNotFound', 'GET /openapi.json'],
  ['/v2/scans', 'routeNotFound', 'GET /openapi.json'],
  ['/', 'routeNotFound', 'GET /openapi.json'],
  ['/../../etc/passwd', 'routeNotFound', 'GET /openapi.json'],
])('%s is a 404 that says where to look', async (path, code, place) => {
  expect(await askProblem(test.api, path)).toMatchObject({ status: 404, code, detail: expect.stringContaining(place) });
});

it.each([
  ['/v1/scans/7', 'path', 'id'],
  ['/v1/repositories/team%2Fapp', 'path', 'id'],
  ['/v1/repositories/0', 'path', 'id'],
  ['/v1/repositories/9007199254740993', 'path', 'id'],
  ['/v1/principals/alice', 'path', 'id'],
  ['/v1/principals/external:%00', 'path', 'id'],
  ['/v1/scans?limit=0', 'query', 'limit'],
  ['/v1/scans?limit=1001', 'query', 'limit'],
  ['/v1/scans?limit=1e2', 'query', 'limit'],
  ['/v1/scans?limit=', 'query', 'limit'],
  ['/v1/scans?limit=1&limit=2', 'query', 'limit'],
  ['/v1/scans?status=done', 'query', 'status'],
  ['/v1/repositories?region=EU', 'query', 'region'],
  ['/v1/repositories?accountId=12', 'query', 'accountId'],
  ['/v1/principals?kind=person', 'query', 'kind'],
  ['/v1/repositories/1/access?action=ecr:Nothing', 'query', 'action'],
  ['/v1/repositories/1/access?decision=denied', 'query', 'decision'],
  ['/v1/accounts?target=%00', 'query', 'target'],
  ['/v1/accounts?cursor=nonsense', 'query', 'cursor'],
])('%s is a 400 that names the field and what was expected', async (path, place, field) => {
  const problem = await askProblem(test.api, path);
  expect(problem).toMatchObject({ status: 400, code: 'invalidRequest' });
  expect(problem.errors).toContainEqual({ in: place, field, message: expect.stringContaining('expected') });
});

it('a parameter that the route does not know is refused, so that a misspelt filter never looks like none', async () => {
  expect(await askProblem(test.api, '/v1/repositories?acountId=111111111111')).toMatchObject({
    status: 400,
    detail: expect.stringMatching(/^`acountId` of the query cannot be used: .*expected/),
  });
});

describe('a cursor', () => {
  it('serves only the list and the target that gave it', async () => {
    const { nextCursor } = await ask(test.api, '/v1/principals?limit=1');
    const cursor = String(nextCursor);
    expect(await askProblem(test.api, `/v1/repositories?cursor=${cursor}`)).toMatchObject({ status: 400 });
    expect(await askProblem(test.api, `/v1/principals?cursor=${cursor}&target=account:1`)).toMatchObject({
      status: 400,
    });
    expect(await askProblem(test.api, `/v1/principals?cursor=${cursor}x%00`)).toMatchObject({ status: 400 });
  });

  it.each<unknown>([
    ['principals', null, 'AIDAALICE\0'],
    ['principals', randomUUID(), 'AIDAALICE'],
    ['principals', "' or true --", 'AIDAALICE'],
    ['principals', null, { $gt: '' }],
    ['scans', null, 1e300],
    ['scans', null, -1],
    [],
    null,
    { __proto__: [] },
  ])('that somebody made up is a 400: %j', async (content) => {
    const cursor = Buffer.from(JSON.stringify(content)).toString('base64url');
    for (const list of ['scans', 'principals']) {
      const response = await test.api.request(`/v1/${list}?cursor=${cursor}`);
      const isMadeWell = list === 'principals' && JSON.stringify(content) === '["principals",null,"AIDAALICE"]';
      expect([list, response.status]).toEqual([list, isMadeWell ? 200 : 400]);
    }
  });
});

describe('the body of a question', () => {
  const question = { principal: `arn:aws:iam::${shop}:user/alice`, action: 'pull', resource: '*' };

  it.each<[unknown, string]>([
    [{ ...question, principal: '' }, 'principal'],
    [{ ...question, action: 7 }, 'action'],
    [{ ...question, resource: undefined }, 'resource'],
    [{ ...question, context: [] }, 'context'],
    [{ ...question, context: { 'aws:SourceIp': {} } }, 'context.aws:SourceIp'],
    [{ ...question, scan: 'latest' }, 'scan'],
    [{ ...question, more: 1 }, 'more'],
    [[], ''],
    ['null', ''],
    ['{"principal":', ''],
    ['', ''],
  ])('is refused with the field named: %j', async (body, field) => {
    const problem = await askProblem(test.api, '/v1/explain', post(body));
    expect(problem).toMatchObject({ status: 400, code: 'invalidRequest' });
    expect(problem.errors).toContainEqual(expect.objectContaining({ in: 'body', field }));
  });

  it('is JSON, and bounded', async () => {
    const plain = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(question) };
    expect(await askProblem(test.api, '/v1/explain', plain)).toMatchObject({
      status: 415,
      code: 'unsupportedMediaType',
    });
    const big = post({ ...question, context: { 'aws:PrincipalTag/x': 'x'.repeat(300_000) } });
    expect(await askProblem(test.api, '/v1/explain', big)).toMatchObject({ status: 413, code: 'bodyTooLarge' });
  });

  it('may be nested deeply and named badly without harm', async () => {
    const deep = `{"principal":"a","action":"pull","resource":"*","sessionPolicies":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}`;
    expect((await askProblem(test.api, '/v1/explain', post(deep))).status).toBe(422);
    const named = '{"principal":"a","action":"pull","resource":"*","context":{"__proto__":{"x":1}}}';
    expect((await askProblem(test.api, '/v1/explain', post(named))).status).toBeLessThan(500);
  });
});

it.each([
  ['DELETE', '/v1/scans', 'GET, HEAD, POST'],
  ['POST', '/v1/repositories/1/access', 'GET, HEAD'],
  ['GET', '/v1/explain', 'POST'],
  ['PUT', '/openapi.json', 'GET, HEAD'],
])('%s %s is a 405 that names the methods', async (method, path, allow) => {
  const response = await test.api.request(path, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe(allow);
  expect(await askProblem(test.api, path, { method })).toMatchObject({ code: 'methodNotAllowed' });
});

it('a request id comes back and stands in the log; a made-up one is replaced', async () => {
  const response = await test.api.request('/healthz', { headers: { 'x-request-id': 'abc-123' } });
  expect(response.headers.get('x-request-id')).toBe('abc-123');
  expect(test.log).toContainEqual(
    expect.objectContaining({ requestId: 'abc-123', method: 'GET', path: '/healthz', status: 200, durationMs: 1 }),
  );
  const replaced = await test.api.request('/healthz', { headers: { 'x-request-id': '<script>' } });
  expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

it('every answer forbids sniffing, framing, loading and caching', async () => {
  for (const path of ['/v1/scans', '/v1/nothing', '/v1/scans?limit=0']) {
    const { headers } = await test.api.request(path);
    expect({ path, ...Object.fromEntries(headers) }).toMatchObject({
      path,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
  }
});

it('something unexpected is a 500 that tells the log everything and the caller nothing', async () => {
  const broken = await startTestApi();
  try {
    await writeScan(broken.store, smallOrganization());
    await broken.store.sql`update audit.reasons set content = '"secret detail"'`;
    const { items } = await ask(broken.api, '/v1/repositories?limit=1');
    const [repository] = Array.isArray(items) ? items : [];
    const problem = await askProblem(broken.api, `/v1/repositories/${String(repository.id)}/access`);
    expect(problem).toMatchObject({
      status: 500,
      code: 'internalError',
      detail: expect.stringContaining(problem.requestId),
    });
    expect(JSON.stringify(problem)).not.toMatch(/at |\.ts|zod|expected array/i);
    expect(broken.log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        requestId: problem.requestId,
        err: expect.objectContaining({ stack: expect.any(String) }),
      }),
    );
  } finally {
    await broken.stop();
  }
});

it('a database that is not migrated is not ready, and its routes say so', async () => {
  const bare = await startTestApi({ isMigrated: false });
  try {
    expect(await ask(bare.api, '/healthz')).toEqual({ status: 'alive' });
    for (const path of ['/readyz', '/v1/scans', '/v1/accounts']) {
      expect(await askProblem(bare.api, path)).toMatchObject({ status: 503, code: 'databaseNotMigrated' });
    }
  } finally {
    await bare.stop();
  }
});

it('every code has a status of its own family and a sentence', () => {
  for (const { status, title } of Object.values(apiErrorCodes)) {
    expect(title).toMatch(/^[a-z][^.]+$/);
    expect(status === null || (status >= 400 && status < 600)).toBe(true);
  }
});
