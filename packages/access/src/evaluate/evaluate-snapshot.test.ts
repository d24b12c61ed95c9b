import { describe, expect, test } from 'vitest';

import type { AccessRow } from '../access-row.ts';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { CAPABILITIES, findCapability } from '../ecr/capabilities.ts';
import { answerRequest } from '../request/answer-request.ts';
import { assembleSnapshot } from '../snapshot/assemble.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { answerAction, answerCapability } from './answer-cell.ts';
import { anyoneOutside } from './caller.ts';
import { evaluateSnapshot } from './evaluate-snapshot.ts';
import { repositoryTarget } from './target.ts';

const A = '111122223333';
const B = '222233334444';
const OUTSIDE = '999999999999';

/** A stream of choices that is the same for the same seed: Park and Miller's generator. */
function chooser(seed: number): <T>(options: readonly [T, ...T[]]) => T {
  let state = seed;
  return ([first, ...others]) => {
    state = (state * 16_807) % 2_147_483_647;
    const index = state % (others.length + 1);
    return others.find((_, other) => other === index - 1) ?? first;
  };
}

type Choose = ReturnType<typeof chooser>;

const CONDITIONS: readonly [object, ...object[]] = [
  {},
  {},
  {},
  { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
  { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
  { StringEquals: { 'aws:PrincipalTag/team': '${aws:ResourceTag/team}' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
];
const ACTIONS: readonly [unknown, ...unknown[]] = [
  '*',
  'ecr:*',
  'ecr:GetAuthorizationToken',
  ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  'ecr:*Layer*',
  's3:*',
];
const RESOURCES: readonly [unknown, ...unknown[]] = [
  '*',
  '*',
  `arn:aws:ecr:*:${A}:repository/team/*`,
  'arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*',
];
const PRINCIPALS: readonly [unknown, ...unknown[]] = [
  '*',
  { AWS: A },
  { AWS: `arn:aws:iam::${B}:root` },
  { AWS: [`arn:aws:iam::${A}:role/ci`, `arn:aws:sts::${A}:assumed-role/ci/nightly`] },
  { AWS: `arn:aws:iam::${OUTSIDE}:role/partner` },
  { AWS: 'AROADELETEDDELETED01' },
  { Service: 'lambda.amazonaws.com' },
];

function documentOf(choose: Choose, hasPrincipal: boolean): object {
  const statements = Array.from({ length: choose([1, 2, 3]) }, (_, index) => ({
    Sid: `S${index}`,
    Effect: choose(['Allow', 'Allow', 'Allow', 'Deny']),
    Action: choose(ACTIONS),
    ...(hasPrincipal ? { Principal: choose(PRINCIPALS) } : { Resource: choose(RESOURCES) }),
    Condition: choose(CONDITIONS),
  }));
  return { Version: '2012-10-17', Statement: statements };
}

function policyOf(name: string, type: string, targets: readonly string[], content: object): object {
  return { PolicySummary: { Id: name, Name: name, Type: type }, Content: JSON.stringify(content), Targets: targets };
}

const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

function iamOf(choose: Choose, account: string): object {
  const inline = (): object[] => [{ PolicyName: 'own', PolicyDocument: documentOf(choose, false) }];
  const arn = (type: string, name: string): string => `arn:aws:iam::${account}:${type}/${name}`;
  const boundary = { PermissionsBoundary: { PermissionsBoundaryArn: arn('policy', 'limit') } };
  return {
    UserDetailList: [
      {
        UserName: 'alice',
        UserId: `AIDAALICE${account}`,
        Arn: arn('user', 'alice'),
        UserPolicyList: inline(),
        GroupList: ['all'],
      },
      { UserName: 'bob', UserId: `AIDABOB${account}`, Arn: arn('user', 'bob'), UserPolicyList: inline(), ...boundary },
    ],
    GroupDetailList: [{ GroupName: 'all', GroupId: 'AGPA', Arn: arn('group', 'all'), GroupPolicyList: inline() }],
    RoleDetailList: [
      {
        RoleName: 'ci',
        RoleId: `AROACI${account}`,
        Arn: arn('role', 'ci'),
        RolePolicyList: inline(),
        Tags: [{ Key: 'Team', Value: 'team' }],
        ...choose<object>([boundary, {}]),
      },
      {
        RoleName: 'none',
        RoleId: `AROANONE${account}`,
        Arn: arn('role', 'none'),
        AttachedManagedPolicies: [{ PolicyName: 'x', PolicyArn: arn('policy', 'gone') }],
      },
    ],
    Policies: [
      {
        Arn: arn('policy', 'limit'),
        PolicyName: 'limit',
        DefaultVersionId: 'v1',
        PolicyVersionList: [{ VersionId: 'v1', Document: documentOf(choose, false) }],
      },
    ],
  };
}

function snapshotFor(seed: number): Snapshot {
  const choose = chooser(seed);
  const files: Record<string, unknown> = {
    'snapshot.json': {
      formatVersion: 1,
      takenAt: '2026-11-09T06:00:00Z',
      gaps: [
        {
          accountId: B,
          region: 'eu-west-1',
          source: 'ecr:GetRepositoryPolicy',
          resource: 'other/app',
          reason: 'throttled',
        },
      ],
    },
    'organization.json': {
      Organization: { Id: 'o-1', MasterAccountId: choose([OUTSIDE, B]) },
      Roots: [{ Id: 'r-1' }],
      OrganizationalUnits: [{ Id: 'ou-1', Name: 'Apps', ParentId: 'r-1' }],
      Accounts: [
        { Id: A, Name: 'a', ParentId: 'ou-1' },
        { Id: B, Name: 'b', ParentId: 'r-1' },
      ],
      Policies: [
        policyOf('FullAWSAccess', 'SERVICE_CONTROL_POLICY', ['r-1', 'ou-1', A, B], ALLOW_ALL),
        policyOf('scp', 'SERVICE_CONTROL_POLICY', [choose(['r-1', 'ou-1'])], documentOf(choose, false)),
        policyOf('rcp', 'RESOURCE_CONTROL_POLICY', [B], {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: choose(['ecr:GetAuthorizationToken', 'ecr:PutImage']),
              Resource: '*',
            },
          ],
        }),
      ],
    },
  };
  for (const account of [A, B]) {
    files[`accounts/${account}/account-authorization-details.json`] = iamOf(choose, account);
    for (const region of account === A ? ['eu-west-1', 'us-east-1'] : ['eu-west-1']) {
      const folder = `accounts/${account}/${region}`;
      const repositories = ['team/app', 'other/app', 'plain'].map((repositoryName) => ({
        repositoryName,
        registryId: account,
        repositoryArn: `arn:aws:ecr:${region}:${account}:repository/${repositoryName}`,
      }));
      files[`${folder}/repositories.json`] = { repositories };
      files[`${folder}/repository-policies.json`] = ['team/app', 'other/app'].map((repositoryName) => ({
        repositoryName,
        policyText: JSON.stringify(documentOf(choose, true)),
      }));
      files[`${folder}/repository-tags.json`] = {
        [`arn:aws:ecr:${region}:${account}:repository/team/app`]: [{ Key: 'team', Value: 'team' }],
      };
      files[`${folder}/registry.json`] = {
        registryPolicy: choose<unknown>([null, null, JSON.stringify(documentOf(choose, true))]),
        accountSettings: choose<object>([{ REGISTRY_POLICY_SCOPE: 'V1' }, { REGISTRY_POLICY_SCOPE: 'V2' }, {}]),
      };
    }
  }
  return assembleSnapshot(Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) })));
}

function cellOf({ decision, residual, reasons, limits }: AccessRow): object {
  return { decision, residual, reasons, limits };
}

/** The same cell asked for alone. Nobody can ask as anyone outside, so that one is asked for below the surface. */
function askedAlone(snapshot: Snapshot, row: AccessRow): object {
  if (row.principal.id !== 'external:*') {
    return answerRequest(snapshot, {
      principal: row.principal.arn,
      action: row.action,
      resource: row.resource,
      region: row.region,
    });
  }
  const repository = [
    ...(snapshot.accounts.get(row.accountId)?.regions.get(row.region)?.repositories?.values() ?? []),
  ].find(({ arn }) => arn === row.resource);
  if (repository === undefined) {
    throw new TypeError('expected a repository');
  }
  const question = {
    snapshot,
    caller: anyoneOutside(snapshot),
    target: repositoryTarget(repository),
    action: row.action,
    given: new Map<string, readonly string[]>(),
    isComplete: false,
    sessionPolicies: null,
  };
  const capability = findCapability(row.action);
  const { formula: _, ...answer } =
    capability === null ? answerAction(question) : answerCapability(capability, question);
  return answer;
}

const SEEDS = [11, 22, 33];

describe.each(SEEDS)('the effective access of generated organization %i', (seed) => {
  const snapshot = snapshotFor(seed);
  const whole = [...evaluateSnapshot(snapshot, { includeDenied: true }).rows];

  test('says in every cell what the same question alone is answered', () => {
    const different = whole.filter((row) => JSON.stringify(cellOf(row)) !== JSON.stringify(askedAlone(snapshot, row)));
    expect(
      different.map((row) => [
        `${row.principal.id} ${row.action} ${row.resource}`,
        cellOf(row),
        askedAlone(snapshot, row),
      ]),
    ).toEqual([]);
  });

  test('without its denied cells is what is given when nobody asks for them', () => {
    const held = whole.filter(({ decision }) => decision !== 'explicitDeny' && decision !== 'implicitDeny');
    expect([...evaluateSnapshot(snapshot).rows]).toEqual(held);
  });

  test('has one cell for every principal, repository, and action or capability, in a stable order', () => {
    const { principals, repositories } = evaluateSnapshot(snapshot);
    const names = new Set(
      whole.map((row) => `${row.principal.id} ${row.region} ${row.accountId} ${row.resource} ${row.action}`),
    );
    const perRepository =
      ECR_ACTIONS.filter((action) => action.resourceType === 'repository').length + CAPABILITIES.length;
    const registries = new Map([
      [A, 2],
      [B, 1],
    ]);
    const perRegistry = ECR_ACTIONS.filter((action) => action.resourceType === 'registry').length;
    const registryCells = principals.reduce(
      (sum, { accountId }) => sum + (registries.get(accountId ?? '') ?? 0) * perRegistry,
      0,
    );
    expect(names.size).toBe(whole.length);
    expect(whole.length).toBe(principals.length * repositories.length * perRepository + registryCells);
    expect(whole.map((row) => row.principal.id)).toEqual(whole.map((row) => row.principal.id).toSorted());
    expect([...evaluateSnapshot(snapshotFor(seed), { includeDenied: true }).rows]).toEqual(whole);
  });

  test('names every principal of its rows, and every reason of them is a statement', () => {
    const { principals } = evaluateSnapshot(snapshot);
    const ids = new Set(principals.map(({ id }) => id));
    expect(whole.filter((row) => !ids.has(row.principal.id))).toEqual([]);
    const unexplained = whole.filter(({ decision, reasons }) => decision === 'allowed' && reasons.length === 0);
    expect(unexplained).toEqual([]);
  });
});

test('a caller without an account is answered for each registry by itself, though all share one region', () => {
  const pull = { Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] };
  const deny = { Effect: 'Deny', Principal: '*', Action: 'ecr:GetAuthorizationToken', Resource: '*' };
  const files = {
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' },
    'organization.json': {
      Organization: { Id: 'o-1' },
      Roots: [{ Id: 'r-1' }],
      Accounts: [A, B].map((Id) => ({ Id, ParentId: 'r-1' })),
      Policies: [
        policyOf('rcp', 'RESOURCE_CONTROL_POLICY', [B], { Version: '2012-10-17', Statement: [deny] }),
        policyOf('FullAWSAccess', 'SERVICE_CONTROL_POLICY', ['r-1', A, B], ALLOW_ALL),
      ],
    },
    ...Object.fromEntries(
      [A, B].flatMap((account) => {
        const repositoryArn = `arn:aws:ecr:eu-west-1:${account}:repository/app`;
        return [
          [
            `accounts/${account}/eu-west-1/repositories.json`,
            { repositories: [{ repositoryArn, registryId: account, repositoryName: 'app' }] },
          ],
          [
            `accounts/${account}/eu-west-1/repository-policies.json`,
            [{ repositoryName: 'app', policyText: JSON.stringify({ Version: '2012-10-17', Statement: [pull] }) }],
          ],
        ];
      }),
    ),
  };
  const snapshot = assembleSnapshot(
    Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) })),
  );
  const rows = [...evaluateSnapshot(snapshot, { includeDenied: true }).rows].filter(
    (row) => row.principal.id === 'external:*' && row.action === 'pull',
  );
  expect(rows).toHaveLength(2);
  expect(rows.map(cellOf)).toEqual(rows.map((row) => askedAlone(snapshot, row)));
});

test('the generated organizations hold cells of every decision', () => {
  const decisions = SEEDS.flatMap((seed) => [...evaluateSnapshot(snapshotFor(seed), { includeDenied: true }).rows]).map(
    ({ decision }) => decision,
  );
  expect([...new Set(decisions)].toSorted()).toEqual([
    'allowed',
    'conditional',
    'explicitDeny',
    'implicitDeny',
    'unknown',
  ]);
});

test('progress is told once a principal, up to the last', () => {
  const told: string[] = [];
  const result = evaluateSnapshot(snapshotFor(1), { onProgress: ({ done, total }) => told.push(`${done}/${total}`) });
  expect(told).toEqual([]);
  expect([...result.rows].length).toBeGreaterThan(0);
  expect(told).toEqual(result.principals.map((_, index) => `${index + 1}/${result.principals.length}`));
});

test('an access history belongs to the organization, or to the accounts where none was collected', () => {
  const parts = [
    { path: 'snapshot.json', content: '{"formatVersion": 1, "takenAt": "2026-11-09T06:00:00Z"}' },
    { path: `accounts/${B}/x.json`, content: '{}' },
    { path: `accounts/${A}/x.json`, content: '{}' },
  ];
  expect(evaluateSnapshot(snapshotFor(1)).target).toEqual({ key: 'organization:o-1', name: 'o-1' });
  expect(evaluateSnapshot(assembleSnapshot(parts)).target.key).toBe(`accounts:${A},${B}`);
  expect(evaluateSnapshot(assembleSnapshot(parts.slice(0, 2))).target.key).toBe(`account:${B}`);
});
