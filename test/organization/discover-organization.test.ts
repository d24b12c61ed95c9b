import { assembleSnapshot, evaluateSnapshot, type SnapshotPart } from '@ecr-audit/access';
import { discoverOrganization } from '@ecr-audit/aws';
import { describe, expect, test } from 'vitest';
import { openFake, openSession } from '../fake-aws/testing.ts';
import {
  collect,
  gapsOf,
  nothing,
  organizationOf,
  organizationSchema,
  serve,
  smallOrganization,
  withOrganization,
} from './world.ts';

const parts = smallOrganization({ accounts: 4, principals: 12, repositories: 6 });
const organization = organizationOf(parts);
const managementId = organization.Organization.MasterAccountId;
const memberIds = organization.Accounts.map((account) => account.Id).filter((id) => id !== managementId);
const [memberId = ''] = memberIds;

describe('who may ask:', () => {
  test('a delegated administrator reads the same organization as the management account', async () => {
    const byManagement = await serve(parts);
    const expected = await discoverOrganization(byManagement.fleet.session);
    const byDelegate = await serve(parts, { callerAccountId: memberId, delegatedAdministrators: [memberId] });
    expect(await discoverOrganization(byDelegate.fleet.session)).toEqual(expected);
    expect(expected).toMatchObject({ managementAccountId: managementId, isAccountListWhole: true, gaps: [] });
  });

  test('another member is told who may ask, and learns only to which organization it belongs', async () => {
    const { fleet } = await serve(parts, { callerAccountId: memberId });
    const discovery = await discoverOrganization(fleet.session);
    expect(discovery).toMatchObject({
      kind: 'organization',
      organizationId: organization.Organization.Id,
      accounts: [],
      isAccountListWhole: false,
      gaps: [
        {
          accountId: null,
          source: 'organizations:ListRoots',
          reason: 'accessDenied',
          message: expect.stringContaining('only the management account and delegated administrators may ask'),
        },
      ],
    });
    await expect(collect(fleet)).rejects.toMatchObject({
      code: 'organizationUnreadable',
      message: expect.stringContaining('--accounts'),
    });
  });

  test('named accounts are read without Organizations too, and what its policies say stays unknown', async () => {
    const { fleet } = await serve(parts, { callerAccountId: memberId });
    const collected = await collect(fleet, {
      selection: { include: { ...nothing, accounts: memberIds }, exclude: nothing },
    });
    expect(collected.accounts).toEqual(memberIds);
    expect(gapsOf(collected)).toMatchObject([{ source: 'organizations:ListRoots' }]);
    const { rows } = evaluateSnapshot(assembleSnapshot(collected.parts));
    expect(
      new Set([...rows].map((row) => row.limits.map((limit) => limit.code).includes('organizationUnread'))),
    ).toEqual(new Set([true]));
  });
});

test('an account of no organization is read alone: no file, no gap, and a note that says so', async () => {
  const { fleet } = await serve(
    parts.filter((part) => part.path !== 'organization.json'),
    { callerAccountId: memberId },
  );
  expect(await discoverOrganization(fleet.session)).toEqual({ kind: 'noOrganization' });
  const collected = await collect(fleet);
  expect(collected.accounts).toEqual([memberId]);
  expect(gapsOf(collected)).toEqual([]);
  expect(collected.parts.map((part) => part.path)).not.toContain('organization.json');
  expect(collected.notes).toEqual([`account ${memberId} belongs to no organization: it was read alone`]);
});

test('without its description, the ids of an organization are those in the ARN of its root', async () => {
  const { fleet } = await serve(parts, { faults: [{ kind: 'deny', operation: 'organizations:DescribeOrganization' }] });
  const discovery = await discoverOrganization(fleet.session);
  expect(discovery).toMatchObject({
    organizationId: organization.Organization.Id,
    managementAccountId: managementId,
    isAccountListWhole: true,
  });
});

test('a policy that is deleted between its listing and its reading is left out without a gap', async () => {
  const policyId = organization.Policies.find((policy) => policy.Targets.length > 0)?.PolicySummary.Id ?? '';
  for (const operation of ['organizations:DescribePolicy', 'organizations:ListTargetsForPolicy']) {
    const { fleet } = await serve(parts, { faults: [{ kind: 'policyGone', operation, resource: policyId }] });
    const collected = await collect(fleet);
    expect(gapsOf(collected)).toEqual([]);
    const ids = organizationOf(collected.parts).Policies.map((policy) => policy.PolicySummary.Id);
    expect(ids).toEqual(
      organization.Policies.map((policy) => policy.PolicySummary.Id)
        .filter((id) => id !== policyId)
        .toSorted(),
    );
  }
});

test('an account that has policies and no place was moved meanwhile: that is a gap, and not an account of others', async () => {
  const moved = withOrganization(parts, (served) => ({
    ...served,
    Accounts: served.Accounts.filter((account) => account.Id !== memberId),
  }));
  const { fleet } = await serve(moved);
  expect(await discoverOrganization(fleet.session)).toMatchObject({
    isAccountListWhole: false,
    gaps: [{ accountId: null, source: 'organizations:ListAccountsForParent', resource: memberId, reason: 'failed' }],
  });
});

function withRcps(status: string | null): readonly SnapshotPart[] {
  return withOrganization(parts, (served) => ({
    ...served,
    Roots: served.Roots.map((root) => ({
      ...root,
      PolicyTypes: [
        { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
        ...(status === null ? [] : [{ Type: 'RESOURCE_CONTROL_POLICY', Status: status }]),
      ],
    })),
  }));
}

test('policies of a type that is switched off are not asked for, and one between on and off is a gap', async () => {
  const off = await serve(withRcps(null));
  expect(await discoverOrganization(off.fleet.session)).toMatchObject({ gaps: [] });
  expect(off.fake.callCounts()['organizations:ListPolicies']).toBe(1);
  const between = await serve(withRcps('PENDING_ENABLE'));
  expect(await discoverOrganization(between.fleet.session)).toMatchObject({
    gaps: [{ source: 'organizations:ListRoots', resource: 'RESOURCE_CONTROL_POLICY' }],
  });
});

/** The one member in a state, the others active. */
function withState(state: Readonly<Record<string, unknown>>): readonly SnapshotPart[] {
  return withOrganization(parts, (served) => ({
    ...served,
    Accounts: served.Accounts.map(({ Status: _retired, ...account }) =>
      account.Id === memberId ? { ...account, ...state } : { ...account, State: 'ACTIVE' },
    ),
  }));
}

describe('the state of an account', () => {
  test.each([{ State: 'SUSPENDED' }, { State: 'CLOSED' }, { Status: 'SUSPENDED' }])(
    'that is %o makes it a gap that is said, and no role is assumed in it',
    async (state) => {
      const { fake, fleet } = await serve(withState(state));
      const collected = await collect(fleet);
      expect(collected.accounts).not.toContain(memberId);
      expect(gapsOf(collected)).toMatchObject([
        { accountId: memberId, source: 'iam:GetAccountAuthorizationDetails', reason: 'notCollected' },
        { accountId: memberId, source: 'ecr:DescribeRepositories', reason: 'notCollected' },
      ]);
      expect(gapsOf(collected)[0]?.message).toMatch(/SUSPENDED|CLOSED/);
      expect(fake.callCounts()['sts:AssumeRole']).toBe(memberIds.length);
      const { coverage } = evaluateSnapshot(assembleSnapshot(collected.parts));
      expect(
        coverage
          .filter((line) => line.accountId === memberId && line.source !== 'organization')
          .map(({ status }) => status),
      ).toEqual(['notReadable', 'notReadable', 'notReadable']);
    },
  );

  test('that AWS tells nobody any more is kept as it answers it, and the account is read', async () => {
    const { fleet } = await serve(withState({}));
    const collected = await collect(fleet);
    expect(collected.accounts).toContain(memberId);
    const kept = organizationSchema.parse(
      JSON.parse(collected.parts.find(({ path }) => path === 'organization.json')?.content ?? ''),
    );
    expect(kept.Accounts.find((account) => account.Id !== memberId)).toMatchObject({ State: 'ACTIVE' });
  });
});

test('addresses of people do not reach the snapshot', async () => {
  const served = withOrganization(parts, (file) => ({
    ...file,
    Organization: { ...file.Organization, MasterAccountEmail: 'root@example.com' },
    Accounts: file.Accounts.map((account) => ({ ...account, Email: 'owner@example.com' })),
  }));
  const { fleet } = await serve(served);
  expect(JSON.stringify((await collect(fleet)).parts)).not.toContain('example.com');
});

test('a session of its own account alone can ask too', async () => {
  await openFake({ parts, callerAccountId: managementId });
  expect(await discoverOrganization(await openSession())).toMatchObject({ kind: 'organization', gaps: [] });
});
