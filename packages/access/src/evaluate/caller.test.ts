import { describe, expect, test } from 'vitest';

import { assembleSnapshot } from '../snapshot/assemble.ts';
import { anyoneOutside, type Caller, findCaller } from './caller.ts';

const OURS = '111122223333';
const NOT_READ = '222233334444';
const OUTSIDE = '999999999999';
/** Collected, but for its users and roles. */
const PARTLY = '333344445555';

const snapshot = assembleSnapshot(
  Object.entries({
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' },
    'organization.json': {
      Organization: { Id: 'o-1' },
      Roots: [{ Id: 'r-1' }],
      Accounts: [OURS, NOT_READ].map((Id) => ({ Id, ParentId: 'r-1' })),
      Policies: [],
    },
    [`accounts/${OURS}/account-authorization-details.json`]: {
      UserDetailList: [
        { UserName: 'alice', UserId: 'AIDAALICE', Arn: `arn:aws:iam::${OURS}:user/people/alice`, Path: '/people/' },
      ],
      GroupDetailList: [],
      RoleDetailList: [
        { RoleName: 'ci', RoleId: 'AROACI', Arn: `arn:aws:iam::${OURS}:role/build/ci`, Path: '/build/' },
        {
          RoleName: 'AWSServiceRoleForECRReplication',
          RoleId: 'AROASLR',
          Arn: `arn:aws:iam::${OURS}:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication`,
          PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/Boundary' },
        },
      ],
      Policies: [],
    },
    [`accounts/${PARTLY}/eu-west-1/repositories.json`]: { repositories: [] },
  }).map(([path, content]) => ({ path, content: JSON.stringify(content) })),
);

function callerOf(text: string): Caller {
  const result = findCaller(snapshot, text);
  if (result.kind === 'error') {
    throw new TypeError(result.message);
  }
  return result.caller;
}

describe('findCaller finds', () => {
  const role = { kind: 'role', accountId: OURS, arn: `arn:aws:iam::${OURS}:role/build/ci`, uniqueId: 'AROACI' };
  const session = `arn:aws:sts::${OURS}:assumed-role/ci/run-1`;

  test.each<readonly [string, string, object]>([
    [
      'a user by its ARN with the path',
      `arn:aws:iam::${OURS}:user/people/alice`,
      {
        ref: { id: 'AIDAALICE', kind: 'user', accountId: OURS, name: 'alice' },
        side: 'policies',
        request: { hasPermissionsBoundary: false },
      },
    ],
    ['a user by its unique id', 'AIDAALICE', { ref: { id: 'AIDAALICE', kind: 'user' }, side: 'policies' }],
    [
      'a role by its ARN with the path, as a session without a name',
      `arn:aws:iam::${OURS}:role/build/ci`,
      { ref: { id: 'AROACI', kind: 'role' }, side: 'policies', request: { ...role, sessionArn: null } },
    ],
    [
      'a role session by its ARN without the path, as its role',
      session,
      {
        ref: { id: 'AROACI:run-1', arn: session, kind: 'session', name: 'ci/run-1' },
        side: 'policies',
        request: { ...role, sessionArn: session },
      },
    ],
    [
      'a service-linked role with its boundary',
      'AROASLR',
      { ref: { kind: 'role' }, isServiceLinkedRole: true, request: { hasPermissionsBoundary: true } },
    ],
    [
      'the root user by its ARN',
      `arn:aws:iam::${OURS}:root`,
      { ref: { id: `root:${OURS}`, kind: 'root', name: 'root' }, side: 'everything', request: { kind: 'root' } },
    ],
    ['the root user by the account id', OURS, { ref: { id: `root:${OURS}`, kind: 'root' }, side: 'everything' }],
    [
      'an account that only the organization names, as one outside',
      NOT_READ,
      { ref: { kind: 'external', accountId: NOT_READ }, side: 'unknown', request: { kind: 'outsider' } },
    ],
    [
      'a service',
      'lambda.amazonaws.com',
      { ref: { id: 'service:lambda.amazonaws.com', kind: 'service', accountId: null }, side: 'nothing' },
    ],
    ['a service of another partition', 'ecs-tasks.amazonaws.com.cn', { ref: { kind: 'service' }, side: 'nothing' }],
    [
      'a principal of an account outside, of which nothing is known',
      `arn:aws:iam::${OUTSIDE}:role/build/ci`,
      {
        ref: { id: `external:arn:aws:iam::${OUTSIDE}:role/build/ci`, kind: 'external', name: 'role/build/ci' },
        side: 'unknown',
        iam: null,
        request: { kind: 'role', uniqueId: null, sessionArn: null, hasPermissionsBoundary: false },
      },
    ],
    [
      'an account outside',
      OUTSIDE,
      {
        ref: { id: `external:arn:aws:iam::${OUTSIDE}:root`, kind: 'external', name: `account ${OUTSIDE}` },
        side: 'unknown',
        request: { kind: 'outsider' },
      },
    ],
    [
      'a session of an account outside',
      `arn:aws:sts::${OUTSIDE}:assumed-role/ci/run-1`,
      {
        ref: { kind: 'external' },
        side: 'unknown',
        request: { kind: 'role', sessionArn: `arn:aws:sts::${OUTSIDE}:assumed-role/ci/run-1` },
      },
    ],
    [
      'a user of an account whose IAM was not read',
      `arn:aws:iam::${NOT_READ}:user/bob`,
      { ref: { kind: 'external', accountId: NOT_READ }, side: 'unknown', request: { kind: 'user' } },
    ],
    [
      'a role of an account that was read in part',
      `arn:aws:iam::${PARTLY}:role/ci`,
      { ref: { kind: 'external', accountId: PARTLY }, side: 'unknown', request: { kind: 'role' } },
    ],
    [
      'a session in an account that was read in part',
      `arn:aws:sts::${PARTLY}:assumed-role/ci/run-1`,
      { ref: { kind: 'external', accountId: PARTLY }, side: 'unknown', request: { kind: 'role' } },
    ],
    [
      'a federated user',
      `arn:aws:sts::${OURS}:federated-user/carol`,
      { ref: { kind: 'external' }, side: 'unknown', request: { kind: 'federatedUser' } },
    ],
  ])('%s', (_title, text, expected) => {
    expect(callerOf(text)).toMatchObject(expected);
  });
});

test('only roles that AWS links to a service are such roles', () => {
  const linked = 'role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication';
  const others = ['AIDAALICE', 'AROACI', OURS, OUTSIDE, 'lambda.amazonaws.com', `arn:aws:iam::${OUTSIDE}:role/ci`];
  expect([OURS, OUTSIDE].map((id) => callerOf(`arn:aws:iam::${id}:${linked}`).isServiceLinkedRole)).toEqual([
    true,
    true,
  ]);
  expect(others.filter((text) => callerOf(text).isServiceLinkedRole)).toEqual([]);
});

test('anyone outside is of no account, and nothing is known of them', () => {
  expect(anyoneOutside(snapshot)).toEqual({
    ref: { id: 'external:*', arn: '*', kind: 'external', accountId: null, name: 'anyone outside the snapshot' },
    request: {
      kind: 'outsider',
      partition: 'aws',
      accountId: null,
      arn: '*',
      sessionArn: null,
      uniqueId: null,
      hasPermissionsBoundary: false,
      federatedProvider: null,
    },
    iam: null,
    side: 'unknown',
    isServiceLinkedRole: false,
  });
});

describe('findCaller says what is wrong with', () => {
  const anyForm = 'expected the ARN of a user, a role, a role session, a federated user or a root user';
  test.each<readonly [string, string, string]>([
    ['nothing', '', 'expected the ARN of a user, a role or a role session'],
    ['everyone', '*', 'expected the ARN of a user, a role or a role session'],
    ['a bare name', 'alice', 'expected the ARN of a user, a role or a role session'],
    ['an id that nobody has', 'AIDANOBODY', 'expected the ARN of a user, a role or a role session'],
    [
      'a repository',
      `arn:aws:ecr:eu-west-1:${OURS}:repository/x`,
      'expected the ARN of a user, a role or a role session',
    ],
    ['a root user of another service', `arn:aws:sts::${OURS}:root`, anyForm],
    ['a user of another service', `arn:aws:sts::${OURS}:user/people/alice`, anyForm],
    ['a user without a name', `arn:aws:iam::${OURS}:user`, anyForm],
    ['a role with a part of its path missing', `arn:aws:iam::${OURS}:role/build//ci`, anyForm],
    ['a session of another service', `arn:aws:iam::${OUTSIDE}:assumed-role/ci/x`, anyForm],
    ['another resource of the same form', `arn:aws:sts::${OUTSIDE}:other/ci/x`, anyForm],
    ['a federated user of another service', `arn:aws:iam::${OUTSIDE}:federated-user/carol`, anyForm],
    ['a federated user with a path', `arn:aws:sts::${OURS}:federated-user/team/carol`, anyForm],
    ['a group', `arn:aws:iam::${OURS}:group/x`, 'expected the ARN of a user, a role, a role session'],
    ['an account id that is too short', 'arn:aws:iam::1111:user/x', 'expected the ARN of a user'],
    ['another partition', `arn:aws-cn:iam::${OURS}:user/x`, 'expected a principal of the partition `aws`'],
    [
      'a user without its path',
      `arn:aws:iam::${OURS}:user/alice`,
      'has no such user: expected its full ARN, with the path',
    ],
    ['a user in another case', `arn:aws:iam::${OURS}:user/people/Alice`, 'has no such user'],
    ['a role that is not there', `arn:aws:iam::${OURS}:role/gone`, 'has no such role'],
    ['a session of a role that is not there', `arn:aws:sts::${OURS}:assumed-role/gone/x`, 'has no role named `gone`'],
    [
      'a session without a name',
      `arn:aws:sts::${OURS}:assumed-role/ci`,
      'expected the ARN of a user, a role, a role session',
    ],
    ['a session with a path', `arn:aws:sts::${OURS}:assumed-role/build/ci/x`, 'expected the ARN of a user, a role'],
    ['a role without a name', `arn:aws:iam::${OURS}:role/`, 'expected the ARN of a user, a role, a role session'],
    ['a name that objects inherit', `arn:aws:iam::${OURS}:role/__proto__`, 'has no such role'],
  ])('%s', (_title, text, expectation) => {
    const result = findCaller(snapshot, text);
    expect(result.kind === 'error' && result.message).toContain(expectation);
  });

  test('a text that is much too long, without repeating the whole of it', () => {
    const result = findCaller(snapshot, `arn:aws:iam::${OURS}:user/${'x'.repeat(10_000)}`);
    expect(result.kind === 'error' && result.message.length).toBeLessThan(500);
  });
});
