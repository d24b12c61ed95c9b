import { findScan, saveTargetPlan } from '@ecr-audit/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, askProblem, post } from './harness/ask.ts';
import { shop, smallOrganization } from './harness/small-organization.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

const parameterSchema = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query']),
  required: z.boolean().optional(),
  schema: z.looseObject({}),
});
const contentSchema = z.record(z.string(), z.object({ schema: z.looseObject({}) }));
const operationSchema = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()).min(1),
  summary: z.string().min(1),
  description: z.string().optional(),
  parameters: z.array(parameterSchema).optional(),
  requestBody: z.strictObject({ required: z.literal(true), content: contentSchema }).optional(),
  responses: z.strictObject({
    200: z.strictObject({ description: z.string(), content: contentSchema }),
    default: z.strictObject({ description: z.string(), content: contentSchema }),
  }),
});
type Operation = z.infer<typeof operationSchema>;
const documentSchema = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith('/'),
    z.strictObject({ get: operationSchema.optional(), post: operationSchema.optional() }),
  ),
  webhooks: z.strictObject({}),
  components: z.strictObject({
    schemas: z.record(z.string(), z.looseObject({})),
    parameters: z.strictObject({}).optional(),
  }),
});
type Document = z.infer<typeof documentSchema>;

let test: TestApi;
let document: Document;
let targetKey: string;
let pathParameters: Readonly<Record<string, string>>;

beforeAll(async () => {
  test = await startTestApi();
  const scanId = await writeScan(test.store, smallOrganization());
  targetKey = (await findScan(test.store.sql, scanId))?.targetKey ?? '';
  await saveTargetPlan(test.store.sql, { target: { key: targetKey }, plan: {} });
  document = documentSchema.parse(await ask(test.api, '/openapi.json'));
  const [repository] = z
    .array(z.looseObject({ id: z.int() }))
    .parse((await ask(test.api, '/v1/repositories'))['items']);
  pathParameters = {
    '/v1/scans/{id}': scanId,
    '/v1/scans/{id}/coverage': scanId,
    '/v1/repositories/{id}': String(repository?.id),
    '/v1/repositories/{id}/access': String(repository?.id),
    '/v1/principals/{id}': `root:${shop}`,
    '/v1/principals/{id}/access': `root:${shop}`,
  };
});
afterAll(async () => {
  await test.stop();
});

const question = {
  principal: `arn:aws:iam::${shop}:user/alice`,
  action: 'push',
  resource: `arn:aws:ecr:eu-west-1:${shop}:repository/team/app`,
};

/** What each POST is sent. */
function bodyFor(path: string): unknown {
  switch (path) {
    case '/v1/scans':
      return { target: targetKey, accounts: [shop] };
    case '/v1/rehearsals':
      return { changes: [{ change: 'deleteRepositoryPolicy', repository: question.resource }] };
    default:
      return question;
  }
}

function operations(): { readonly path: string; readonly method: string; readonly operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      operation === undefined ? [] : [{ path, method: method.toUpperCase(), operation }],
    ),
  );
}

function call(path: string, query = ''): string {
  return path.replace('{id}', encodeURIComponent(pathParameters[path] ?? '')) + query;
}

/** A schema of the document as one that checks a value, where no object may hold more than it names. */
function validator(schema: unknown): z.ZodType {
  const text = JSON.stringify({ ...z.looseObject({}).parse(schema), $defs: document.components.schemas });
  return z.fromJSONSchema(
    JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'properties' in value
        ? { additionalProperties: false, ...value }
        : value,
    ),
  );
}

it('names every reference, and every operation and path parameter once', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference);
  const names = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect(names).toEqual(expect.arrayContaining(references));
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, operation } of operations()) {
    const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(named.map(({ name, required }) => `{${name}} ${String(required)}`)).toEqual(
      [...path.matchAll(/\{\w+\}/g)].map(([name]) => `${name} true`),
    );
  }
});

it('holds the routes of the service, no more and no fewer', () => {
  const served = test.api.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(
    operations()
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted(),
  ).toEqual([...new Set(served)].toSorted());
  expect(operations()).toHaveLength(16);
});

it('describes what every operation really answers', async () => {
  for (const { path, method, operation } of operations()) {
    const response = await test.api.request(call(path), method === 'POST' ? post(bodyFor(path)) : { method });
    const type = response.headers.get('content-type');
    expect([path, response.status, type]).toEqual([path, 200, 'application/json']);
    const schema = operation.responses[200].content['application/json']?.schema;
    const checked = validator(schema).safeParse(await response.json());
    expect({ path, issues: checked.error?.issues ?? [] }).toEqual({ path, issues: [] });
  }
});

it('would find an answer that is not as described', () => {
  const { operation } = operations().find(({ path }) => path === '/v1/scans') ?? {};
  const check = validator(operation?.responses[200].content['application/json']?.schema);
  expect(check.safeParse({ items: [{ id: 7 }], nextCursor: null }).success).toBe(false);
  expect(check.safeParse({ items: [] }).success).toBe(false);
  expect(check.safeParse({ items: [], nextCursor: null }).success).toBe(true);
  expect(check.safeParse({ items: [], nextCursor: null, more: 1 }).success).toBe(false);
});

it('describes the problem documents', async () => {
  const problem = await askProblem(test.api, '/v1/scans?limit=x');
  for (const { path, operation } of operations()) {
    const schema = operation.responses.default.content['application/problem+json']?.schema;
    const [good, bad] = [problem, { ...problem, status: 'x' }].map((each) => validator(schema).safeParse(each).success);
    expect([path, good, bad]).toEqual([path, true, false]);
  }
});

const hostile = [
  '',
  ' ',
  '0',
  '-1',
  '1e400',
  '9'.repeat(400),
  'NaN',
  "' or 1=1 --",
  "'; drop table audit.access_block; --",
  '$1',
  '\\',
  '%',
  '%25',
  '%00',
  '\0',
  '../../../../etc/passwd',
  '..%2f..%2f',
  '__proto__',
  'constructor',
  '{"$gt":""}',
  '<script>alert(1)</script>',
  '\u202Egnp.exe',
  '🐘'.repeat(200),
  'é'.repeat(9000),
  'null',
  'undefined',
  'true',
  '[]',
  'a\r\nx-injected: 1',
  'WyJwcmluY2lwYWxzIixudWxsLCJcdTAwMDAiXQ',
  'root:\u0000',
  'external:%ff%fe',
];

it('answers hostile values of any parameter with a 4xx problem or an honest 200, never a 5xx', async () => {
  let requests = 0;
  const wrong: string[] = [];
  for (const { path, method, operation } of operations()) {
    for (const parameter of operation.parameters ?? []) {
      for (const value of [...hostile.map(encodeURIComponent), '%', '%ff', '%c0%ae', '%u0000', '+']) {
        const url = parameter.in === 'path' ? path.replace('{id}', value) : call(path, `?${parameter.name}=${value}`);
        const response = await test.api.request(url, { method });
        requests += 1;
        const isProblem = response.headers.get('content-type') === 'application/problem+json';
        if (![200, 400, 404].includes(response.status) || (response.status !== 200 && !isProblem)) {
          wrong.push(`${url} ${response.status}`);
        }
        expect(response.headers.get('x-injected')).toBeNull();
      }
    }
  }
  expect(requests).toBeGreaterThan(1500);
  expect(wrong).toEqual([]);
  expect(await test.store.sql`select 1 from audit.access_block limit 1`).toHaveLength(1);
});

it('answers hostile fields of a question with a 4xx problem or an honest 200, never a 5xx', async () => {
  const wrong: string[] = [];
  for (const field of [
    'principal',
    'action',
    'resource',
    'region',
    'scan',
    'context',
    'sessionPolicies',
    'contextComplete',
  ]) {
    for (const value of [...hostile, 7, null, true, [], {}, [[[]]], { a: { b: 1 } }, ['{'], [{ Statement: 7 }]]) {
      const response = await test.api.request('/v1/explain', post({ ...question, [field]: value }));
      if (![200, 400, 413, 422].includes(response.status)) {
        wrong.push(`${field} ${JSON.stringify(value)} ${response.status}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
