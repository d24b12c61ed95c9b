import { decide, fromResidual, parsePolicyDocument, type RequestPrincipal, UNKNOWN } from '@ecr-audit/policy';
import { expect, test } from 'vitest';
import type { PolicyType } from '../answer.ts';
import type { EcrGates } from '../evaluate/gates-for.ts';
import { decidingGates, missingGates, openKeysOf } from './deciding-gates.ts';

const A = '111122223333';
const resource = `arn:aws:ecr:eu-west-1:${A}:repository/app`;
const role = `arn:aws:iam::${A}:role/ci`;
const user = `arn:aws:iam::${A}:user/ana`;
const vpce = { StringEquals: { 'aws:SourceVpce': 'vpce-1' } };

type PolicySet = EcrGates['resourcePolicies'];

function policies(policyType: PolicyType, ...statements: readonly object[]): PolicySet {
  const kind = policyType === 'repository' || policyType === 'rcp' ? 'resource' : 'identity';
  const document = parsePolicyDocument({ Version: '2012-10-17', Statement: statements }, kind);
  return {
    sources: statements.length === 0 ? [] : [{ policyType, policy: policyType, via: 'x', document }],
    unread: [],
  };
}

const ALLOW = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };
const DENY = { Effect: 'Deny', Action: 'ecr:*', Resource: '*' };
const OTHER = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const to = (AWS: string): object => ({ Effect: 'Allow', Principal: { AWS }, Action: 'ecr:*' });

interface Case {
  readonly identity?: readonly object[];
  readonly boundary?: readonly object[];
  readonly session?: readonly object[];
  readonly scps?: readonly object[];
  readonly rcps?: readonly object[];
  readonly repository?: readonly object[];
  readonly from?: string;
  readonly isUser?: boolean;
  readonly resourceMayAllow?: boolean;
}

function verdictOf(given: Case): { readonly decides: readonly string[]; readonly lacks: readonly string[] } {
  const accountId = given.from ?? A;
  const gates: EcrGates = {
    isSameAccount: accountId === A,
    caller: { kind: 'policies', policies: policies('identity', ...(given.identity ?? [])) },
    permissionsBoundary: given.boundary === undefined ? null : policies('permissionsBoundary', ...given.boundary),
    sessionPolicies: given.session === undefined ? null : policies('session', ...given.session),
    scpLevels: given.scps === undefined ? null : [{ label: 'root r-1', policies: policies('scp', ...given.scps) }],
    rcps: given.rcps === undefined ? null : policies('rcp', ...given.rcps),
    resourcePolicies: policies('repository', ...(given.repository ?? [])),
    resourceMayAllow: given.resourceMayAllow ?? true,
  };
  const principal: RequestPrincipal = {
    kind: given.isUser === true ? 'user' : 'role',
    partition: 'aws',
    accountId,
    arn: given.isUser === true ? user : role.replace(A, accountId),
    sessionArn: null,
    uniqueId: null,
    hasPermissionsBoundary: given.boundary !== undefined,
    federatedProvider: null,
  };
  const context = { lookup: () => UNKNOWN };
  const verdict = decide(gates, { principal, action: 'ecr:PutImage', resource, context });
  return {
    decides: [verdict.decision, ...[...decidingGates(verdict, gates)].map(({ gate }) => gate)],
    lacks: missingGates(verdict, gates).map(({ gate }) => gate),
  };
}

// Worked out by hand from the rules of one account and of two.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
test.each<[string, Case, readonly string[], readonly string[]]>([
  ['nothing at all', {}, ['implicitDeny', 'identity', 'resource'], ['identity', 'resource']],
  [
    'an action that only identity policies allow',
    { resourceMayAllow: false },
    ['implicitDeny', 'identity'],
    ['identity'],
  ],
  ['an identity policy grants', { identity: [ALLOW] }, ['allowed', 'identity'], []],
  ['a repository policy grants to the role', { repository: [to(role)] }, ['allowed', 'resource'], []],
  ['both grant', { identity: [ALLOW], repository: [to(role)] }, ['allowed', 'identity', 'resource'], []],
  [
    'the account alone is named, which grants nothing',
    { repository: [to(A)] },
    ['implicitDeny', 'identity', 'resource'],
    ['identity', 'resource'],
  ],
  [
    'a boundary leaves nothing of the identity policies',
    { identity: [ALLOW], boundary: [OTHER] },
    ['implicitDeny', 'permissionsBoundary'],
    ['permissionsBoundary'],
  ],
  [
    'a boundary leaves nothing of what a role is granted by name',
    { boundary: [OTHER], repository: [to(role)] },
    ['implicitDeny', 'permissionsBoundary'],
    ['permissionsBoundary'],
  ],
  [
    'a boundary has no say over what a user is granted by name',
    { boundary: [OTHER], repository: [to(user)], isUser: true },
    ['allowed', 'resource'],
    [],
  ],
  [
    'boundary and session policy both lack an Allow, and so does everything else',
    { boundary: [OTHER], session: [OTHER] },
    ['implicitDeny', 'identity', 'resource', 'permissionsBoundary', 'session'],
    ['identity', 'resource', 'permissionsBoundary', 'session'],
  ],
  ['a level of SCPs without an Allow', { identity: [ALLOW], scps: [OTHER] }, ['implicitDeny', 'scp'], ['scp']],
  [
    'across accounts the identity side is missing',
    { from: '222233334444', repository: [to('222233334444')] },
    ['implicitDeny', 'identity'],
    ['identity'],
  ],
  [
    'across accounts the resource side is missing',
    { from: '222233334444', identity: [ALLOW] },
    ['implicitDeny', 'resource'],
    ['resource'],
  ],
  [
    'a Deny decides, and what is missing besides is known',
    { identity: [DENY] },
    ['explicitDeny', 'identity'],
    ['identity', 'resource'],
  ],
  [
    'of two Denies the one that holds in any case decides',
    { identity: [ALLOW, { ...DENY, Condition: vpce }], scps: [ALLOW, DENY] },
    ['explicitDeny', 'scp'],
    [],
  ],
  [
    'the gate with the condition leaves it open, and not the one that allows',
    { identity: [ALLOW], scps: [ALLOW, { ...DENY, Condition: vpce }] },
    ['conditional', 'scp'],
    [],
  ],
  [
    'a condition beside a grant without one leaves nothing open',
    {
      identity: [{ ...ALLOW, Condition: vpce }],
      repository: [to(role)],
      rcps: [{ ...DENY, Principal: '*', Condition: vpce }],
    },
    ['conditional', 'rcp'],
    [],
  ],
  [
    'neither does one in the repository policy beside an identity policy without one',
    { identity: [ALLOW], repository: [{ ...to(role), Condition: vpce }], scps: [ALLOW, { ...DENY, Condition: vpce }] },
    ['conditional', 'scp'],
    [],
  ],
  [
    'two grants under conditions both leave it open',
    {
      identity: [{ ...ALLOW, Condition: vpce }],
      repository: [{ ...to(role), Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
    },
    ['conditional', 'identity', 'resource'],
    [],
  ],
  [
    'conditions that exclude each other: no single Allow is missing',
    {
      identity: [{ ...ALLOW, Condition: vpce }],
      boundary: [{ ...ALLOW, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-2' } } }],
    },
    ['implicitDeny', 'identity', 'permissionsBoundary'],
    [],
  ],
])('%s', (_title, given, decides, lacks) => {
  expect(verdictOf(given)).toEqual({ decides, lacks });
});

test('the keys of a formula are open, those inside a pattern with and without a default included', () => {
  const formula = fromResidual({
    all: [
      { resource, pattern: "arn:*/${aws:username}/${aws:PrincipalTag/team, 'none'}/${" },
      { not: { operator: 'Null', key: 'aws:SourceIp', values: ['true'] } },
      { unreadable: 'x' },
    ],
  });
  expect(openKeysOf(formula)).toEqual(['aws:PrincipalTag/team', 'aws:SourceIp', 'aws:username']);
});
