import { randomUUID } from 'node:crypto';
import type { CollectionGap } from '@ecr-audit/access';
import { findScan, markScanFailed, requestScan, saveGaps, saveParts } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluateScanJob } from './evaluate-scan-job.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const accountId = '111122223333';
const manifest = {
  path: 'snapshot.json',
  content: JSON.stringify({ formatVersion: 1, takenAt: '2026-11-22T12:00:00.000Z', partition: 'aws', gaps: [] }),
};
const gap: CollectionGap = {
  accountId,
  region: null,
  source: 'iam:GetAccountAuthorizationDetails',
  resource: null,
  reason: 'accessDenied',
  message: 'cannot read iam:GetAccountAuthorizationDetails: access denied',
};

it('a scan of which nothing could be collected fails with the first reason, and writes no access', async () => {
  const { sql } = database.store;
  const scanId = await newScan();
  await saveParts(sql, { scanId, parts: [manifest] });
  await saveGaps(sql, { scanId, step: 'iam', gaps: [gap] });
  expect((await evaluateScanJob(database.store, scanId)).kind).toBe('skipped');
  expect(await findScan(sql, scanId)).toMatchObject({
    status: 'failed',
    failure: `nothing could be collected: ${gap.message}`,
    counts: null,
  });
});

it('a scan that has failed stays failed', async () => {
  const scanId = await newScan();
  await markScanFailed(database.store.sql, scanId, 'the token has expired');
  expect(await evaluateScanJob(database.store, scanId)).toMatchObject({ kind: 'skipped' });
  expect(await findScan(database.store.sql, scanId)).toMatchObject({
    status: 'failed',
    failure: 'the token has expired',
  });
});

it('a malformed part stops the evaluation with its path, and another try would be no better', async () => {
  const scanId = await newScan();
  const path = `accounts/${accountId}/account-authorization-details.json`;
  await saveParts(database.store.sql, { scanId, parts: [manifest, { path, content: '{"UserDetailList": [' }] });
  await expect(evaluateScanJob(database.store, scanId)).rejects.toMatchObject({ name: 'SnapshotFormatError', path });
});

it('a scan that is evaluated twice is written once, with one message', async () => {
  const { sql } = database.store;
  const scanId = await newScan();
  const details = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
  const path = `accounts/${accountId}/account-authorization-details.json`;
  await saveParts(sql, { scanId, parts: [manifest, { path, content: JSON.stringify(details) }] });
  const first = await evaluateScanJob(database.store, scanId);
  const second = await evaluateScanJob(database.store, scanId);
  expect([first.kind, second.kind]).toEqual(['written', 'alreadyWritten']);
  const rows = await sql`select kind from audit.outbox where scan_id = ${scanId}`;
  expect(rows.map((row) => row['kind'])).toEqual(['scan.completed']);
});

async function newScan(): Promise<string> {
  const scanId = randomUUID();
  await requestScan(database.store.sql, { scanId, target: { key: `account:${accountId}` }, source: 'aws' });
  return scanId;
}
