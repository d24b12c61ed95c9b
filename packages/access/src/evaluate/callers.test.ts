import { parsePolicyDocument } from '@ecr-audit/policy';
import { expect, describe, test } from 'vitest';

import type { AccountSnapshot, IamPrincipal, RegionSnapshot, RepositoryPolicy, Snapshot } from '../snapshot/model.ts';
import { callersOf } from './callers.ts';

const OURS = '111122223333';
const MEMBER = '222233334444';
const OUTSIDE = '999999999999';

const alice: IamPrincipal = {
  kind: 'user',
  id: 'AIDAALICE',
  arn: `arn:aws:iam::${OURS}:user/alice`,
  name: 'alice',
  path: '/',
  tags: [],
  inlinePolicies: [],
  attachedPolicyArns: [],
  permissionsBoundaryArn: null,
  groups: [],
};

function policyOf(document: unknown): RepositoryPolicy {
  return { kind: 'policy', named: { policy: 'p', document: parsePolicyDocument(document, 'resource') } };
}

function accountWith(regions: readonly RegionSnapshot[]): AccountSnapshot {
  return {
    id: OURS,
    iam: {
      principals: [alice],
      principalsByArn: new Map([[alice.arn, alice]]),
      principalsById: new Map([[alice.id, alice]]),
      rolesByName: new Map(),
      groups: new Map(),
      managedPolicies: new Map(),
    },
    regions: new Map(regions.map((region) => [region.region, region])),
    cloudTrailWindows: new Map(),
  };
}

function regionWith(policy: RepositoryPolicy): RegionSnapshot {
  const place = { accountId: OURS, region: 'eu-west-1', name: 'app' };
  const repository = { ...place, arn: `arn:aws:ecr:eu-west-1:${OURS}:repository/app`, policy, tags: [] };
  const registry = { policy: { kind: 'none' }, scope: 'V2' } as const;
  return { region: 'eu-west-1', repositories: new Map([['app', repository]]), registry };
}

function idsIn(regions: readonly RegionSnapshot[], given: Partial<Snapshot> = {}): string[] {
  const snapshot: Snapshot = {
    takenAt: '2026-11-09T06:00:00Z',
    partition: 'aws',
    gaps: [],
    organization: null,
    accounts: new Map([[OURS, accountWith(regions)]]),
    problems: [],
    ...given,
  };
  return callersOf(snapshot).map(({ ref }) => ref.id);
}

/** Who is a caller besides the user and the root user of the account, by what a repository policy says. */
function named(...statements: readonly object[]): string[] {
  const document = { Version: '2012-10-17', Statement: statements.map((each) => ({ Action: 'ecr:*', ...each })) };
  return idsIn([regionWith(policyOf(document))]).filter((id) => id !== alice.id && id !== `root:${OURS}`);
}

const allow = (principal: unknown): object => ({ Effect: 'Allow', Principal: principal });

test('everybody in the accounts that were read is a caller, once, in the order of ids', () => {
  expect(idsIn([])).toEqual([alice.id, `root:${OURS}`]);
  const again = policyOf({ Statement: [{ ...allow({ AWS: [OURS, alice.arn] }), Action: '*' }] });
  expect(idsIn([regionWith(again)])).toEqual([alice.id, `root:${OURS}`]);
});

test('an account whose IAM was not read has its root user', () => {
  const unread = new Map([[OURS, { ...accountWith([]), iam: null }]]);
  expect(idsIn([], { accounts: unread })).toEqual([`root:${OURS}`]);
});

describe('whoever a repository policy names is a caller', () => {
  const session = `arn:aws:sts::${OUTSIDE}:assumed-role/ci/run-1`;
  const longest = `arn:aws:iam::${OUTSIDE}:role/${'x'.repeat(2048 - 31)}`;
  const longestService = `${'x'.repeat(2048 - 14)}.amazonaws.com`;
  test.each<readonly [string, unknown, readonly string[]]>([
    ['a service', { Service: 'lambda.amazonaws.com' }, ['service:lambda.amazonaws.com']],
    ['an account outside', { AWS: OUTSIDE }, [`external:arn:aws:iam::${OUTSIDE}:root`]],
    ['a session of another account', { AWS: session }, [`external:${session}`]],
    ['everyone', '*', ['external:*']],
    ['nobody, by a name that the account does not have', { AWS: `arn:aws:iam::${OURS}:user/gone` }, []],
    ['nobody, by an id that is left of who was deleted', { AWS: 'AIDAGONEGONEGONEGONE' }, []],
    ['nobody, by a provider of identities', { Federated: 'cognito-identity.amazonaws.com' }, []],
    ['nobody, by a canonical user', { CanonicalUser: 'abc' }, []],
    ['whose ARN is as long as they can be', { AWS: longest }, [`external:${longest}`]],
    ['nobody, by an ARN that is longer', { AWS: `${longest}x` }, []],
    ['a service whose name is as long', { Service: longestService }, [`service:${longestService}`]],
    ['nobody, by a name of a service that is longer', { Service: `x${longestService}` }, []],
  ])('%s', (_title, principal, expected) => {
    expect(named(allow(principal))).toEqual(expected);
  });

  test('and not where it only denies', () => {
    expect(named({ Effect: 'Deny', Principal: '*' })).toEqual([]);
    expect(named({ Effect: 'Deny', Principal: '*' }, allow({ AWS: OUTSIDE }))).toHaveLength(1);
  });

  test.each<readonly [string, object]>([
    ['whose principal cannot be read', allow({ AWS: 'bob' })],
    ['that excepts some', { Effect: 'Allow', NotPrincipal: { AWS: OUTSIDE } }],
    ['whose effect cannot be read', { Effect: 'allow', Principal: '*' }],
  ])('anyone, by a statement %s', (_title, statement) => {
    expect(named(statement)).toEqual(['external:*']);
  });

  test('nobody, by a document that cannot be read', () => {
    expect(idsIn([regionWith(policyOf('{'))])).toEqual([alice.id, `root:${OURS}`]);
  });
});

test('whoever a registry policy names is a caller, also where the repositories could not be listed', () => {
  const policy = policyOf({ Statement: [{ ...allow({ AWS: OUTSIDE }), Action: '*', Resource: '*' }] });
  const region: RegionSnapshot = { region: 'eu-west-1', repositories: null, registry: { policy, scope: 'V2' } };
  expect(idsIn([region])).toEqual([alice.id, `external:arn:aws:iam::${OUTSIDE}:root`, `root:${OURS}`]);
});

test('members of the organization that were not collected are callers where a policy lets everyone in', () => {
  const organization = {
    id: 'o-1',
    managementAccountId: null,
    scpsEnabled: true,
    rcpsEnabled: true,
    accounts: new Map([OURS, MEMBER].map((id) => [id, { id, name: id, levels: null }])),
  };
  const open = regionWith(
    policyOf({ Statement: [allow({ AWS: OURS }), allow('*')].map((each) => ({ ...each, Action: '*' })) }),
  );
  const member = `external:arn:aws:iam::${MEMBER}:root`;
  expect(idsIn([open], { organization })).toEqual([alice.id, 'external:*', member, `root:${OURS}`]);
  const narrow = regionWith(policyOf({ Statement: [{ ...allow({ AWS: OURS }), Action: '*' }] }));
  expect(idsIn([narrow], { organization })).toEqual([alice.id, `root:${OURS}`]);
});
