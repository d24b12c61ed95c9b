import type { CollectionGapReason } from '@ecr-audit/access';
import type { AwsFleetOptions, OrganizationCollection } from '@ecr-audit/aws';
import { describe, expect, test } from 'vitest';
import type { Fault, FaultKind } from '../fake-aws/faults.ts';
import { decisionsOf, falseClaims, unknowns } from './decisions.ts';
import { collect, gapsOf, nothing, organizationOf, serve, smallOrganization, takenAt } from './world.ts';

const parts = smallOrganization({ accounts: 4, principals: 24, repositories: 8 });
const accountIds = organizationOf(parts).Accounts.map((account) => account.Id);
const member = accountIds.find((id) => id !== organizationOf(parts).Organization.MasterAccountId) ?? '';

// Named, so that they are read where Organizations does not tell them.
const selection = { include: { ...nothing, accounts: accountIds }, exclude: nothing };
const fallbackRegions = ['eu-west-1', 'us-east-1'];

const whole = decisionsOf([
  ...parts.filter((part) => part.path !== 'snapshot.json'),
  {
    path: 'snapshot.json',
    content: JSON.stringify({ formatVersion: 1, takenAt: takenAt.toISOString(), partition: 'aws', gaps: [] }),
  },
]);

/** Every call of a scan, and whether access rests on its answer. */
const reads: readonly { readonly operation: string; readonly decides: boolean }[] = [
  { operation: 'organizations:DescribeOrganization', decides: true },
  { operation: 'organizations:ListRoots', decides: true },
  { operation: 'organizations:ListOrganizationalUnitsForParent', decides: true },
  { operation: 'organizations:ListAccountsForParent', decides: true },
  { operation: 'organizations:ListPolicies', decides: true },
  { operation: 'organizations:DescribePolicy', decides: true },
  { operation: 'organizations:ListTargetsForPolicy', decides: true },
  { operation: 'iam:GetAccountAuthorizationDetails', decides: false },
  { operation: 'iam:ListOpenIDConnectProviders', decides: false },
  { operation: 'iam:GetOpenIDConnectProvider', decides: false },
  { operation: 'iam:ListSAMLProviders', decides: false },
  { operation: 'ecr:DescribeRepositories', decides: false },
  { operation: 'ecr:GetRepositoryPolicy', decides: true },
  { operation: 'ecr:ListTagsForResource', decides: false },
  { operation: 'ecr:GetRegistryPolicy', decides: true },
  { operation: 'ecr:GetAccountSetting', decides: false },
  { operation: 'ecr:DescribeRegistry', decides: false },
  { operation: 'ecr:DescribePullThroughCacheRules', decides: false },
  { operation: 'ecr:DescribeRepositoryCreationTemplates', decides: false },
  { operation: 'ecr:GetRegistryScanningConfiguration', decides: false },
];

async function collectWith(fault: Fault, fleetOptions: AwsFleetOptions = {}): Promise<OrganizationCollection> {
  const { fleet } = await serve(parts, { faults: [fault] }, { attemptsMax: 1, ...fleetOptions });
  return await collect(fleet, { selection, fallbackRegions });
}

test('with every read there are no gaps, and the decisions are those of the snapshot served', async () => {
  const { fleet } = await serve(parts);
  const collected = await collect(fleet, { selection, fallbackRegions });
  expect(gapsOf(collected)).toEqual([]);
  const read = decisionsOf(collected.parts);
  expect(read.cells).toEqual(whole.cells);
  expect([falseClaims(whole, read), unknowns(whole, read)]).toEqual([[], 0]);
});

const faults: readonly (readonly [FaultKind, CollectionGapReason])[] = [
  ['deny', 'accessDenied'],
  ['malformed', 'failed'],
];

describe.each(faults)(
  'a read that answers %s leaves exactly its gap, and nothing is denied for it:',
  (kind, reason) => {
    test.each(reads)('$operation', async ({ operation, decides }) => {
      const collected = await collectWith({ kind, operation });
      expect(gapsOf(collected)).not.toEqual([]);
      for (const gap of gapsOf(collected)) {
        expect(gap).toMatchObject({ source: operation, reason });
      }
      const blinded = decisionsOf(collected.parts);
      expect(falseClaims(whole, blinded)).toEqual([]);
      expect(unknowns(whole, blinded) > 0 || !decides).toBe(true);
    });
  },
);

// One of each client: what makes a time-out a gap is the same for all calls of it.
test.each(['organizations:DescribePolicy', 'iam:GetAccountAuthorizationDetails', 'ecr:DescribeRepositories'])(
  'a read that never answers is a gap with the reason timeout: %s',
  async (operation) => {
    const collected = await collectWith({ kind: 'hang', operation, times: 1 }, { requestTimeoutMs: 1_500 });
    const gaps = gapsOf(collected).filter((gap) => gap.source === operation);
    expect(gaps.length).toBeGreaterThan(0);
    expect(gaps.map((gap) => gap.reason)).toEqual(gaps.map(() => 'timeout'));
    expect(falseClaims(whole, decisionsOf(collected.parts))).toEqual([]);
  },
);

test.each([
  ['deny', 'accessDenied'],
  ['malformed', 'failed'],
] as const)(
  'an account whose role answers %s is unknown in every source, and the scan goes on',
  async (kind, reason) => {
    const roleArn = `arn:aws:iam::${member}:role/ecr-audit`;
    const { fleet } = await serve(
      parts,
      { faults: [{ kind, operation: 'sts:AssumeRole', resource: roleArn }] },
      { attemptsMax: 1 },
    );
    const collected = await collect(fleet, { selection, fallbackRegions });
    expect(gapsOf(collected).map((gap) => [gap.accountId, gap.region, gap.source, gap.reason])).toEqual([
      [member, null, 'iam:GetAccountAuthorizationDetails', reason],
      [member, 'eu-west-1', 'ecr:DescribeRepositories', reason],
      [member, 'us-east-1', 'ecr:DescribeRepositories', reason],
    ]);
    expect(gapsOf(collected)[0]?.message).toContain(roleArn);
    expect(collected.accountsUnread).toBe(1);
    expect(falseClaims(whole, decisionsOf(collected.parts))).toEqual([]);
  },
);

test('an account that does not tell its regions is read in the usual ones, and the gap names them', async () => {
  const { fleet } = await serve(parts, {
    faults: [{ kind: 'deny', operation: 'account:ListRegions', accountId: member }],
  });
  const collected = await collect(fleet, { selection, fallbackRegions: ['us-east-1'] });
  expect(gapsOf(collected)).toMatchObject([
    {
      accountId: member,
      source: 'account:ListRegions',
      reason: 'accessDenied',
      message: expect.stringContaining('regions read instead: us-east-1'),
    },
  ]);
  const ofMember = collected.parts.filter((part) => part.path.startsWith(`accounts/${member}/`));
  expect(ofMember.some((part) => part.path.includes('/us-east-1/'))).toBe(true);
  expect(ofMember.some((part) => part.path.includes('/eu-west-1/'))).toBe(false);
  expect(falseClaims(whole, decisionsOf(collected.parts))).toEqual([]);
});
