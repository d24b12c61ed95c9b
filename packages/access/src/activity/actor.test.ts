import { describe, expect, test } from 'vitest';
import { actorOf } from './actor.ts';

const accountId = '111122223333';
const roleId = 'AROAEXAMPLEEXAMPLE001';
const userId = 'AIDAEXAMPLEEXAMPLE001';
const issuer = {
  type: 'Role',
  principalId: roleId,
  arn: `arn:aws:iam::${accountId}:role/ci/deploy`,
  accountId,
  userName: 'deploy',
};

describe('who acts', () => {
  test('a user is known by its unique id', () => {
    const arn = `arn:aws:iam::${accountId}:user/ops/ana`;
    expect(actorOf({ type: 'IAMUser', principalId: userId, arn, accountId, userName: 'ana' })).toMatchObject({
      kind: 'user',
      key: userId,
      arn,
      name: 'ana',
      accountId,
    });
  });

  test('a session counts for its role, with the path that the ARN of a session lacks', () => {
    const identity = {
      type: 'AssumedRole',
      principalId: `${roleId}:marta@example`,
      arn: `arn:aws:sts::${accountId}:assumed-role/deploy/marta@example`,
      accountId,
      accessKeyId: 'ASIAEXAMPLE',
      sessionContext: { sessionIssuer: issuer, sourceIdentity: 'marta' },
    };
    expect(actorOf(identity)).toMatchObject({
      kind: 'role',
      key: roleId,
      arn: issuer.arn,
      name: 'deploy',
      sessionName: 'marta@example',
      sourceIdentity: 'marta',
      accessKeyId: 'ASIAEXAMPLE',
    });
  });

  test('a session of a web identity names its provider', () => {
    const webIdFederationData = {
      federatedProvider: 'arn:aws:iam::111122223333:oidc-provider/ci.example',
      attributes: {},
    };
    const sessionContext = { sessionIssuer: issuer, webIdFederationData };
    expect(actorOf({ type: 'AssumedRole', principalId: `${roleId}:run`, accountId, sessionContext })).toMatchObject({
      key: roleId,
      identityProvider: 'arn:aws:iam::111122223333:oidc-provider/ci.example',
    });
  });

  test('a session of Identity Center names the user of its store', () => {
    const identity = {
      type: 'AssumedRole',
      principalId: `${roleId}:ana`,
      accountId,
      sessionContext: { sessionIssuer: issuer },
      onBehalfOf: { userId: 'b3d2', identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-1' },
    };
    expect(actorOf(identity)).toMatchObject({ key: roleId, identityCenterUserId: 'b3d2' });
  });

  test.each([
    ['the unique id in front of the session name', { principalId: `${roleId}:x` }, roleId],
    [
      'the name of the role, which an account has once',
      { arn: `arn:aws:sts::${accountId}:assumed-role/deploy/x` },
      `role:${accountId}/deploy`,
    ],
    ['nothing, and is not mapped', {}, `unmapped:role:${accountId}:`],
  ])('a session without issuer is known by %s', (_title, identity, key) => {
    expect(actorOf({ type: 'AssumedRole', accountId, ...identity }).key).toBe(key);
  });

  test('a federated user counts for the user, or root, that asked for its credentials', () => {
    const user = {
      type: 'IAMUser',
      principalId: userId,
      arn: `arn:aws:iam::${accountId}:user/ana`,
      accountId,
      userName: 'ana',
    };
    const federated = (sessionIssuer: object) =>
      actorOf({
        type: 'FederatedUser',
        principalId: `${accountId}:guest`,
        accountId,
        sessionContext: { sessionIssuer },
      });
    expect(federated(user)).toMatchObject({ kind: 'federatedUser', key: userId, sessionName: 'guest', name: 'ana' });
    expect(federated({ type: 'Root', principalId: accountId, accountId })).toMatchObject({
      kind: 'federatedUser',
      key: `root:${accountId}`,
    });
  });

  test('root is the root user of its account', () => {
    expect(
      actorOf({ type: 'Root', principalId: accountId, accountId, arn: `arn:aws:iam::${accountId}:root` }),
    ).toMatchObject({
      kind: 'root',
      key: `root:${accountId}`,
    });
  });

  test.each([
    ['a role', `${roleId}:session`, 'role', roleId],
    ['a user', userId, 'user', userId],
    ['nobody in particular', null, 'account', 'account:444455556666'],
  ])('somebody of another account is %s by the id that this account has too', (_title, principalId, kind, key) => {
    expect(actorOf({ type: 'AWSAccount', principalId, accountId: '444455556666' })).toMatchObject({
      kind,
      key,
      accountId: '444455556666',
      arn: null,
    });
  });

  test('an AWS service is no person', () => {
    expect(actorOf({ type: 'AWSService', invokedBy: 'lambda.amazonaws.com' })).toMatchObject({
      kind: 'service',
      key: 'service:lambda.amazonaws.com',
      accountId: null,
    });
  });

  test.each([
    [{ accountId, invokedBy: 'ecr.amazonaws.com' }, 'service:ecr.amazonaws.com'],
    [{ accountId }, 'service:AWS Internal'],
    [undefined, 'service:AWS Internal'],
    [null, 'service:AWS Internal'],
    ['text', 'service:AWS Internal'],
  ])('an identity without a type is that of a service: %j', (identity, key) => {
    expect(actorOf(identity)).toMatchObject({ kind: 'service', key });
  });

  test('who asks STS for credentials is known by provider and subject', () => {
    const identityProvider = 'arn:aws:iam::111122223333:oidc-provider/ci.example';
    expect(
      actorOf({ type: 'WebIdentityUser', identityProvider, userName: 'repo:shop/api:ref:refs/heads/main' }),
    ).toMatchObject({
      kind: 'webIdentity',
      identityProvider,
      webIdentitySubject: 'repo:shop/api:ref:refs/heads/main',
    });
    expect(actorOf({ type: 'SAMLUser', identityProvider: 'idp', userName: 'ana' })).toMatchObject({ kind: 'saml' });
  });

  test.each(['Unknown', 'IdentityCenterUser', 'Directory', 'SomethingNew'])('%s is kept raw, as not mapped', (type) => {
    expect(actorOf({ type, principalId: 'p', accountId })).toMatchObject({
      kind: 'unmapped',
      key: `unmapped:${type}:${accountId}:p`,
    });
  });

  test('a unique id that is none is not believed', () => {
    const hostile = `AROA' or 1=1 --`;
    expect(actorOf({ type: 'AWSAccount', principalId: hostile, accountId }).key).toBe(`account:${accountId}`);
    expect(actorOf({ type: 'IAMUser', principalId: hostile, userName: 'ana', accountId }).key).toBe(
      `user:${accountId}/ana`,
    );
  });

  test('keys stay short enough for an index, and storable', () => {
    const key = actorOf({ type: 'WebIdentityUser', identityProvider: 'x\0'.repeat(9000), userName: '\uD800' }).key;
    expect(key.length).toBeLessThanOrEqual(512);
    expect(key).not.toContain('\0');
    expect(key.isWellFormed()).toBe(true);
  });
});
