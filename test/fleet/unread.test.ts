import { randomUUID } from 'node:crypto';
import { findScan, latestCompletedScan, readGaps, wantScan } from '@ecr-audit/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Fault } from '../fake-aws/faults.ts';
import { backendCases } from '../jobs/harness/backends.ts';
import { until } from '../jobs/harness/until.ts';
import { organizationOf } from '../organization/world.ts';
import { fewAccounts, openFleetWorld, type FleetWorld } from './fleet-world.ts';

const testTimeoutMs = 120_000;
const reads = [
  'iam:GetAccountAuthorizationDetails',
  'ecr:DescribeRepositories',
  'ecr:GetRepositoryPolicy',
  'ecr:GetRegistryPolicy',
  'ecr:GetAccountSetting',
  'ecr:ListTagsForResource',
  'account:ListRegions',
  'organizations:DescribeOrganization',
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
  'organizations:ListPolicies',
  'organizations:DescribePolicy',
  'organizations:ListTargetsForPolicy',
] as const;
const registrySchema = z.object({ repositories: z.array(z.unknown()) });
const cellSchema = z.object({ cell: z.string(), decision: z.enum(['allowed', 'conditional', 'unknown']) });

let world: FleetWorld;
let whole: ReadonlyMap<string, string>;
beforeAll(async () => {
  const [backend] = backendCases;
  if (backend === undefined) {
    throw new Error('there is no backend of the queues');
  }
  world = await openFleetWorld(backend, { parts: fewAccounts });
  await world.start('evaluator');
  await world.collector({ ECR_AUDIT_AWS_TIMEOUT_SECONDS: '1', ECR_AUDIT_FALLBACK_REGIONS: 'eu-west-1' });
  await world.scanIn('completed');
  whole = await access();
}, testTimeoutMs);
afterAll(async () => {
  await world?.close();
}, testTimeoutMs);

it('everything could be read at first', async () => {
  expect(whole.size).toBeGreaterThan(100);
  expect(await gapsOfLatest()).toEqual([]);
});

const faults: readonly (readonly [string, Fault | 'roleDeleted'])[] = [
  ...reads.map((operation) => [`${operation} denied`, { kind: 'deny', operation }] as const),
  ['one page of IAM that is half an answer', { kind: 'malformed', operation: 'iam:GetAccountAuthorizationDetails' }],
  ['a registry that does not answer', { kind: 'hang', operation: 'ecr:DescribeRepositories', region: 'us-east-1' }],
  [
    'repository policies without the members they always have',
    { kind: 'emptyAnswer', operation: 'ecr:GetRepositoryPolicy' },
  ],
  ['the auditor role of an account deleted', 'roleDeleted'],
  ['one account of which nothing is told', { kind: 'deny', operation: '*', accountId: memberId() }],
];

it.each(faults)(
  '%s: every right that was there is there or unknown, and a gap says what was not read',
  async (_, fault) => {
    world.aws.setFaults(fault === 'roleDeleted' ? [] : [fault]);
    world.aws.setRolesMissing(fault === 'roleDeleted' ? [memberId()] : []);
    const status = await scanNow();
    const now = await access();
    const changed = [...whole].filter(([cell, decision]) => {
      const found = now.get(cell);
      return found !== decision && found !== 'unknown';
    });
    expect(changed).toEqual([]);
    expect(await gone()).toEqual([]);
    const gaps = await gapsOfLatest();
    // A scan that could conclude nothing at all fails with its reason, and the access of the one before stands.
    expect(status === 'failed' || gaps.length > 0).toBe(true);
  },
  testTimeoutMs,
);

it(
  'when everything can be read again, everything is as it was',
  async () => {
    world.aws.setFaults([]);
    world.aws.setRolesMissing([]);
    expect(await scanNow()).toBe('completed');
    expect(await gapsOfLatest()).toEqual([]);
    expect(await access()).toEqual(whole);
  },
  testTimeoutMs,
);

it(
  'a scan of one account reads that account alone, leaves the rest as it is, and says when each was read',
  async () => {
    world.aws.setFaults([{ kind: 'deny', operation: 'ecr:DescribeRepositories', accountId: memberId() }]);
    const before = world.aws.calls().length;
    expect(await scanNow([memberId()])).toBe('completed');
    const asked = new Set(
      world.aws
        .calls()
        .slice(before)
        .filter(({ service }) => service !== 'sts')
        .map(({ account }) => account),
    );
    expect([...asked]).toEqual([memberId()]);
    const { sql } = world.place.database.store;
    const scan = await latestCompletedScan(sql);
    expect(scan?.onlyAccounts).toEqual([memberId()]);
    const rows = await sql`
      select account_id = ${memberId()} as "isOwn", source, read_at < ${scan?.takenAt ?? ''} as "isOlder", status
      from audit.coverage where scan_id = ${scan?.id ?? ''} and source in ('iam', 'ecr')`;
    for (const { isOwn, isOlder, source, status } of rows) {
      expect([isOwn, source, isOlder, status]).toEqual(
        isOwn === true && source === 'ecr'
          ? [true, 'ecr', null, 'notReadable']
          : [isOwn, source, isOwn !== true, 'complete'],
      );
    }
    const now = await access();
    expect([...whole].filter(([cell, decision]) => now.get(cell) !== decision && now.get(cell) !== 'unknown')).toEqual(
      [],
    );
    expect([...now.values()]).toContain('unknown');
  },
  testTimeoutMs,
);

/** The member with the most repositories. */
function memberId(): string {
  const management = organizationOf(fewAccounts).Organization.MasterAccountId;
  const counts = new Map<string, number>();
  for (const { path, content } of fewAccounts.filter((part) => part.path.endsWith('/repositories.json'))) {
    const accountId = path.split('/')[1] ?? '';
    const { repositories } = registrySchema.parse(JSON.parse(content));
    counts.set(accountId, (counts.get(accountId) ?? 0) + repositories.length);
  }
  counts.delete(management);
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0] ?? '';
}

async function scanNow(onlyAccounts?: readonly string[]): Promise<'completed' | 'failed'> {
  const { store } = world.place.database;
  const [latest] = await world.scans();
  const wanted = await wantScan(store, {
    scanId: randomUUID(),
    targetKey: latest?.targetKey ?? '',
    ...(onlyAccounts === undefined ? {} : { onlyAccounts }),
  });
  const scanId = wanted.kind === 'wanted' ? wanted.scanId : '';
  return await until(
    'the scan to end',
    async () => {
      const status = (await findScan(store.sql, scanId))?.status;
      return status === 'completed' || status === 'failed' ? status : undefined;
    },
    { timeoutMs: testTimeoutMs },
  );
}

async function access(): Promise<ReadonlyMap<string, string>> {
  const rows = await world.place.database.store.sql`
    select concat_ws(' ', account_id, region, principal_id, coalesce(repository, '*'), action) as cell, decision
    from audit.effective_access`;
  return new Map(rows.map((row) => cellSchema.parse(row)).map(({ cell, decision }) => [cell, decision]));
}

/** Whoever is known by a policy alone, and has no right by it, may come and go with what could be read of it. */
async function gone(): Promise<readonly unknown[]> {
  return await world.place.database.store.sql`
    select arn from audit.principal where gone_since_scan is not null and kind in ('user', 'role', 'root')
    union all select arn from audit.repository where gone_since_scan is not null`;
}

async function gapsOfLatest(): Promise<readonly unknown[]> {
  const { sql } = world.place.database.store;
  const scan = await latestCompletedScan(sql);
  return await readGaps(sql, scan?.id ?? '');
}
