import { callerIdentity, collectAccount, collectEcr, collectIam, createAwsSession } from '@ecr-audit/aws';
import { expect, test } from 'vitest';

import { fixtureWindow, openFake, openSession, useEnvironment } from './testing.ts';

const roleArn = 'arn:aws:iam::444455556666:role/ecr-audit';

test('the caller is told by account, ARN and partition', async () => {
  await openFake();
  expect(await callerIdentity(await openSession())).toEqual({
    accountId: '111122223333',
    arn: 'arn:aws:iam::111122223333:user/fake-caller',
    partition: 'aws',
  });
});

test('a role is assumed once for all clients of a session', async () => {
  const fake = await openFake();
  const session = await openSession({ roleArn, externalId: 'agreed' });
  expect(await callerIdentity(session)).toMatchObject({
    accountId: '444455556666',
    arn: 'arn:aws:sts::444455556666:assumed-role/ecr-audit/ecr-audit',
  });
  await collectIam(session, '444455556666');
  expect(fake.callCounts()['sts:AssumeRole']).toBe(1);
});

test('a refused AssumeRole is an error that names the role, not a gap of the call that needed it', async () => {
  await openFake({ faults: [{ kind: 'deny', operation: 'sts:AssumeRole' }] });
  await expect(collectIam(await openSession({ roleArn }), '444455556666')).rejects.toMatchObject({
    code: 'assumeRoleRefused',
    message: expect.stringContaining(roleArn),
  });
});

test('an expired token ends the collection with the remedy, wherever it is met', async () => {
  const fake = await openFake();
  const session = await openSession();
  fake.setFaults([{ kind: 'expireToken', operation: 'ecr:*' }]);
  const collecting = collectAccount(session, {
    takenAt: new Date(0),
    regions: ['eu-west-1'],
    activityWindow: fixtureWindow,
  });
  await expect(collecting).rejects.toMatchObject({
    code: 'credentialsExpired',
    message: expect.stringContaining('sign in again'),
  });
});

test('credentials that AWS does not know are an error', async () => {
  await openFake({ faults: [{ kind: 'refuseKey', operation: '*' }] });
  await expect(callerIdentity(await openSession())).rejects.toMatchObject({ code: 'credentialsInvalid' });
  await expect(collectEcr(await openSession(), '111122223333', 'eu-west-1')).rejects.toMatchObject({
    code: 'credentialsInvalid',
  });
});

test('a region that refuses credentials which STS accepts is a gap, because it may not be enabled', async () => {
  await openFake({ faults: [{ kind: 'refuseKey', operation: 'ecr:*', region: 'eu-west-1' }] });
  const { parts, gaps } = await collectEcr(await openSession(), '111122223333', 'eu-west-1');
  expect(parts).toEqual([]);
  expect(gaps.map((gap) => gap.reason)).toEqual(gaps.map(() => 'failed'));
  expect(gaps).toContainEqual(expect.objectContaining({ source: 'ecr:DescribeRepositories' }));
});

const keys = {
  AWS_ACCESS_KEY_ID: 'AKIA111122223333FAKE',
  AWS_SECRET_ACCESS_KEY: 'a-secret-of-forty-characters',
  AWS_REGION: 'eu-west-1',
};

test('an endpoint that does not answer is named without its user and password', async () => {
  useEnvironment({ ...keys, AWS_ENDPOINT_URL: 'http://user:pass-word@127.0.0.1:1' });
  await expect(callerIdentity(await openSession())).rejects.toMatchObject({
    code: 'endpointUnreachable',
    retryable: true,
    message: 'cannot reach AWS at `http://127.0.0.1:1`: check `AWS_ENDPOINT_URL` and that something listens there',
  });
});

test('an endpoint that is no address is refused at once', async () => {
  useEnvironment({ ...keys, AWS_ENDPOINT_URL: 'not an address' });
  await expect(createAwsSession()).rejects.toMatchObject({ code: 'endpointUnreachable' });
});

test('no credentials at all is an error that says where they may come from', async () => {
  useEnvironment({ AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' });
  await expect(callerIdentity(await openSession())).rejects.toMatchObject({
    code: 'credentialsMissing',
    message: expect.stringContaining('--profile'),
  });
});

test.each([
  ['the option', { profile: 'nobody' }, {}],
  ['AWS_PROFILE', {}, { AWS_PROFILE: 'nobody', AWS_EC2_METADATA_DISABLED: 'true' }],
])('an unknown profile of %s is named', async (_title, options, environment) => {
  useEnvironment({ AWS_REGION: 'eu-west-1', ...environment });
  await expect(callerIdentity(await openSession(options))).rejects.toMatchObject({
    code: 'profileUnknown',
    message: expect.stringContaining('`nobody`'),
  });
});

test('no message and no cause that an error carries holds the secret key or the session token', async () => {
  const secret = 'a-secret-of-forty-characters';
  const fake = await openFake();
  for (const kind of ['deny', 'expireToken', 'refuseKey', 'fail', 'cutConnection'] as const) {
    fake.setFaults([{ kind, operation: '*' }]);
    useEnvironment({ ...fake.environment(), AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: 'a-session-token' });
    const error: unknown = await callerIdentity(await openSession({ attemptsMax: 1 })).catch(
      (thrown: unknown) => thrown,
    );
    const told = error instanceof Error ? [error.message, error.stack, JSON.stringify(error), String(error.cause)] : [];
    expect(told).toHaveLength(4);
    expect(told.join(' ')).not.toMatch(/a-secret-of|a-session-token/);
  }
});
