import * as documents from './documents.ts';

/** The organization of the history, in the words of AWS's answers. Steps change it by hand. */
export interface World {
  organization: Organization;
  accounts: Record<string, Account>;
}

export const MANAGEMENT = '111122223333';
export const REGISTRY = '222233334444';
export const WORKLOAD = '333344445555';
/** Nobody reads its history. */
export const UNSEEN = '444455556666';

export const HOME = 'us-east-1';
export const REGION = 'eu-west-1';

interface Tag {
  Key: string;
  Value: string;
}

interface Policy {
  PolicyName: string;
  PolicyDocument: object;
}

export interface Role {
  RoleName: string;
  RoleId: string;
  Arn: string;
  AssumeRolePolicyDocument: object;
  RolePolicyList: Policy[];
  AttachedManagedPolicies: { PolicyName: string; PolicyArn: string }[];
  PermissionsBoundary?: { PermissionsBoundaryType: string; PermissionsBoundaryArn: string };
  Tags: Tag[];
}

export interface User {
  UserName: string;
  UserId: string;
  Arn: string;
  UserPolicyList: Policy[];
  AttachedManagedPolicies: { PolicyName: string; PolicyArn: string }[];
  PermissionsBoundary?: { PermissionsBoundaryType: string; PermissionsBoundaryArn: string };
  GroupList: string[];
  Tags: Tag[];
}

export interface Group {
  GroupName: string;
  GroupId: string;
  Arn: string;
  GroupPolicyList: Policy[];
  AttachedManagedPolicies: { PolicyName: string; PolicyArn: string }[];
}

export interface ManagedPolicy {
  PolicyName: string;
  Arn: string;
  DefaultVersionId: string;
  PolicyVersionList: { VersionId: string; IsDefaultVersion: boolean; Document: object }[];
}

export interface Account {
  roles: Role[];
  users: User[];
  groups: Group[];
  policies: ManagedPolicy[];
  repositories: { name: string; createdAt: string; policy: object | null; tags: Tag[] }[];
  registry: {
    policy: object | null;
    settings: Record<string, string>;
    replicationConfiguration: object;
    pullThroughCacheRules: Record<string, string>[];
    repositoryCreationTemplates: Record<string, unknown>[];
    scanningConfiguration: object;
  };
}

export interface Organization {
  units: { Id: string; Name: string; ParentId: string }[];
  accounts: { Id: string; ParentId: string }[];
  types: Record<string, string>;
  policies: { Id: string; Name: string; Type: string; Content: object; Targets: string[] }[];
}

const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';

export function iamArn(account: string, resource: string): string {
  return `arn:aws:iam::${account}:${resource}`;
}

/** The state that every step begins with. */
export function world(): World {
  return {
    organization: {
      units: [
        { Id: 'ou-a1b2-workload', Name: 'workload', ParentId: 'r-a1b2' },
        { Id: 'ou-a1b2-sandbox1', Name: 'sandbox', ParentId: 'r-a1b2' },
      ],
      accounts: [
        { Id: MANAGEMENT, ParentId: 'r-a1b2' },
        { Id: REGISTRY, ParentId: 'ou-a1b2-workload' },
        { Id: WORKLOAD, ParentId: 'ou-a1b2-workload' },
        { Id: UNSEEN, ParentId: 'ou-a1b2-workload' },
      ],
      types: { [SCP]: 'ENABLED', [RCP]: 'ENABLED' },
      policies: [
        { Id: 'p-FullAWSAccess', Name: 'FullAWSAccess', Type: SCP, Content: documents.fullAccess, Targets: ['r-a1b2'] },
        {
          Id: 'p-guard001',
          Name: 'Guard',
          Type: SCP,
          Content: documents.denyDelete,
          Targets: ['ou-a1b2-workload', WORKLOAD],
        },
        { Id: 'p-perimet1', Name: 'Perimeter', Type: RCP, Content: documents.denyOutside, Targets: ['r-a1b2'] },
      ],
    },
    accounts: {
      [MANAGEMENT]: account([], []),
      [REGISTRY]: {
        ...account([role(REGISTRY, 'deploy')], [user(REGISTRY, 'ada')]),
        groups: [group(REGISTRY, 'builders'), group(REGISTRY, 'readers')],
        repositories: [
          {
            name: 'app/api',
            createdAt: '2026-01-02T03:04:05Z',
            policy: documents.workloadPulls,
            tags: [{ Key: 'Team', Value: 'api' }],
          },
          { name: 'app/web', createdAt: '2026-01-02T03:04:05Z', policy: null, tags: [] },
        ],
      },
      [WORKLOAD]: account([role(WORKLOAD, 'deploy'), role(WORKLOAD, 'runner', 'app/')], []),
      [UNSEEN]: account([role(UNSEEN, 'deploy')], []),
    },
  };
}

function account(roles: Role[], users: User[]): Account {
  const id = (roles[0]?.Arn ?? users[0]?.Arn ?? '').split(':')[4] ?? '';
  return {
    roles,
    users,
    groups: [],
    policies: [
      ...(id === '' ? [] : [managed(iamArn(id, 'policy/Pull'), documents.pull)]),
      ...(id === '' ? [] : [managed(iamArn(id, 'policy/Boundary'), documents.push)]),
      managed('arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly', documents.pull),
    ],
    repositories: [],
    registry: {
      policy: documents.cacheFills,
      settings: { REGISTRY_POLICY_SCOPE: 'V1', BASIC_SCAN_TYPE_VERSION: 'CLAIR' },
      replicationConfiguration: { rules: [] },
      pullThroughCacheRules: [{ ecrRepositoryPrefix: 'docker-hub', upstreamRegistryUrl: 'registry-1.docker.io' }],
      repositoryCreationTemplates: [{ prefix: 'cache', appliedFor: ['PULL_THROUGH_CACHE'] }],
      scanningConfiguration: { scanType: 'BASIC', rules: [] },
    },
  };
}

export function role(accountId: string, name: string, path = ''): Role {
  return {
    RoleName: name,
    RoleId: uniqueId('AROA', accountId, name),
    Arn: iamArn(accountId, `role/${path}${name}`),
    AssumeRolePolicyDocument: documents.lambdaTrust,
    RolePolicyList: [{ PolicyName: 'Pull', PolicyDocument: documents.pull }],
    AttachedManagedPolicies: [
      {
        PolicyName: 'AmazonEC2ContainerRegistryReadOnly',
        PolicyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly',
      },
    ],
    Tags: [{ Key: 'Team', Value: 'api' }],
  };
}

export function user(accountId: string, name: string): User {
  return {
    UserName: name,
    UserId: uniqueId('AIDA', accountId, name),
    Arn: iamArn(accountId, `user/${name}`),
    UserPolicyList: [],
    AttachedManagedPolicies: [],
    GroupList: ['readers'],
    Tags: [],
  };
}

export function group(accountId: string, name: string): Group {
  return {
    GroupName: name,
    GroupId: uniqueId('AGPA', accountId, name),
    Arn: iamArn(accountId, `group/${name}`),
    GroupPolicyList: [],
    AttachedManagedPolicies: [],
  };
}

export function managed(arn: string, document: object, version = 'v1'): ManagedPolicy {
  return {
    PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
    Arn: arn,
    DefaultVersionId: version,
    PolicyVersionList: [{ VersionId: version, IsDefaultVersion: true, Document: document }],
  };
}

/** 21 characters, of the letters and digits that AWS takes. */
export function uniqueId(prefix: string, ...parts: string[]): string {
  const letters = parts
    .join('')
    .toUpperCase()
    .replaceAll(/[^A-Z2-7]/g, 'A');
  return `${prefix}${letters.padEnd(17, 'Q').slice(-17)}`;
}

/** What a step looks for must be there. */
export function found<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('the history names something that is not in its world');
  }
  return value;
}

export function accountOf(state: World, id: string): Account {
  return found(state.accounts[id]);
}

export function roleOf(state: World, accountId: string, name = 'deploy'): Role {
  return found(accountOf(state, accountId).roles.find(({ RoleName }) => RoleName === name));
}

export function userOf(state: World, name = 'ada'): User {
  return found(accountOf(state, REGISTRY).users.find(({ UserName }) => UserName === name));
}

export function groupOf(state: World, name = 'builders'): Group {
  return found(accountOf(state, REGISTRY).groups.find(({ GroupName }) => GroupName === name));
}

export function policyOf(state: World, arn: string): ManagedPolicy {
  const all = Object.values(state.accounts).flatMap(({ policies }) => policies);
  return found(all.find(({ Arn }) => Arn === arn));
}

export function repositoryOf(state: World, name = 'app/api'): Account['repositories'][number] {
  return found(accountOf(state, REGISTRY).repositories.find((each) => each.name === name));
}

export function organizationPolicyOf(state: World, id: string): Organization['policies'][number] {
  return found(state.organization.policies.find(({ Id }) => Id === id));
}
