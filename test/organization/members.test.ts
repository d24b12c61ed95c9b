import { collectEcr, collectIam, isPassingGap, openAwsFleet } from '@ecr-audit/aws';
import { describe, expect, test } from 'vitest';
import { openFake, openFleet, useEnvironment } from '../fake-aws/testing.ts';
import { decisionsOf, falseClaims } from './decisions.ts';
import { collect, gapsOf, nothing, organizationOf, serve, smallOrganization } from './world.ts';

const parts = smallOrganization({ accounts: 4, principals: 12, repositories: 6 });
const organization = organizationOf(parts);
const managementId = organization.Organization.MasterAccountId;
const memberIds = organization.Accounts.map((account) => account.Id).filter((id) => id !== managementId);
const [memberId = ''] = memberIds;
const externalId = 'a-secret-external-id';

describe('roles:', () => {
  test('each account is read by a session of its own, whose name says what it is', async () => {
    const { fleet } = await serve(parts);
    const identity = await fleet.account(memberId).credentials();
    expect(identity.accessKeyId).toContain(memberId);
    const { fake, fleet: named } = await serve(parts, {}, { sessionName: 'nightly-audit' });
    await collectIam(named.account(memberId), memberId);
    useEnvironment({
      ...fake.environment(),
      AWS_ACCESS_KEY_ID: (await named.account(memberId).credentials()).accessKeyId,
    });
    expect((await openFleet({ regions: ['eu-west-1'] })).caller.arn).toBe(
      `arn:aws:sts::${memberId}:assumed-role/ecr-audit/nightly-audit`,
    );
  });

  test('a role may have a path, and its ARN is of the partition of the caller', async () => {
    const china = parts.map((part) =>
      part.path === 'snapshot.json' ? { ...part, content: part.content.replace('"aws"', '"aws-cn"') } : part,
    );
    const { fleet } = await serve(
      china,
      { auditorRoles: ['audit/readers/ecr-audit'] },
      { roleName: 'audit/readers/ecr-audit' },
    );
    expect(fleet.caller.partition).toBe('aws-cn');
    expect(fleet.account(memberId).roleArn).toBe(`arn:aws-cn:iam::${memberId}:role/audit/readers/ecr-audit`);
    expect((await collect(fleet)).accountsUnread).toBe(0);
  });

  test.each(['', '/ecr-audit', 'ecr audit', 'a/../b c', 'x'.repeat(600)])(
    '`%s` is no name of a role',
    async (roleName) => {
      await openFake({ parts, callerAccountId: managementId });
      await expect(openAwsFleet({ roleName, regions: ['eu-west-1'] })).rejects.toMatchObject({
        code: 'roleNameInvalid',
      });
    },
  );

  test('the external id opens the roles that ask for it, and is told nowhere', async () => {
    const { fleet } = await serve(parts, { externalId }, { externalId });
    expect((await collect(fleet)).accountsUnread).toBe(0);
    const { fleet: wrong } = await serve(parts, { externalId: 'another' }, { externalId });
    const collected = await collect(wrong);
    expect(collected.accountsUnread).toBe(memberIds.length);
    expect(JSON.stringify([collected, wrong.callLog.counts()])).not.toContain(externalId);
  });

  test('the caller reads its own account directly where the role is refused there, and that is said', async () => {
    const { fake, fleet } = await serve(parts, { rolesMissing: [managementId] });
    const collected = await collect(fleet);
    expect(gapsOf(collected)).toEqual([]);
    expect(collected.notes).toEqual([
      `account ${managementId} was read with the caller's own credentials: the auditor role is refused there`,
    ]);
    expect(fleet.isOwnAccountReadDirectly).toBe(true);
    expect(fake.callCounts()['sts:AssumeRole']).toBe(memberIds.length + 1);
  });

  test('a caller that came through the auditor role does not assume it again in its own account', async () => {
    const { fake, fleet } = await serve(parts);
    const key = (await fleet.account(managementId).credentials()).accessKeyId;
    useEnvironment({ ...fake.environment(), AWS_ACCESS_KEY_ID: key });
    const chained = await openFleet({ regions: ['eu-west-1'] });
    const before = fake.callCounts()['sts:AssumeRole'];
    await collectIam(chained.account(managementId), managementId);
    expect(fake.callCounts()['sts:AssumeRole']).toBe(before);
  });

  test('a management role asks Organizations, and opens no account: the caller assumes the roles itself', async () => {
    const managementRoleArn = `arn:aws:iam::${managementId}:role/audit/organization-reader`;
    const fake = await openFake({
      parts,
      callerAccountId: memberId,
      auditorRoles: ['ecr-audit', 'audit/organization-reader'],
    });
    const fleet = await openFleet({ regions: ['eu-west-1'], managementRoleArn });
    expect(gapsOf(await collect(fleet))).toEqual([]);
    const callers = (service: string) =>
      new Set(fake.calls().flatMap((call) => (call.service === service ? call.account : [])));
    expect(callers('sts')).toEqual(new Set([memberId]));
    expect(callers('organizations')).toEqual(new Set([managementId]));
  });

  test('a management role that is refused is a gap of the organization, and named accounts are read', async () => {
    const managementRoleArn = `arn:aws:iam::${managementId}:role/organization-reader`;
    const { fleet } = await serve(parts, { callerAccountId: memberId }, { managementRoleArn });
    await expect(collect(fleet)).rejects.toMatchObject({
      code: 'organizationUnreadable',
      message: expect.stringContaining(managementRoleArn),
    });
    const collected = await collect(fleet, {
      selection: { include: { ...nothing, accounts: [memberId] }, exclude: nothing },
    });
    expect(collected.accounts).toEqual([memberId]);
    expect(new Set(gapsOf(collected).map((gap) => `${gap.source} ${gap.accountId ?? '*'} ${gap.reason}`))).toEqual(
      new Set(['organizations:DescribeOrganization * accessDenied', 'organizations:ListRoots * accessDenied']),
    );
  });

  test('roles may be assumed from another role', async () => {
    await openFake({ parts, callerAccountId: memberId });
    const fleet = await openFleet({
      regions: ['eu-west-1'],
      roleArn: `arn:aws:iam::${managementId}:role/ecr-audit`,
    });
    expect(fleet.caller.accountId).toBe(managementId);
    expect(gapsOf(await collect(fleet))).toEqual([]);
  });
});

describe('refusals:', () => {
  test('a missing role is one gap for each source of that account, asked once', async () => {
    const { fake, fleet } = await serve(parts, { rolesMissing: [memberId] });
    const collected = await collect(fleet, { regions: ['eu-west-1', 'us-east-1'], accounts: [memberId] });
    expect(gapsOf(collected).map((gap) => `${gap.source} ${gap.region ?? '*'} ${gap.reason}`)).toEqual([
      'iam:GetAccountAuthorizationDetails * accessDenied',
      'ecr:DescribeRepositories eu-west-1 accessDenied',
      'ecr:DescribeRepositories us-east-1 accessDenied',
    ]);
    expect(fake.callCounts()).toEqual({ 'sts:GetCallerIdentity': 1, 'sts:AssumeRole': 1 });
  });

  test('collectors of a refused account answer one gap each, and throw nothing', async () => {
    const { fake, fleet } = await serve(parts, { rolesMissing: [memberId] });
    const session = fleet.account(memberId);
    const iam = await collectIam(session, memberId);
    const ecr = await collectEcr(session, memberId, 'eu-west-1');
    expect([iam.parts, ecr.parts]).toEqual([[], []]);
    expect([...iam.gaps, ...ecr.gaps].map((gap) => gap.reason)).toEqual(['accessDenied', 'accessDenied']);
    expect(fake.callCounts()['sts:AssumeRole']).toBe(1);
  });

  test('the next session of an account asks for its role again', async () => {
    const { fake, fleet } = await serve(parts, { rolesMissing: [memberId] });
    expect((await collectIam(fleet.account(memberId), memberId)).gaps).toHaveLength(1);
    fake.setRolesMissing([]);
    fleet.closeAccount(memberId);
    expect((await collectIam(fleet.account(memberId), memberId)).gaps).toEqual([]);
  });

  test.each(['expireToken', 'refuseKey'] as const)(
    'credentials of the caller that fail (%s) are an error, never gaps',
    async (kind) => {
      const { fake, fleet } = await serve(parts);
      fake.setFaults([{ kind, operation: '*' }]);
      await expect(collect(fleet)).rejects.toMatchObject({
        code: kind === 'expireToken' ? 'credentialsExpired' : 'credentialsInvalid',
      });
      await expect(collect(fleet, { accounts: [memberId] })).rejects.toMatchObject({
        code: kind === 'expireToken' ? 'credentialsExpired' : 'credentialsInvalid',
      });
    },
  );

  test('fewer sessions than accounts may be kept, and all accounts are read', async () => {
    const { fleet } = await serve(parts, {}, { sessionsMax: 1 });
    expect((await collect(fleet)).accountsUnread).toBe(0);
  });
});

test.each([
  ['throttle', true],
  ['fail', true],
  ['cutConnection', true],
  ['deny', false],
  ['malformed', false],
  ['refuseKey', false],
] as const)('a gap of a call that answers %s may close when it is read again: %s', async (kind, isPassing) => {
  const { fake, fleet } = await serve(parts, {}, { attemptsMax: 1 });
  const session = fleet.account(memberId);
  await session.credentials();
  fake.setFaults([{ kind, operation: 'ecr:*', accountId: memberId }]);
  const { gaps } = await collectEcr(session, memberId, 'eu-west-1');
  expect(gaps.length).toBeGreaterThan(0);
  expect(gaps.map(isPassingGap)).toEqual(gaps.map(() => isPassing));
});

test.each([
  ['throttle', true],
  ['fail', true],
  ['deny', false],
] as const)(
  'a gap of an account whose role answers %s may close when it is read again: %s',
  async (kind, isPassing) => {
    const { fleet } = await serve(parts, { faults: [{ kind, operation: 'sts:AssumeRole' }] }, { attemptsMax: 1 });
    const { gaps } = await collectIam(fleet.account(memberId), memberId);
    expect(gaps.map(isPassingGap)).toEqual([isPassing]);
  },
);

describe('what is deleted in the middle', () => {
  test('a role: what was read stays, the rest of the account is gaps, and the other accounts are read', async () => {
    const whole = decisionsOf(parts);
    const { fake, fleet } = await serve(parts);
    const collected = await collect(fleet, {
      accountsAtATime: 1,
      onProgress: (event) => {
        if (event.kind === 'step' && event.progress.kind === 'finished' && event.progress.accountId === memberId) {
          fake.setRolesMissing([memberId]);
        }
      },
    });
    const gaps = gapsOf(collected);
    expect(new Set(gaps.map((gap) => [gap.accountId, gap.reason].join(' ')))).toEqual(new Set([`${memberId} failed`]));
    expect(gaps[0]?.message).toContain('the role may have been deleted');
    const paths = collected.parts.map((part) => part.path);
    expect(paths).toContain(`accounts/${memberId}/account-authorization-details.json`);
    expect(paths.filter((path) => path.endsWith('/repositories.json') && path.includes(memberId))).toEqual([]);
    expect(falseClaims(whole, decisionsOf(collected.parts))).toEqual([]);
  });

  test('a repository: it is left out of every file, without a gap', async () => {
    const repositories = parts.find(
      (part) => part.path.endsWith('/repositories.json') && part.content.includes('repositoryName'),
    );
    const arn = /arn:aws:ecr:[^"]+/.exec(repositories?.content ?? '')?.[0] ?? '';
    const { fleet } = await serve(parts, {
      faults: [{ kind: 'repositoryGone', operation: 'ecr:GetRepositoryPolicy', resource: arn }],
    });
    const collected = await collect(fleet);
    expect(gapsOf(collected)).toEqual([]);
    const texts = collected.parts.filter((part) => /repositor/.test(part.path)).map((part) => part.content);
    expect(texts.join('')).not.toContain(arn);
  });
});
