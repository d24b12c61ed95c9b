import { probeAccount, probeClock, probeOrganization, type AccountProbes, type Probe } from '@ecr-audit/aws';
import { describe, expect, test } from 'vitest';

import { openFake, openFleet } from '../fake-aws/testing.ts';
import { importedOperations } from '../infra/called-operations.ts';

const sampleDirectory = new URL('../../services/cli/sample-organization/2026-11-09', import.meta.url).pathname;
const managementAccount = '111122223333';
/** It has repositories, roles and an OIDC provider, so that every call can be tried. */
const registryAccount = '333344445555';
const emptyAccount = '222233334444';
const now = new Date('2026-11-09T06:00:00Z');

async function startFake(): ReturnType<typeof openFake> {
  return await openFake({ snapshotDir: sampleDirectory, callerAccountId: managementAccount });
}

async function probesOf(accountId: string, regions: readonly string[] = ['eu-west-1']): Promise<AccountProbes> {
  const fleet = await openFleet({ regions: ['eu-west-1'] });
  return await probeAccount(fleet.account(accountId), { accountId, regions, activityRegions: regions, now });
}

async function organizationProbes(): ReturnType<typeof probeOrganization> {
  const fleet = await openFleet({ regions: ['eu-west-1'] });
  return await probeOrganization(fleet.session, managementAccount);
}

function actionsOf(probes: readonly Probe[], outcome: Probe['outcome']): readonly string[] {
  return [...new Set(probes.filter((probe) => probe.outcome === outcome).map((probe) => probe.action))].toSorted();
}

const operations = importedOperations();
const accountOperations = operations.filter((operation) => !operation.startsWith('organizations:'));
const organizationOperations = operations.filter((operation) => operation.startsWith('organizations:'));

describe('the probes', () => {
  test('try every call that the collectors make, and nothing else', async () => {
    const fake = await startFake();
    const account = await probesOf(registryAccount);
    expect(account.refusal).toBeNull();
    expect(account.probes.filter(({ outcome }) => outcome !== 'allowed')).toEqual([]);
    expect(actionsOf(account.probes, 'allowed')).toEqual(accountOperations);
    const { kind, organizationId, probes } = await organizationProbes();
    expect({ kind, organizationId }).toEqual({ kind: 'organization', organizationId: 'o-lk7parcel42' });
    expect(actionsOf(probes, 'allowed')).toEqual(organizationOperations);
    const called = Object.keys(fake.callCounts()).filter((call) => !call.startsWith('sts:'));
    expect(called.toSorted()).toEqual(operations);
  });

  test('are cheap: each call once', async () => {
    const fake = await startFake();
    await probesOf(registryAccount);
    const counts = Object.entries(fake.callCounts()).filter(([call]) => !call.startsWith('sts:'));
    expect(counts.filter(([, count]) => count > 1)).toEqual([]);
  });

  test.each(accountOperations)(
    'name %s where it is taken away, and only what then cannot be tried',
    async (operation) => {
      const fake = await startFake();
      fake.setFaults([{ kind: 'deny', operation }]);
      const { probes } = await probesOf(registryAccount);
      expect(actionsOf(probes, 'denied')).toEqual([operation]);
      expect(probes.find(({ action }) => action === operation)).toMatchObject({
        accountId: registryAccount,
        reason: expect.stringContaining('access denied'),
      });
      // What was tried and what was not are all of it, and nothing that was not tried counts as allowed.
      expect(new Set(probes.map(({ action }) => action))).toEqual(new Set(accountOperations));
      expect(actionsOf(probes, 'notProbed')).toEqual(lostWith(operation));
    },
  );

  test.each(organizationOperations)('name %s where it is taken away', async (operation) => {
    const fake = await startFake();
    fake.setFaults([{ kind: 'deny', operation }]);
    const { probes, kind } = await organizationProbes();
    expect(actionsOf(probes, 'denied')).toEqual([operation]);
    expect(new Set(probes.map(({ action }) => action))).toEqual(new Set(organizationOperations));
    expect(actionsOf(probes, 'notProbed')).toEqual(lostWith(operation));
    expect(kind).toBe(operation === 'organizations:DescribeOrganization' ? 'unknown' : 'organization');
  });

  test('name the region in which a call is denied, and not the others', async () => {
    const fake = await startFake();
    fake.setFaults([{ kind: 'deny', operation: 'ecr:GetRegistryPolicy', region: 'us-east-1' }]);
    const { probes } = await probesOf(registryAccount, ['eu-west-1', 'us-east-1']);
    const policy = probes.filter(({ action }) => action === 'ecr:GetRegistryPolicy');
    expect(policy.map(({ region, outcome }) => [region, outcome])).toEqual([
      ['eu-west-1', 'allowed'],
      ['us-east-1', 'denied'],
    ]);
  });

  test('do not pass what there is nothing to try with', async () => {
    await startFake();
    const { probes } = await probesOf(emptyAccount, ['us-east-1']);
    expect(actionsOf(probes, 'notProbed')).toEqual([
      'ecr:GetRepositoryPolicy',
      'ecr:ListTagsForResource',
      'iam:GetOpenIDConnectProvider',
    ]);
    expect(actionsOf(probes, 'allowed')).not.toContain('ecr:GetRepositoryPolicy');
  });

  test('a repository or registry without a policy proves the right to ask for it', async () => {
    const fake = await startFake();
    fake.setFaults([{ kind: 'repositoryGone', operation: 'ecr:GetRepositoryPolicy' }]);
    const { probes } = await probesOf(registryAccount);
    expect(actionsOf(probes, 'allowed')).toContain('ecr:GetRepositoryPolicy');
  });

  test.each(['throttle', 'fail', 'cutConnection'] as const)(
    'a call that does not come through is no pass: %s',
    async (kind) => {
      const fake = await startFake();
      fake.setFaults([{ kind, operation: 'ecr:GetRegistryPolicy' }]);
      const { probes } = await probesOf(registryAccount);
      expect(actionsOf(probes, 'failed')).toEqual(['ecr:GetRegistryPolicy']);
      expect(actionsOf(probes, 'allowed')).not.toContain('ecr:GetRegistryPolicy');
    },
  );

  test('a role that is refused is the refusal of the account, and nothing of it is probed', async () => {
    const fake = await startFake();
    fake.setRolesMissing([registryAccount]);
    const { refusal, probes } = await probesOf(registryAccount);
    expect(probes).toEqual([]);
    expect(refusal).toContain(`arn:aws:iam::${registryAccount}:role/ecr-audit`);
  });

  test('a member that may not ask Organizations is told apart from one without an organization', async () => {
    await openFake({ snapshotDir: sampleDirectory, callerAccountId: registryAccount });
    const fleet = await openFleet({ regions: ['eu-west-1'] });
    const { kind, probes } = await probeOrganization(fleet.session, registryAccount);
    expect(kind).toBe('organization');
    expect(actionsOf(probes, 'denied')).toContain('organizations:ListRoots');
  });

  test('an account without an organization is told so by the answer of AWS', async () => {
    await openFake();
    const fleet = await openFleet({ regions: ['eu-west-1'] });
    const { kind, probes } = await probeOrganization(fleet.session, fleet.caller.accountId);
    expect(kind).toBe('none');
    expect(actionsOf(probes, 'allowed')).toEqual(['organizations:DescribeOrganization']);
  });
});

describe('the clock', () => {
  test.each([
    ['ahead', 10 * 60_000],
    ['behind', -10 * 60_000],
    ['right', 0],
  ])('of this machine is known to be %s', async (_, shiftMs) => {
    await startFake();
    const fleet = await openFleet({ regions: ['eu-west-1'] });
    const aheadMs = await probeClock(fleet.session, () => new Date(Date.now() + shiftMs));
    // AWS tells whole seconds, and the answer takes its way.
    expect(Math.abs((aheadMs ?? Number.NaN) - shiftMs)).toBeLessThan(30_000);
  });
});

/** What cannot be tried where a call is denied, because its argument comes from that call. */
function lostWith(operation: string): readonly string[] {
  const lost: Readonly<Record<string, readonly string[]>> = {
    'ecr:DescribeRepositories': ['ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource'],
    'iam:GetAccountAuthorizationDetails': [
      'iam:GenerateServiceLastAccessedDetails',
      'iam:GetServiceLastAccessedDetails',
    ],
    'iam:GenerateServiceLastAccessedDetails': ['iam:GetServiceLastAccessedDetails'],
    'iam:ListOpenIDConnectProviders': ['iam:GetOpenIDConnectProvider'],
    'organizations:ListRoots': [
      'organizations:ListAccountsForParent',
      'organizations:ListOrganizationalUnitsForParent',
      'organizations:ListTagsForResource',
    ],
    'organizations:ListPolicies': ['organizations:DescribePolicy', 'organizations:ListTargetsForPolicy'],
  };
  return lost[operation] ?? [];
}
