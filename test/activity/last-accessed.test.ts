import { randomUUID } from 'node:crypto';
import { assembleSnapshot, evaluateSnapshot } from '@ecr-audit/access';
import { type LastAccessedAnswer, readLastAccessed, readSnapshotDirectory } from '@ecr-audit/aws';
import { collectLastAccessedJob, type LastAccessedOutcome, type LastAccessedWork } from '@ecr-audit/collector';
import { listLastAccessed, principalsToReadLastAccessed, requestScan, writeEvaluation } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FakeAws } from '../fake-aws/start-fake-aws.ts';
import { openFake, openSession, type OpenFakeOptions } from '../fake-aws/testing.ts';

const sample = new URL('../../services/cli/sample-organization/2026-11-09', import.meta.url).pathname;
const accountId = '333344445555';
const now = new Date('2026-11-09T06:00:00Z');
const database = await createTestDatabase();
const { store } = database;
afterAll(() => database.drop());
afterEach(async () => {
  await store.sql`truncate audit.last_accessed_report cascade`;
});

beforeAll(async () => {
  const snapshot = assembleSnapshot(await readSnapshotDirectory(sample));
  const scanId = randomUUID();
  await requestScan(store.sql, { scanId, target: { key: 'organization:o-sample' }, source: 'snapshot' });
  await writeEvaluation(store, { scanId, takenAt: snapshot.takenAt, ...evaluateSnapshot(snapshot) });
});

async function open(options: OpenFakeOptions = {}): Promise<FakeAws> {
  const from = options.parts === undefined ? { snapshotDir: sample } : {};
  return await openFake({ callerAccountId: accountId, ...from, ...options });
}

async function atOnce(): Promise<void> {
  await Promise.resolve();
}

async function collect(work: Partial<LastAccessedWork> = {}): Promise<LastAccessedOutcome> {
  const session = await openSession({ regions: ['eu-west-1'] });
  return await collectLastAccessedJob({ store, session }, { accountId, now, wait: atOnce, ...work });
}

async function due(): Promise<number> {
  return (await principalsToReadLastAccessed(store.sql, { accountId, readBefore: now, limit: 1000 })).length;
}

test('everybody with a right in ECR is asked for, at the finest level that IAM keeps', async () => {
  const fake = await open();
  const expected = await due();
  expect(expected).toBeGreaterThan(0);
  expect(await collect()).toEqual({ principals: expected, read: expected, gaps: [] });
  const reports = await listLastAccessed(store.sql, { accountId, limit: 1000 });
  expect(reports).toHaveLength(expected);
  expect(fake.callCounts()).toMatchObject({
    'iam:GenerateServiceLastAccessedDetails': expected,
    'iam:GetServiceLastAccessedDetails': 2 * expected,
  });
  for (const report of reports) {
    expect(report).toMatchObject({
      trackedFrom: '2025-10-05T06:00:00.000Z',
      trackedUntil: '2026-11-09T02:00:00.000Z',
      readAt: now.toISOString(),
    });
    expect(report.entries[0]?.action).toBe('');
    expect(report.evidence).toBe(report.entries.length > 1 ? 'action' : 'service');
  }
  expect(new Set(reports.map(({ evidence }) => evidence))).toEqual(new Set(['action', 'service']));
});

test('whoever was read is not asked again for most of a day, and then again', async () => {
  const fake = await open();
  const { read } = await collect();
  const calls = fake.calls().length;
  expect(await collect({ now: new Date(now.getTime() + 3_600_000) })).toEqual({ principals: 0, read: 0, gaps: [] });
  expect(fake.calls()).toHaveLength(calls);
  expect(await collect({ now: new Date(now.getTime() + 24 * 3_600_000) })).toMatchObject({ principals: read, read });
});

test('a refusal is one gap, and leaves what was known', async () => {
  const fake = await open();
  await collect();
  const before = await listLastAccessed(store.sql, { accountId, limit: 1000 });
  fake.setFaults([{ kind: 'deny', operation: 'iam:GenerateServiceLastAccessedDetails' }]);
  const later = { now: new Date(now.getTime() + 24 * 3_600_000) };
  const { read, gaps } = await collect(later);
  expect({ read, gaps }).toMatchObject({
    read: 0,
    gaps: [{ source: 'iam:GenerateServiceLastAccessedDetails', reason: 'accessDenied' }],
  });
  expect(gaps).toHaveLength(1);
  expect(await listLastAccessed(store.sql, { accountId, limit: 1000 })).toEqual(before);
});

test.each(['throttle', 'cutConnection', 'fail', 'emptyAnswer'] as const)(
  'a report that cannot be fetched because of %s is a gap of its principal, and is asked for again',
  async (kind) => {
    const fake = await open();
    const expected = await due();
    fake.setFaults([{ kind, operation: 'iam:GetServiceLastAccessedDetails', times: 2 }]);
    const { read, gaps } = await collect({ principalsMax: 1 });
    expect(read).toBe(0);
    expect(gaps).toMatchObject([{ accountId, source: 'iam:GetServiceLastAccessedDetails' }]);
    fake.setFaults([]);
    expect(await collect()).toEqual({ principals: expected, read: expected, gaps: [] });
  },
);

test('a role that was deleted since the scan is no failure', async () => {
  const parts = await readSnapshotDirectory(sample);
  const [first] = await principalsToReadLastAccessed(store.sql, { accountId, readBefore: now, limit: 1 });
  const name = first?.arn.split('/').at(-1) ?? '';
  await open({
    parts: parts.map((part) => ({ ...part, content: part.content.replaceAll(`/${name}"`, `/${name}-gone"`) })),
  });
  const expected = await due();
  expect(await collect()).toEqual({ principals: expected, read: expected - 1, gaps: [] });
});

/** The answer for the first role of the account, under another name. */
async function answersFor(name: string, signal?: AbortSignal): Promise<readonly LastAccessedAnswer[]> {
  const parts = await readSnapshotDirectory(sample);
  const [first] = await principalsToReadLastAccessed(store.sql, { accountId, readBefore: now, limit: 1 });
  const oldName = first?.arn.split('/').at(-1) ?? '';
  await open({
    parts: parts.map((part) => ({ ...part, content: part.content.replaceAll(`/${oldName}"`, `/${name}"`) })),
  });
  const session = await openSession({ regions: ['eu-west-1'] });
  const principals = [{ principalId: 'AROAEXAMPLE', arn: first?.arn.replace(oldName, name) ?? '' }];
  const more = signal === undefined ? {} : { signal };
  return await Array.fromAsync(readLastAccessed(session, { accountId, principals, wait: atOnce, ...more }));
}

test('a report that never comes is given up after its bound', async () => {
  expect(await answersFor('never-done')).toMatchObject([
    { kind: 'gap', gap: { reason: 'timeout', message: expect.stringContaining('not finished after 120 looks') } },
  ]);
});

test('whoever is told to stop leaves neither a report nor a gap', async () => {
  const stopping = new AbortController();
  stopping.abort();
  expect(await answersFor('never-done', stopping.signal)).toEqual([]);
});

test('a principal whose policies do not name ECR is said so, which is not the same as unused', async () => {
  expect(await answersFor('without-ecr')).toMatchObject([
    { kind: 'report', report: { evidence: 'notListed', entries: [] } },
  ]);
});
