import {
  DescribeRepositoriesCommand,
  ECRClient,
  GetRegistryPolicyCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr';
import { GetAccountAuthorizationDetailsCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, onTestFinished, test } from 'vitest';

import { openFake } from './testing.ts';

const settings = { region: 'eu-west-1', maxAttempts: 1 };

function opened<T extends { destroy(): void }>(client: T): T {
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

test('IAM answers documents URL-encoded, and a page may end within any list', async () => {
  await openFake({ pageSizeMax: 3 });
  const iam = opened(new IAMClient(settings));
  const first = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
  expect([first.UserDetailList?.length, first.GroupDetailList?.length, first.IsTruncated]).toEqual([2, 1, true]);
  expect(first.UserDetailList?.[0]?.UserPolicyList?.[0]?.PolicyDocument).toMatch(
    /^%7B%22Version%22%3A%222012-10-17%22/,
  );
  const second = await iam.send(new GetAccountAuthorizationDetailsCommand({ Marker: first.Marker }));
  expect([second.GroupDetailList?.length, second.RoleDetailList?.length, second.IsTruncated]).toEqual([1, 2, true]);
  await expect(
    iam.send(new GetAccountAuthorizationDetailsCommand({ Marker: first.Marker, Filter: ['Role'] })),
  ).rejects.toMatchObject({ name: 'ValidationError' });
});

test('a filter parts the policies of AWS from those of the customer', async () => {
  await openFake();
  const iam = opened(new IAMClient(settings));
  const own = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['LocalManagedPolicy'] }));
  expect(own.Policies?.map((policy) => policy.PolicyName)).toEqual(['ReadImages']);
  expect(own.UserDetailList).toEqual([]);
});

test('a repository without a policy, one that is not there and a registry without a policy are told apart', async () => {
  await openFake();
  const ecr = opened(new ECRClient(settings));
  await expect(ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'tools' }))).rejects.toMatchObject({
    name: 'RepositoryPolicyNotFoundException',
  });
  await expect(ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'gone' }))).rejects.toMatchObject({
    name: 'RepositoryNotFoundException',
  });
  await expect(
    ecr.send(new ListTagsForResourceCommand({ resourceArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/gone' })),
  ).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
  const other = opened(new ECRClient({ ...settings, region: 'us-east-1' }));
  await expect(other.send(new GetRegistryPolicyCommand({}))).rejects.toMatchObject({
    name: 'RegistryPolicyNotFoundException',
  });
});

test('a file that the snapshot lacks is a call that is denied, never an empty answer', async () => {
  await openFake({ callerAccountId: '444455556666' });
  const ecr = opened(new ECRClient(settings));
  await expect(ecr.send(new DescribeRepositoriesCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('the registry of another account is denied', async () => {
  await openFake();
  const ecr = opened(new ECRClient(settings));
  await expect(ecr.send(new DescribeRepositoriesCommand({ registryId: '444455556666' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('the access key names the account, and AssumeRole gives a key of another', async () => {
  const fake = await openFake();
  const sts = opened(new STSClient(settings));
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe('111122223333');
  const RoleArn = 'arn:aws:iam::444455556666:role/ecr-audit';
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'audit' }));
  const credentials = { accessKeyId: Credentials?.AccessKeyId ?? '', secretAccessKey: 'fake' };
  const assumed = opened(new STSClient({ ...settings, credentials }));
  expect(await assumed.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '444455556666',
    Arn: 'arn:aws:sts::444455556666:assumed-role/ecr-audit/audit',
  });
  expect(fake.calls().map((call) => `${call.account} ${call.service}:${call.operation}`)).toEqual([
    '111122223333 sts:GetCallerIdentity',
    '111122223333 sts:AssumeRole',
    '444455556666 sts:GetCallerIdentity',
  ]);
  const elsewhere = 'arn:aws:iam::999988887777:role/ecr-audit';
  await expect(sts.send(new AssumeRoleCommand({ RoleArn: elsewhere, RoleSessionName: 'audit' }))).rejects.toMatchObject(
    { name: 'AccessDenied' },
  );
});

test("a role is assumed where it is there: the auditor's with its external id, or one that the snapshot holds", async () => {
  const fake = await openFake({ auditorRoles: ['audit/reader'], externalId: 'agreed' });
  const sts = opened(new STSClient(settings));
  const assume = async (name: string, ExternalId?: string): Promise<string> => {
    const RoleArn = `arn:aws:iam::444455556666:role/${name}`;
    const asked = { RoleArn, RoleSessionName: 'audit', ...(ExternalId === undefined ? {} : { ExternalId }) };
    return await sts.send(new AssumeRoleCommand(asked)).then(
      () => 'assumed',
      (error: unknown) => (error instanceof Error ? error.name : ''),
    );
  };
  expect(await assume('audit/reader', 'agreed')).toBe('assumed');
  expect(await assume('audit/reader', 'other')).toBe('AccessDenied');
  expect(await assume('audit/reader')).toBe('AccessDenied');
  expect(await assume('reader', 'agreed')).toBe('AccessDenied');
  fake.setRolesMissing(['444455556666']);
  expect(await assume('audit/reader', 'agreed')).toBe('AccessDenied');
});

test('an operation that the fake does not have says so', async () => {
  await openFake();
  const iam = opened(new IAMClient(settings));
  await expect(iam.send(new ListRolesCommand({}))).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'the fake does not answer iam:ListRoles',
  });
});

test('a request that is not signed is refused', async () => {
  const fake = await openFake();
  const answer = await fetch(fake.url, { method: 'POST', body: 'Action=GetCallerIdentity' });
  expect(answer.status).toBe(403);
});
