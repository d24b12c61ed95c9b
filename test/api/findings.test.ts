import path from 'node:path';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { scanParts, takenAt } from '../finding-life/scan-directory.ts';
import { startTestApi } from './harness/start-api.ts';

/* Findings, exceptions, baselines and kept drift over HTTP, of the sample organization at its two points in time. */

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const after = await readSnapshotDirectory(path.join(sample, '2026-11-16'));
const testApi = await startTestApi();
const { api, store } = testApi;
await scanParts(store, await readSnapshotDirectory(path.join(sample, '2026-11-09')), { now: '2026-11-09T07:00:00Z' });
const second = await scanParts(store, after, { now: '2026-11-16T07:00:00Z' });

afterAll(async () => {
  await testApi.stop();
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function ask(method: string, url: string, body?: unknown): Promise<Answer> {
  const response = await api.request(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, body: await response.json() };
}

const findingSchema = z.looseObject({
  fingerprint: z.string(),
  ruleId: z.string(),
  severity: z.string(),
  status: z.string(),
  resource: z.string(),
  accountId: z.string().nullable(),
});
const listSchema = z.looseObject({
  counts: z.array(z.object({ status: z.string(), severity: z.string(), findings: z.number() })),
  items: z.array(findingSchema),
  nextCursor: z.string().nullable(),
});

type Finding = z.output<typeof findingSchema>;

async function list(query: string): Promise<z.output<typeof listSchema>> {
  const { status, body } = await ask('GET', `/v1/findings?${query}`);
  expect(status).toBe(200);
  return listSchema.parse(body);
}

async function publicPush(): Promise<Finding> {
  const { items } = await list('ruleId=ECR-PUB-PUSH&resource=hackathon%2Froute-game');
  const [found] = items;
  if (found === undefined) {
    throw new Error('the sample organization has lost its public repository');
  }
  return found;
}

const ranks = ['critical', 'high', 'medium', 'low', 'info'];

test('findings come the gravest first, page by page, and each once', async () => {
  const all = (await list('limit=1000')).items;
  const paged: Finding[] = [];
  for (let cursor = ''; ;) {
    const page = await list(`limit=17${cursor}`);
    paged.push(...page.items);
    if (page.nextCursor === null) {
      break;
    }
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect(paged).toEqual(all);
  expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
  const order = all.map(({ severity }) => ranks.indexOf(severity));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test('filters leave what they say, and the counts are those of all', async () => {
  const { items, counts } = await list('limit=1000');
  expect(counts.reduce((sum, { findings }) => sum + findings, 0)).toBe(items.length);
  const high = (await list('limit=1000&severity=high&status=active')).items;
  expect(high.map(({ fingerprint }) => fingerprint)).toEqual(
    items
      .filter(({ severity, status }) => ranks.indexOf(severity) <= 1 && status === 'active')
      .map(({ fingerprint }) => fingerprint),
  );
  const inAccount = (await list('limit=1000&accountId=666677778888')).items;
  expect(inAccount.length).toBeGreaterThan(0);
  expect(inAccount.every(({ accountId }) => accountId === '666677778888')).toBe(true);
});

test('one finding has its life, with the call that made it', async () => {
  const [finding] = (await list('ruleId=ECR-SCP-WEAK')).items;
  const { body } = await ask('GET', `/v1/findings/${finding?.fingerprint ?? ''}`);
  expect(body).toMatchObject({
    finding: { fingerprint: finding?.fingerprint, status: 'active' },
    exception: null,
    changes: [{ kind: 'opened', scanId: second, cause: { cause: { eventName: 'DetachPolicy' } } }],
  });
});

test('an unknown finding is a 404 that says where fingerprints are', async () => {
  const { status, body } = await ask('GET', `/v1/findings/${'f'.repeat(64)}`);
  expect([status, body]).toEqual([404, expect.objectContaining({ code: 'findingNotFound' })]);
  expect((await ask('GET', '/v1/findings/FFF')).status).toBe(400);
});

test('a finding is acknowledged, approved, and active again when the exception is withdrawn', async () => {
  const { fingerprint } = await publicPush();
  const acknowledged = await ask('POST', `/v1/findings/${fingerprint}/acknowledge`, { by: 'anna' });
  expect(acknowledged).toMatchObject({ status: 200, body: { status: 'active', acknowledged: { by: 'anna' } } });
  const request = { fingerprint, reason: 'a game', until: '2027-01-01T00:00:00Z', approvedBy: 'anna' };
  const added = await ask('POST', '/v1/exceptions', request);
  expect(added).toMatchObject({ status: 200, body: { findingStatus: 'archived', isNew: true } });
  expect(await ask('POST', '/v1/exceptions', request)).toMatchObject({ body: { isNew: false } });
  expect((await publicPush()).status).toBe('archived');
  const { body } = await ask('GET', '/v1/exceptions');
  const { items } = z
    .looseObject({ items: z.array(z.looseObject({ id: z.string(), fingerprint: z.string() })) })
    .parse(body);
  expect(items.map((each) => each.fingerprint)).toEqual([fingerprint]);
  const id = items[0]?.id ?? '';
  expect(await ask('DELETE', `/v1/exceptions/${id}`)).toMatchObject({ status: 200 });
  expect(await ask('DELETE', `/v1/exceptions/${id}`)).toMatchObject({
    status: 404,
    body: { code: 'exceptionNotFound' },
  });
  expect((await publicPush()).status).toBe('active');
});

test.each([
  ['a past end', { until: '2026-01-01T00:00:00Z' }],
  ['an end that is no time', { until: 'soon' }],
  ['no reason', { reason: '' }],
  ['an unknown field', { approved: true }],
  ['a fingerprint that is none', { fingerprint: '*' }],
])('an exception with %s is refused and nothing is kept', async (_, changes) => {
  const { fingerprint } = await publicPush();
  const request = { fingerprint, reason: 'a game', until: '2027-01-01T00:00:00Z', ...changes };
  const { status, body } = await ask('POST', '/v1/exceptions', request);
  expect([status, body]).toEqual([400, expect.objectContaining({ code: 'invalidRequest' })]);
  expect((await publicPush()).status).toBe('active');
});

test('the drift of a scan is told with the differences and calls that made it', async () => {
  const { status, body } = await ask('GET', `/v1/scans/${second}/drift?limit=200`);
  expect(status).toBe(200);
  const answer = z
    .looseObject({
      items: z.array(z.looseObject({ kind: z.string(), differences: z.array(z.number()) })),
      differences: z.array(z.looseObject({ ordinal: z.number(), cause: z.looseObject({ kind: z.string() }) })),
    })
    .parse(body);
  expect(answer.items.length).toBeGreaterThan(5);
  const known = new Set(answer.differences.map(({ ordinal }) => ordinal));
  expect(answer.items.flatMap(({ differences }) => differences).every((ordinal) => known.has(ordinal))).toBe(true);
  expect(answer.differences.some(({ cause }) => cause.kind === 'events')).toBe(true);
});

test('a baseline is approved and listed', async () => {
  const approved = await ask('POST', '/v1/baselines', { approvedBy: 'anna', accountId: '666677778888' });
  expect(approved).toMatchObject({ status: 200, body: { baseline: { scanId: second, accountId: '666677778888' } } });
  expect(await ask('GET', '/v1/baselines')).toMatchObject({
    body: { items: [{ scanId: second, approvedBy: 'anna' }] },
  });
  expect(await ask('POST', '/v1/baselines', { accountId: '123456789012' })).toMatchObject({ status: 404 });
});

test('what changed since a time is all that a dashboard has to ask for', async () => {
  await scanParts(store, takenAt(after, '2026-11-20T06:00:00.000Z'), { now: '2026-11-20T07:00:00Z' });
  const { items } = await list('since=2026-11-19T00:00:00Z&limit=1000');
  const { items: all } = await list('limit=1000');
  expect(items.length).toBeLessThan(all.length);
});
