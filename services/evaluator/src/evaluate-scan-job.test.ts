import { randomUUID } from 'node:crypto';
import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';
import { configurationFromEnvironment } from '@ecr-audit/runtime';
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

const { findings, alerts } = configurationFromEnvironment({});
const options = { judging: { findings, alerts }, now: () => new Date('2026-11-23T12:00:00Z') };

const accountId = '111122223333';
const noPrincipals = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
const part = (path: string, content: unknown): SnapshotPart => ({ path, content: JSON.stringify(content) });
const manifestOf = (takenAt: string): SnapshotPart =>
  part('snapshot.json', { formatVersion: 1, takenAt, partition: 'aws', gaps: [] });
const manifest = manifestOf('2026-11-22T12:00:00.000Z');
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
  expect((await evaluateScanJob(database.store, scanId, options)).kind).toBe('skipped');
  expect(await findScan(sql, scanId)).toMatchObject({
    status: 'failed',
    failure: `nothing could be collected: ${gap.message}`,
    counts: null,
  });
});

it('a scan that has failed stays failed', async () => {
  const scanId = await newScan();
  await markScanFailed(database.store.sql, scanId, 'the token has expired');
  expect(await evaluateScanJob(database.store, scanId, options)).toMatchObject({ kind: 'skipped' });
  expect(await findScan(database.store.sql, scanId)).toMatchObject({
    status: 'failed',
    failure: 'the token has expired',
  });
});

it('a malformed part stops the evaluation with its path, and another try would be no better', async () => {
  const scanId = await newScan();
  const path = `accounts/${accountId}/account-authorization-details.json`;
  await saveParts(database.store.sql, { scanId, parts: [manifest, { path, content: '{"UserDetailList": [' }] });
  await expect(evaluateScanJob(database.store, scanId, options)).rejects.toMatchObject({
    name: 'SnapshotFormatError',
    path,
  });
});

it('a scan that is evaluated twice is written once, with its messages', async () => {
  const { sql } = database.store;
  const scanId = await newScan();
  const path = `accounts/${accountId}/account-authorization-details.json`;
  await saveParts(sql, { scanId, parts: [manifest, { path, content: JSON.stringify(noPrincipals) }] });
  const first = await evaluateScanJob(database.store, scanId, options);
  const second = await evaluateScanJob(database.store, scanId, options);
  expect([first.kind, second.kind]).toEqual(['written', 'alreadyWritten']);
  const rows = await sql`select kind from audit.outbox where scan_id = ${scanId}`;
  expect(rows.map((row) => row['kind'])).toEqual(['scan.completed', 'alert']);
});

it('access that an unread repository policy gave to outsiders becomes unknown, and is as old as before when it is read again', async () => {
  const folder = `accounts/${accountId}/eu-west-1`;
  const arn = `arn:aws:ecr:eu-west-1:${accountId}:repository/team/app`;
  const policyText = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'ecr:BatchGetImage' }],
  });
  const parts = [
    part(`accounts/${accountId}/account-authorization-details.json`, noPrincipals),
    part(`${folder}/repositories.json`, {
      repositories: [{ registryId: accountId, repositoryArn: arn, repositoryName: 'team/app' }],
    }),
    part(`${folder}/registry.json`, { registryPolicy: null, accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' } }),
    part(`${folder}/repository-tags.json`, {}),
  ];
  const policies = part(`${folder}/repository-policies.json`, [
    { registryId: accountId, repositoryName: 'team/app', policyText },
  ]);
  const seen: unknown[] = [];
  for (const [day, files] of [
    [1, [...parts, policies]] as const,
    [2, parts] as const,
    [3, [...parts, policies]] as const,
  ]) {
    const scanId = await newScan();
    await saveParts(database.store.sql, { scanId, parts: [manifestOf(`2026-12-0${day}T00:00:00.000Z`), ...files] });
    await evaluateScanJob(database.store, scanId, options);
    seen.push(
      ...(await database.store.sql`
        select decision, since from audit.effective_access
        where principal_kind = 'service' and action = 'ecr:BatchGetImage'`),
    );
  }
  expect(seen).toMatchObject([
    { decision: 'allowed', since: '2026-12-01T00:00:00.000Z' },
    { decision: 'unknown', since: '2026-12-02T00:00:00.000Z' },
    { decision: 'allowed', since: '2026-12-01T00:00:00.000Z' },
  ]);
});

async function newScan(): Promise<string> {
  const scanId = randomUUID();
  await requestScan(database.store.sql, { scanId, target: { key: `account:${accountId}` }, source: 'aws' });
  return scanId;
}
