import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeScan, startedScan, targetKey } from '../testing/fleet-scene.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { wantedScans } from './scans-under-way.ts';
import { saveTargetPlan } from './target-plan.ts';
import { wantScan } from './want-scan.ts';

const [one, two] = ['111122223333', '444455556666'];
const takenAt = '2026-11-16T00:00:00.000Z';
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

async function setUp(): Promise<void> {
  const { store } = database;
  await saveTargetPlan(store.sql, { target: { key: targetKey }, plan: {} });
  const { scanId } = await startedScan(store, { takenAt });
  const coverage = [{ accountId: one, region: null, source: 'iam', status: 'complete', detail: null }] as const;
  await completeScan(store, { scanId, takenAt, coverage });
}

it('a scan that is wanted waits for a worker, and the same wish again is the same scan', async () => {
  await setUp();
  const { store } = database;
  const [whole, part] = [randomUUID(), randomUUID()];
  expect(await wantScan(store, { scanId: whole, targetKey })).toEqual({ kind: 'wanted', scanId: whole });
  expect(await wantScan(store, { scanId: part, targetKey, onlyAccounts: [one] })).toEqual({
    kind: 'wanted',
    scanId: part,
  });
  expect(await wantScan(store, { scanId: randomUUID(), targetKey })).toEqual({ kind: 'alreadyWanted', scanId: whole });
  expect(await wantScan(store, { scanId: randomUUID(), targetKey, onlyAccounts: [one, one] })).toEqual({
    kind: 'alreadyWanted',
    scanId: part,
  });
  expect((await wantedScans(store.sql)).map(({ scanId }) => scanId)).toEqual([whole, part]);
});

it('a target that is unknown or that no collector reads, and an account that its latest scan does not know, are refused', async () => {
  const { store } = database;
  const wish = { scanId: randomUUID(), targetKey };
  expect(await wantScan(store, wish)).toEqual({ kind: 'targetUnknown' });
  await startedScan(store, { takenAt });
  expect(await wantScan(store, wish)).toEqual({ kind: 'targetNotSetUp' });
  await saveTargetPlan(store.sql, { target: { key: targetKey }, plan: {} });
  expect(await wantScan(store, { ...wish, onlyAccounts: [one] })).toEqual({ kind: 'accountUnknown', accountId: one });
});

it('no more than ten wait', async () => {
  await setUp();
  const { store } = database;
  const coverage = Array.from({ length: 11 }, (_, index) => ({
    accountId: String(100_000_000_000 + index),
    region: null,
    source: 'iam' as const,
    status: 'complete' as const,
    detail: null,
  }));
  const later = '2026-11-17T00:00:00.000Z';
  const { scanId } = await startedScan(store, { takenAt: later });
  await completeScan(store, { scanId, takenAt: later, coverage });
  const asked = [];
  for (const { accountId } of coverage) {
    asked.push(await wantScan(store, { scanId: randomUUID(), targetKey, onlyAccounts: [accountId] }));
  }
  expect(asked.map(({ kind }) => kind)).toEqual([...Array.from({ length: 10 }, () => 'wanted'), 'tooManyWaiting']);
  expect(await wantScan(store, { scanId: randomUUID(), targetKey, onlyAccounts: [two] })).toMatchObject({
    kind: 'accountUnknown',
  });
});
