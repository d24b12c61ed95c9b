import { expect, test } from 'vitest';
import { actorOf } from '../activity/actor.ts';
import { causeActor } from './cause-actor.ts';
import type { SeenChange } from './seen-change.ts';

const account = '111122223333';

function change(identity: object, others: Partial<SeenChange> = {}): SeenChange {
  return {
    id: 'event',
    timeMs: 0,
    accountId: account,
    region: 'us-east-1',
    eventSource: 'iam.amazonaws.com',
    eventName: 'PutRolePolicy',
    actor: actorOf(identity),
    onBehalfOf: null,
    sourceAddress: null,
    subjects: [],
    request: null,
    response: null,
    ...others,
  };
}

function session(path: string, name: string): object {
  return {
    type: 'AssumedRole',
    principalId: `AROAAAAAAAAAAAAAAAAAA:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/role/${name}`,
    accountId: account,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAAAAAAAAAAAAAAAAAA',
        arn: `arn:aws:iam::${account}:role/${path}`,
        accountId: account,
        userName: 'role',
      },
    },
  };
}

test('a session of a role of Identity Center is the person whose name it has', () => {
  const path = 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef';
  expect(causeActor(change(session(path, 'ada@example.com'))).identityCenterUser).toEqual({
    name: 'ada@example.com',
    id: null,
  });
});

test('a role that only has such a name is nobody of Identity Center', () => {
  const path = 'AWSReservedSSO_Admin_0123456789abcdef';
  expect(causeActor(change(session(path, 'ada@example.com'))).identityCenterUser).toBeNull();
});

test.each([
  ['repo:acme/shop:ref:refs/heads/main', 'acme/shop', 'refs/heads/main'],
  ['repo:acme/shop:environment:production', 'acme/shop', 'environment:production'],
  ['repo:acme/shop:pull_request', 'acme/shop', 'pull_request'],
  ['project_path:acme/tools/shop:ref_type:branch:ref:main', 'acme/tools/shop', 'main'],
  ['system:serviceaccount:shop:deployer', null, null],
  ['repo:', null, null],
  ['', null, null],
])('the subject %j is a job of %s at %s', (subject, repository, ref) => {
  const actor = { ...actorOf(session('ci/deploy', 'job')), webIdentitySubject: subject };
  expect(causeActor(change({}, { actor })).webIdentity).toEqual({ provider: null, subject, repository, ref });
});

test('a session whose beginning was not seen still tells its provider', () => {
  const identity = {
    ...session('ci/deploy', 'job'),
    sessionContext: { webIdFederationData: { federatedProvider: 'arn:aws:iam::111122223333:oidc-provider/ci' } },
  };
  expect(causeActor(change(identity)).webIdentity).toEqual({
    provider: 'arn:aws:iam::111122223333:oidc-provider/ci',
    subject: null,
    repository: null,
    ref: null,
  });
});

test('a call through a service names the service and who it called for', () => {
  const told = causeActor(
    change(session('cloudformation-execution', 'AWSCloudFormation'), { onBehalfOf: 'cloudformation.amazonaws.com' }),
  );
  expect(told).toMatchObject({
    kind: 'role',
    arn: 'arn:aws:iam::111122223333:role/cloudformation-execution',
    sessionName: 'AWSCloudFormation',
    onBehalfOf: 'cloudformation.amazonaws.com',
    identityCenterUser: null,
    webIdentity: null,
  });
});
