import { randomUUID } from 'node:crypto';
import type { CollectionGap, Coverage } from '@ecr-audit/access';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readGaps } from '../gaps.ts';
import { markScanFailed } from '../mark-scan.ts';
import { readParts } from '../parts.ts';
import { listCoverage } from '../queries/coverage.ts';
import { findScan } from '../queries/scans.ts';
import { completeScan, startedScan, targetKey } from '../testing/fleet-scene.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { idleScans, knownPlaces, wantedScans } from './scans-under-way.ts';
import { startScan } from './start-scan.ts';
import { finishStep, hasOpenSteps, openSteps, type ScanStep } from './steps.ts';

const [one, two] = ['111122223333', '444455556666'];
const monday = '2026-11-16T00:00:00.000Z';
const tuesday = '2026-11-17T00:00:00.000Z';
const wednesday = '2026-11-18T00:00:00.000Z';
const iamOf = (accountId: string): ScanStep => ({ source: 'iam', accountId });
const ecrOf = (accountId: string): ScanStep => ({ source: 'ecr', accountId, region: 'eu-west-1' });
const gapOf = (accountId: string | null): CollectionGap => ({
  accountId,
  region: null,
  source: accountId === null ? 'organizations:ListPolicies' : 'iam:GetAccountAuthorizationDetails',
  resource: null,
  reason: 'accessDenied',
  message: 'denied',
});
const covered = (accountId: string, status: Coverage['status'] = 'complete'): Coverage[] => [
  { accountId, region: null, source: 'iam', status, detail: null },
  { accountId, region: 'eu-west-1', source: 'ecr', status, detail: null },
  { accountId, region: null, source: 'organization', status: 'complete', detail: null },
];

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

it('a scan starts once, with the steps and the time of its first start', async () => {
  const { store } = database;
  const { scanId, start } = await startedScan(store, { takenAt: monday, steps: [ecrOf(one), iamOf(one)] });
  const manifest = { path: 'snapshot.json', content: 'other' };
  const again = await startScan(store, { scanId, takenAt: tuesday, manifest, steps: () => [iamOf(two)] });
  expect([start, again]).toEqual([{ kind: 'collecting' }, { kind: 'collecting' }]);
  expect(await openSteps(store.sql, { scanId })).toEqual([iamOf(one), ecrOf(one)]);
  expect(await findScan(store.sql, scanId)).toMatchObject({ status: 'collecting', takenAt: monday });
});

it('a step is kept once with what it read, what it missed and what follows from it', async () => {
  const { store } = database;
  const { scanId } = await startedScan(store, { takenAt: monday, steps: [{ source: 'organization' }] });
  const parts = [{ path: 'organization.json', content: '{}' }];
  const step = { source: 'organization' } as const;
  await finishStep(store, { scanId, step, parts, gaps: [gapOf(null)], following: [iamOf(one)], lease: null });
  await finishStep(store, { scanId, step, parts: [], gaps: [], following: [iamOf(two)], lease: null });
  expect(await openSteps(store.sql, { scanId })).toEqual([iamOf(one)]);
  expect(await readGaps(store.sql, scanId)).toEqual([gapOf(null)]);
  expect((await readParts(store.sql, scanId)).map(({ path }) => path)).toEqual(['organization.json', 'snapshot.json']);
  await finishStep(store, { scanId, step: iamOf(one), parts: [], gaps: [], lease: null });
  expect(await hasOpenSteps(store.sql, scanId)).toBe(false);
});

it('a step whose lease is lost keeps nothing', async () => {
  const { store } = database;
  const { scanId } = await startedScan(store, { takenAt: monday, steps: [iamOf(one)] });
  const parts = [{ path: `accounts/${one}/account-authorization-details.json`, content: '{}' }];
  const lease = { key: `account:${one}`, holder: randomUUID() };
  const finishing = finishStep(store, { scanId, step: iamOf(one), parts, gaps: [gapOf(one)], lease });
  await expect(finishing).rejects.toMatchObject({ code: 'leaseLost' });
  expect(await openSteps(store.sql, { scanId, accountId: one })).toEqual([iamOf(one)]);
  expect(await readGaps(store.sql, scanId)).toEqual([]);
});

it('scans of a target take turns: one of a person waits, one of a schedule is dropped, and both say behind which', async () => {
  const { store } = database;
  const first = await startedScan(store, { takenAt: monday, steps: [iamOf(one)] });
  const asked = await startedScan(store, { takenAt: tuesday, isWanted: true });
  const scheduled = await startedScan(store, { takenAt: tuesday });
  expect([asked.start, scheduled.start]).toEqual([
    { kind: 'waits', behind: first.scanId },
    { kind: 'dropped', behind: first.scanId },
  ]);
  expect(await findScan(store.sql, scheduled.scanId)).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining(first.scanId),
  });
  expect(await wantedScans(store.sql)).toEqual([{ scanId: asked.scanId, targetKey }]);
  await markScanFailed(store.sql, first.scanId, 'the token expired');
  const manifest = { path: 'snapshot.json', content: '{}' };
  const turn = await startScan(store, { scanId: asked.scanId, takenAt: tuesday, manifest, steps: () => [] });
  expect(turn).toEqual({ kind: 'collecting' });
});

it('a scan of some accounts takes the others over with their gaps and times, and nothing of those that it reads', async () => {
  const { store } = database;
  const whole = await startedScan(store, { takenAt: monday, steps: [iamOf(one), iamOf(two)] });
  for (const accountId of [one, two]) {
    const parts = [{ path: `accounts/${accountId}/account-authorization-details.json`, content: accountId }];
    await finishStep(store, {
      scanId: whole.scanId,
      step: iamOf(accountId),
      parts,
      gaps: [gapOf(accountId)],
      lease: null,
    });
  }
  const coverage = [...covered(one), ...covered(two)];
  await completeScan(store, { scanId: whole.scanId, takenAt: monday, coverage });
  const partial = await startedScan(store, {
    takenAt: wednesday,
    onlyAccounts: [two],
    isWanted: true,
    steps: [iamOf(two)],
  });

  expect(await readGaps(store.sql, partial.scanId)).toEqual([gapOf(one)]);
  expect((await readParts(store.sql, partial.scanId)).map(({ path }) => path)).toEqual([
    `accounts/${one}/account-authorization-details.json`,
    'snapshot.json',
  ]);
  expect(await openSteps(store.sql, { scanId: partial.scanId })).toEqual([iamOf(two)]);

  await finishStep(store, { scanId: partial.scanId, step: iamOf(two), parts: [], gaps: [], lease: null });
  await completeScan(store, {
    scanId: partial.scanId,
    takenAt: wednesday,
    coverage: [...covered(one), ...covered(two, 'notReadable')],
  });
  const rows = await listCoverage(store.sql, partial.scanId, { limit: 10 });
  const before = await listCoverage(store.sql, whole.scanId, { limit: 10 });
  const readAt = (accountId: string, source: string, of = rows): string | null | undefined =>
    of.find((row) => row.accountId === accountId && row.source === source)?.readAt;
  expect([readAt(one, 'iam'), readAt(one, 'ecr'), readAt(two, 'organization')]).toEqual([
    readAt(one, 'iam', before),
    monday,
    monday,
  ]);
  expect([readAt(two, 'iam'), readAt(two, 'ecr')]).toEqual([null, null]);
});

it('some accounts alone are refused before the whole was scanned, and where the last scan does not know them', async () => {
  const { store } = database;
  const refused = { code: 'nothingToCarry', retryable: false };
  await expect(startedScan(store, { takenAt: monday, onlyAccounts: [one] })).rejects.toMatchObject(refused);
  const whole = await startedScan(store, { takenAt: monday });
  await completeScan(store, { scanId: whole.scanId, takenAt: monday, coverage: covered(one) });
  await expect(startedScan(store, { takenAt: tuesday, onlyAccounts: [two] })).rejects.toMatchObject({
    ...refused,
    message: expect.stringContaining(two),
  });
});

it('a scan of which nothing is heard is named, and one that is over is not', async () => {
  const { store } = database;
  const { scanId } = await startedScan(store, { takenAt: monday, steps: [iamOf(one)] });
  expect(await idleScans(store.sql, { idleMs: 3_600_000, overdueMs: 3_600_000 })).toEqual([]);
  expect(await idleScans(store.sql, { idleMs: -1, overdueMs: 3_600_000 })).toEqual([{ scanId, isOverdue: false }]);
  expect(await idleScans(store.sql, { idleMs: -1, overdueMs: -1 })).toEqual([{ scanId, isOverdue: true }]);
  await markScanFailed(store.sql, scanId, 'gone');
  expect(await idleScans(store.sql, { idleMs: -1, overdueMs: -1 })).toEqual([]);
});

it('the places of a target are the accounts that its latest scan read or tried to read, not those that it only lists', async () => {
  const { store } = database;
  const { scanId } = await startedScan(store, { takenAt: monday, steps: [iamOf(one), ecrOf(one)] });
  await completeScan(store, { scanId, takenAt: monday, coverage: [...covered(one), ...covered(two, 'notReadable')] });
  expect(await knownPlaces(store.sql, targetKey)).toEqual([{ accountId: one, regions: ['eu-west-1'] }]);
});
