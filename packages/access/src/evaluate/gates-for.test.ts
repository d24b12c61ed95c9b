import { parsePolicyDocument } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { CollectionGap } from '../snapshot/gap.ts';
import type {
  IamPrincipal,
  NamedDocument,
  OrganizationLevelSnapshot,
  OrganizationSnapshot,
  RegistrySnapshot,
  Snapshot,
} from '../snapshot/model.ts';
import type { Caller } from './caller.ts';
import { type GatesWithLimits, gatesFor } from './gates-for.ts';
import type { EcrPolicySet } from './gates-input.ts';
import type { Target } from './target.ts';

const OURS = '111122223333';
const OTHER = '222233334444';
const REPOSITORY = `arn:aws:ecr:eu-west-1:${OURS}:repository/app`;

function named(policy: string): NamedDocument {
  const statement = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };
  return { policy, document: parsePolicyDocument({ Version: '2012-10-17', Statement: statement }, 'identity') };
}

const alice: IamPrincipal = {
  kind: 'user',
  id: 'AIDAALICE',
  arn: `arn:aws:iam::${OURS}:user/alice`,
  name: 'alice',
  path: '/',
  tags: [],
  inlinePolicies: [named('own')],
  attachedPolicyArns: ['arn:known', 'arn:missing'],
  permissionsBoundaryArn: null,
  groups: ['team', 'gone'],
};

const caller: Caller = {
  ref: { id: alice.id, arn: alice.arn, kind: 'user', accountId: OURS, name: 'alice' },
  request: {
    kind: 'user',
    partition: 'aws',
    accountId: OURS,
    arn: alice.arn,
    sessionArn: null,
    uniqueId: alice.id,
    hasPermissionsBoundary: false,
    federatedProvider: null,
  },
  iam: alice,
  side: 'policies',
  isServiceLinkedRole: false,
};

const root: OrganizationLevelSnapshot = {
  id: 'r-1',
  kind: 'root',
  name: 'Root',
  scps: [named('root scp')],
  rcps: [named('root rcp')],
};
const account: OrganizationLevelSnapshot = {
  id: OURS,
  kind: 'account',
  name: OURS,
  scps: [named('own scp')],
  rcps: [],
};

function organizationWith(given: Partial<OrganizationSnapshot> = {}): OrganizationSnapshot {
  return {
    id: 'o-1',
    managementAccountId: null,
    scpsEnabled: true,
    rcpsEnabled: true,
    accounts: new Map([[OURS, { id: OURS, name: 'ours', levels: [root, account] }]]),
    ...given,
  };
}

interface Given {
  readonly caller?: Partial<Caller>;
  readonly target?: Partial<Target>;
  readonly action?: string;
  readonly organization?: OrganizationSnapshot | null;
  readonly gaps?: readonly CollectionGap[];
  readonly sessionPolicies?: readonly NamedDocument[];
}

const registry: RegistrySnapshot = { policy: { kind: 'policy', named: named('registry') }, scope: 'V2' };

const target: Target = {
  accountId: OURS,
  region: 'eu-west-1',
  resource: REPOSITORY,
  repository: {
    arn: REPOSITORY,
    accountId: OURS,
    region: 'eu-west-1',
    name: 'app',
    policy: { kind: 'policy', named: named('repository') },
    tags: [],
  },
  isListed: true,
};

function gates(given: Given = {}): GatesWithLimits {
  const snapshot: Snapshot = {
    takenAt: '2026-11-09T06:00:00Z',
    partition: 'aws',
    gaps: given.gaps ?? [],
    organization: given.organization === undefined ? organizationWith() : given.organization,
    accounts: new Map([
      [
        OURS,
        {
          id: OURS,
          iam: {
            principals: [alice],
            principalsByArn: new Map([[alice.arn, alice]]),
            principalsById: new Map([[alice.id, alice]]),
            rolesByName: new Map(),
            groups: new Map([
              [
                'team',
                {
                  arn: 'arn:team',
                  name: 'team',
                  inlinePolicies: [named('of the team')],
                  attachedPolicyArns: ['arn:known', 'arn:gone'],
                },
              ],
            ]),
            managedPolicies: new Map([['arn:known', named('arn:known')]]),
          },
          regions: new Map([['eu-west-1', { region: 'eu-west-1', repositories: new Map(), registry }]]),
          cloudTrailWindows: new Map(),
        },
      ],
    ]),
    problems: [],
  };
  return gatesFor({
    snapshot,
    caller: { ...caller, ...given.caller },
    target: { ...target, ...given.target },
    action: given.action ?? 'ecr:PutImage',
    sessionPolicies: given.sessionPolicies ?? null,
  });
}

function told(set: EcrPolicySet | null): unknown {
  return set === null
    ? null
    : [set.sources.map(({ policyType, policy, via }) => `${policyType} ${policy} via ${via}`), set.unread];
}

function identity({ gates: { caller: side } }: GatesWithLimits): unknown {
  return side.kind === 'policies' ? told(side.policies) : side.kind;
}

describe('the identity side of a caller', () => {
  test('is its own policies and those of its groups, by the way each reaches it; what is missing is named', () => {
    const found = gates();
    expect(identity(found)).toEqual([
      [
        'identity own via inline',
        'identity arn:known via attached',
        'identity of the team via group arn:team',
        'identity arn:known via group arn:team',
      ],
      ['arn:missing', 'arn:gone', 'group gone'],
    ]);
    expect(found.limits).toContain('policyUnread');
  });

  test('says that a policy is missing only where one is', () => {
    const complete = { ...alice, attachedPolicyArns: ['arn:known'], groups: [] };
    expect(gates({ caller: { iam: complete } }).limits).toEqual([]);
    expect(gates({ caller: { iam: { ...complete, attachedPolicyArns: ['arn:missing'] } } }).limits).toEqual([
      'policyUnread',
    ]);
    expect(gates({ caller: { iam: { ...complete, groups: ['gone'] } } }).limits).toEqual(['policyUnread']);
  });

  test('is one thing unread where nothing of it is known, whosever account it is', () => {
    const ours = gates({ caller: { side: 'unknown', iam: null } });
    expect([identity(ours), ours.limits]).toEqual([[[], [`policies of ${alice.arn}`]], ['identityUnread']]);
    const request = { ...caller.request, accountId: OTHER };
    expect(gates({ caller: { side: 'unknown', iam: null, request } }).limits).toContain('outsidePrincipal');
    const nobody = { ...caller.request, accountId: null };
    expect(gates({ caller: { side: 'unknown', iam: null, request: nobody } }).limits).toContain('outsidePrincipal');
    expect(identity(gates({ caller: { iam: null } }))).toEqual([[], [`policies of ${alice.arn}`]]);
    expect(identity(gates({ caller: { request } }))).toEqual([[], [`policies of ${alice.arn}`]]);
  });

  test('is everything for the root user, with a limit, and nothing for a service', () => {
    const user = gates({ caller: { side: 'everything', iam: null } });
    expect([identity(user), user.limits]).toEqual(['everything', ['rootUser']]);
    const service = gates({ caller: { side: 'nothing', iam: null } });
    expect([identity(service), service.limits]).toEqual(['nothing', []]);
  });
});

describe('boundary and session policy', () => {
  test('are there only where they are set, and a boundary that is missing is unread', () => {
    const none = gates().gates;
    expect([none.permissionsBoundary, none.sessionPolicies]).toEqual([null, null]);
    const bounded = { ...alice, permissionsBoundaryArn: 'arn:known', attachedPolicyArns: [], groups: [] };
    const both = gates({ caller: { iam: bounded }, sessionPolicies: [named('passed')] });
    expect(told(both.gates.permissionsBoundary)).toEqual([['permissionsBoundary arn:known via boundary'], []]);
    expect(told(both.gates.sessionPolicies)).toEqual([['session passed via session'], []]);
    expect(both.limits).toEqual([]);
    const missing = gates({ caller: { iam: { ...bounded, permissionsBoundaryArn: 'arn:missing' } } });
    const elsewhere = { ...caller.request, accountId: OTHER };
    expect(told(gates({ caller: { iam: bounded, request: elsewhere } }).gates.permissionsBoundary)).toEqual([
      [],
      ['arn:known'],
    ]);
    expect([told(missing.gates.permissionsBoundary), missing.limits]).toEqual([
      [[], ['arn:missing']],
      ['policyUnread'],
    ]);
  });
});

const gap: CollectionGap = {
  accountId: null,
  region: null,
  source: 'organizations:ListAccounts',
  resource: null,
  reason: 'accessDenied',
  message: 'no',
};
const stranger = { ...caller.request, accountId: OTHER };

function organization(found: GatesWithLimits): unknown {
  const levels = found.gates.scpLevels?.map(({ label, policies }) => [label, told(policies)]) ?? null;
  return [levels, told(found.gates.rcps)];
}

describe('the organization', () => {
  const simple = { iam: { ...alice, attachedPolicyArns: [], groups: [] } };

  test('has the SCPs of each level by its name and id, and the RCPs of all levels as one gate', () => {
    const found = gates({ caller: simple });
    expect(organization(found)).toEqual([
      [
        ['root Root (r-1)', [['scp root scp via root Root (r-1)'], []]],
        [`account ${OURS}`, [[`scp own scp via account ${OURS}`], []]],
      ],
      [['rcp root rcp via root Root (r-1)'], []],
    ]);
    expect(found.limits).toEqual([]);
  });

  test('says so where a level has no SCP at all', () => {
    const bare = { id: OURS, name: 'ours', levels: [root, { ...account, scps: [] }] };
    const found = gates({ caller: simple, organization: organizationWith({ accounts: new Map([[OURS, bare]]) }) });
    expect(found.limits).toEqual(['levelWithoutScp']);
  });

  test('has no say over a service-linked role, and no SCP over a service', () => {
    expect(organization(gates({ caller: { isServiceLinkedRole: true } }))).toEqual([null, null]);
    const [scps, rcps] = [null, [['rcp root rcp via root Root (r-1)'], []]];
    expect(organization(gates({ caller: { side: 'nothing' } }))).toEqual([scps, rcps]);
  });

  test('has no say over its management account, nor with a type of policy that is not enabled', () => {
    const managed = organizationWith({ managementAccountId: OURS });
    const { scpLevels, rcps } = gates({ organization: managed }).gates;
    expect([scpLevels, rcps]).toStrictEqual([null, null]);
    expect(organization(gates({ organization: organizationWith({ scpsEnabled: false, rcpsEnabled: false }) }))).toEqual(
      [null, null],
    );
  });

  test('that was not collected has no say, and every answer says so', () => {
    const found = gates({ caller: simple, organization: null });
    expect([organization(found), new Set(found.limits)]).toEqual([[null, null], new Set(['organizationNotCollected'])]);
  });

  test.each<readonly [string, Given]>([
    ['was refused', { organization: null, gaps: [gap] }],
    ['was read in part', { gaps: [gap] }],
    ['does not hold the account', { organization: organizationWith({ accounts: new Map() }) }],
    [
      'does not tell the parents of the account',
      { organization: organizationWith({ accounts: new Map([[OURS, { id: OURS, name: 'ours', levels: null }]]) }) },
    ],
  ])('that %s leaves SCPs and RCPs unread', (_, given) => {
    const found = gates({ caller: simple, ...given });
    expect([organization(found), new Set(found.limits)]).toEqual([
      [[['organization', [[], [`SCPs of account ${OURS}`]]]], [[], [`RCPs of account ${OURS}`]]],
      new Set(['organizationUnread']),
    ]);
  });

  test('is one gap with the rest of a caller of whom nothing is known, but the RCPs of another account are their own', () => {
    const unknown = { side: 'unknown', iam: null, request: stranger } as const;
    expect(organization(gates({ caller: unknown, gaps: [gap] }))).toEqual([null, [[], [`RCPs of account ${OURS}`]]]);
    const own = { accountId: OTHER };
    expect(organization(gates({ caller: unknown, target: own, gaps: [gap] }))).toEqual([null, null]);
    expect(organization(gates({ caller: { request: stranger }, target: own, gaps: [gap] }))).toEqual([
      [['organization', [[], [`SCPs of account ${OTHER}`]]]],
      [[], [`RCPs of account ${OTHER}`]],
    ]);
  });

  test('of a caller without an account is that of the caller', () => {
    const request = { ...caller.request, accountId: null };
    const [levels] = [gates({ caller: { request } }).gates.scpLevels];
    expect(levels?.[0]?.policies.unread).toEqual(['SCPs of account of the caller']);
  });
});

test("the resource's side is the policies of the repository and of its registry", () => {
  expect(told(gates().gates.resourcePolicies)).toEqual([
    ['repository repository via repository', 'registry registry via registry'],
    [],
  ]);
});

describe('an action', () => {
  test.each<readonly [string, boolean]>([
    ['ecr:PutImage', true],
    ['ecr:CreateRepository', true],
    ['ecr:GetAuthorizationToken', false],
    ['ECR:getauthorizationtoken', false],
    ['ecr:CreatePullThroughCacheRule', false],
    ['ecr:CreateRepositoryCreationTemplate', false],
    ['ecr:DeleteRepositoryCreationTemplate', false],
    ['ecr:DescribeRepositoryCreationTemplates', false],
    ['ecr:UpdateRepositoryCreationTemplate', false],
  ])('%s may be allowed by a resource policy: %s', (action, expected) => {
    expect(gates({ action }).gates.resourceMayAllow).toBe(expected);
  });

  test('is asked in the account of the caller, or in another', () => {
    expect(gates().gates.isSameAccount).toBe(true);
    expect(gates({ target: { accountId: OTHER } }).gates.isSameAccount).toBe(false);
  });
});
