import { describe, expect, test } from 'vitest';

import { isAccess } from '../answer.ts';
import type { AccessRow } from '../access-row.ts';
import { assembleSnapshot } from '../snapshot/assemble.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { evaluateByReference } from './evaluate-by-reference.ts';
import { evaluateSnapshot } from './evaluate-snapshot.ts';

const A = '111122223333';
const B = '222233334444';

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const allow = (action: unknown, more: object = { Resource: '*' }): object => ({
  Effect: 'Allow',
  Action: action,
  ...more,
});
const policy = (...statements: readonly object[]): object => ({ Version: '2012-10-17', Statement: statements });

function roleOf(account: string, name: string, statements: readonly object[]): object {
  return {
    RoleName: name,
    RoleId: `AROA${name.toUpperCase()}${account}`,
    Arn: `arn:aws:iam::${account}:role/${name}`,
    RolePolicyList: statements.length === 0 ? [] : [{ PolicyName: 'own', PolicyDocument: policy(...statements) }],
  };
}

interface Region {
  readonly repositories: readonly string[];
  readonly policies?: Readonly<Record<string, object>>;
  readonly registry?: object;
}

function regionFiles(account: string, region: string, { repositories, policies = {}, registry }: Region): object {
  const folder = `accounts/${account}/${region}`;
  return {
    [`${folder}/repositories.json`]: {
      repositories: repositories.map((repositoryName) => ({
        repositoryArn: `arn:aws:ecr:${region}:${account}:repository/${repositoryName}`,
        registryId: account,
        repositoryName,
      })),
    },
    [`${folder}/repository-policies.json`]: Object.entries(policies).map(([repositoryName, document]) => ({
      repositoryName,
      policyText: JSON.stringify(document),
    })),
    [`${folder}/repository-tags.json`]: {},
    [`${folder}/registry.json`]: {
      registryPolicy: registry === undefined ? null : JSON.stringify(registry),
      accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' },
    },
  };
}

/** Two accounts: one with repositories in two regions, one of them shared; the other with a policy of its registry. */
function organization(): Snapshot {
  const files = {
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' },
    'organization.json': {
      Organization: { Id: 'o-1', MasterAccountId: '999999999999' },
      Roots: [{ Id: 'r-1' }],
      Accounts: [A, B].map((Id) => ({ Id, ParentId: 'r-1' })),
      Policies: [
        {
          PolicySummary: { Id: 'p-1', Name: 'FullAWSAccess', Type: 'SERVICE_CONTROL_POLICY' },
          Content: JSON.stringify(policy(allow('*'))),
          Targets: ['r-1', A, B],
        },
      ],
    },
    [`accounts/${A}/account-authorization-details.json`]: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [
        roleOf(A, 'ci', [allow('ecr:*')]),
        roleOf(A, 'none', []),
        roleOf(A, 'west', [
          allow(PULL),
          allow('ecr:GetAuthorizationToken', {
            Resource: '*',
            Condition: { StringEquals: { 'aws:RequestedRegion': 'us-west-2' } },
          }),
        ]),
      ],
      Policies: [],
    },
    [`accounts/${B}/account-authorization-details.json`]: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [roleOf(B, 'dev', [allow([...PULL, 'ecr:GetAuthorizationToken'])])],
      Policies: [],
    },
    ...regionFiles(A, 'us-west-2', {
      repositories: ['shared', 'app'],
      policies: {
        shared: policy(
          allow(PULL, { Principal: { AWS: B } }),
          allow(PULL, { Principal: { Service: 'lambda.amazonaws.com' } }),
        ),
      },
    }),
    ...regionFiles(A, 'eu-west-1', { repositories: ['app'] }),
    ...regionFiles(B, 'eu-west-1', {
      repositories: ['base'],
      registry: policy(allow(PULL, { Principal: { AWS: A }, Resource: '*' })),
    }),
  };
  return assembleSnapshot(Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) })));
}

const snapshot = organization();

function repositoryOf(account: string, region: string, name: string): string {
  return `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

function decisionOf(rows: readonly AccessRow[], name: string, action: string, resource: string): string | null {
  const found = rows.filter((row) => row.principal.name === name && row.action === action && row.resource === resource);
  return found.length === 1 ? (found[0]?.decision ?? null) : `${found.length} rows`;
}

function registriesOf(rows: readonly AccessRow[], name: string): readonly string[] {
  const own = rows.filter((row) => row.principal.name === name && row.resource === '*');
  return [...new Set(own.map(({ accountId, region }) => `${accountId} ${region}`))];
}

describe('asking cell by cell', () => {
  const held = [...evaluateByReference(snapshot)];
  const whole = [...evaluateByReference(snapshot, { includeDenied: true })];

  test('gives what the engine gives, in its order', () => {
    expect(held).toEqual([...evaluateSnapshot(snapshot).rows]);
    expect(whole).toEqual([...evaluateSnapshot(snapshot, { includeDenied: true }).rows]);
  });

  test('gives the cells without access only where they are wanted', () => {
    expect(whole.filter((row) => isAccess(row))).toEqual(held);
    expect(held.length).toBeGreaterThan(0);
    expect(whole.length).toBeGreaterThan(held.length);
    expect(held.filter(({ principal }) => principal.name === 'none')).toEqual([]);
  });

  test('gives the actions of a registry to the principals of its account alone, region after region', () => {
    expect(registriesOf(whole, 'ci')).toEqual([`${A} eu-west-1`, `${A} us-west-2`]);
    expect(registriesOf(whole, 'dev')).toEqual([`${B} eu-west-1`]);
    expect(registriesOf(whole, 'lambda.amazonaws.com')).toEqual([]);
  });

  test.each([
    ['a role with everything', 'ci', 'push', repositoryOf(A, 'us-west-2', 'app'), 'allowed'],
    ['a role of the account that the policy names', 'dev', 'pull', repositoryOf(A, 'us-west-2', 'shared'), 'allowed'],
    ['no policy across accounts', 'dev', 'pull', repositoryOf(A, 'us-west-2', 'app'), 'implicitDeny'],
    ['a registry that names the account', 'ci', 'pull', repositoryOf(B, 'eu-west-1', 'base'), 'allowed'],
    ['a service needs no token', 'lambda.amazonaws.com', 'pull', repositoryOf(A, 'us-west-2', 'shared'), 'allowed'],
    ['a token in this region', 'west', 'pull', repositoryOf(A, 'us-west-2', 'app'), 'allowed'],
    ['a token in another region', 'west', 'pull', repositoryOf(A, 'eu-west-1', 'app'), 'implicitDeny'],
  ])('%s: %s, %s of %s', (_, name, action, resource, decision) => {
    expect(decisionOf(whole, name, action, resource)).toBe(decision);
    expect(decisionOf(held, name, action, resource)).toBe(decision === 'allowed' ? decision : '0 rows');
  });
});
