import type { FindingSettings, SnapshotPart } from '@ecr-audit/access';

/* One account of an organization, of which each case says what matters to it. */

export const A = '111122223333';
export const MEMBER = '222233334444';
export const STRANGER = '999900001111';
export const ORGANIZATION = 'o-ourorg1234';
export const UNIT = 'ou-abcd-11111111';
export const region = 'eu-west-1';
const takenAt = '2026-11-22T12:00:00Z';
export const repositoryArn = (name: string): string => `arn:aws:ecr:${region}:${A}:repository/${name}`;
export const roleArn = (name: string): string => `arn:aws:iam::${A}:role/${name}`;
export const rootOf = (accountId: string): string => `arn:aws:iam::${accountId}:root`;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: object;
}

export interface Role {
  readonly name: string;
  readonly id: string;
  readonly path?: string;
  readonly statements?: readonly Statement[];
  readonly attached?: readonly string[];
  readonly boundary?: string;
  readonly trust?: readonly Statement[];
}

export interface Call {
  readonly name: string;
  readonly daysAgo: number;
  readonly secondsLater?: number;
  readonly repository?: string;
  readonly source?: string;
  readonly identity?: object;
  readonly errorCode?: string;
  readonly request?: object;
  readonly response?: object;
}

export interface Scene {
  readonly takenAt?: string;
  readonly roles?: readonly Role[];
  readonly users?: readonly Pick<Role, 'name' | 'id' | 'statements'>[];
  readonly managed?: Readonly<Record<string, readonly Statement[]>>;
  /** By name: its policy, null for none; `unread` where it was refused. */
  readonly repositories?: Readonly<Record<string, readonly Statement[] | null | 'unread'>>;
  /** In place of the usual settings of each repository. */
  readonly settings?: object;
  readonly tags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly registryPolicy?: readonly Statement[];
  readonly registry?: object;
  /** SCPs by name, with their target. */
  readonly scps?: Readonly<Record<string, { readonly target: string; readonly statements: readonly Statement[] }>>;
  readonly accounts?: readonly string[];
  readonly hasOrganization?: boolean;
  readonly calls?: readonly Call[];
  readonly window?: { readonly from: string; readonly complete: boolean };
  /** Of the region in which IAM records what it does; none where nothing is said. */
  readonly homeWindow?: { readonly from: string; readonly complete: boolean };
}

export const noSettings: FindingSettings = {
  production: { patterns: [], tags: {} },
  sensitive: { patterns: [], tags: {} },
  administrators: [],
  ourAccounts: [],
  partnerAccounts: [],
  allowedAccounts: [],
  ourOrganizations: [],
  dormantDays: 90,
};

const policyOf = (statements: readonly Statement[]): object => ({ Version: '2012-10-17', Statement: statements });

function json(path: string, value: unknown): SnapshotPart {
  return { path, content: JSON.stringify(value) };
}

export function partsOf(scene: Scene): SnapshotPart[] {
  const { repositories = { 'prod/app': null }, hasOrganization = true } = scene;
  const place = `accounts/${A}/${region}`;
  const unread = Object.entries(repositories).filter(([, policy]) => policy === 'unread');
  const gaps = unread.map(([name]) => ({
    accountId: A,
    region,
    source: 'ecr:GetRepositoryPolicy',
    resource: repositoryArn(name),
    reason: 'accessDenied',
    message: 'denied',
  }));
  return [
    json('snapshot.json', { formatVersion: 1, takenAt: scene.takenAt ?? takenAt, partition: 'aws', gaps }),
    ...(hasOrganization ? [organizationOf(scene)] : []),
    iamOf(scene),
    json(`${place}/repositories.json`, {
      repositories: Object.keys(repositories).map((repositoryName) => ({
        repositoryArn: repositoryArn(repositoryName),
        registryId: A,
        repositoryName,
        createdAt: '2025-01-01T00:00:00Z',
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        ...scene.settings,
      })),
    }),
    json(
      `${place}/repository-policies.json`,
      Object.entries(repositories).flatMap(([repositoryName, policy]) =>
        policy === null || policy === 'unread'
          ? []
          : [{ registryId: A, repositoryName, policyText: JSON.stringify(policyOf(policy)) }],
      ),
    ),
    json(
      `${place}/repository-tags.json`,
      Object.fromEntries(
        Object.entries(scene.tags ?? {}).map(([name, tags]) => [
          repositoryArn(name),
          Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        ]),
      ),
    ),
    json(`${place}/registry.json`, {
      registryPolicy: scene.registryPolicy === undefined ? null : JSON.stringify(policyOf(scene.registryPolicy)),
      accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' },
      replicationConfiguration: { rules: [] },
      pullThroughCacheRules: [],
      repositoryCreationTemplates: [],
      scanningConfiguration: { scanType: 'BASIC', rules: [] },
      ...scene.registry,
    }),
    ...(scene.calls === undefined ? [] : eventsOf(scene.calls, scene.window)),
    ...(scene.homeWindow === undefined ? [] : [windowOf('us-east-1', scene.homeWindow)]),
  ];
}

function eventsOf(
  calls: readonly Call[],
  { from, complete } = { from: '2026-08-24T12:00:00Z', complete: true },
): SnapshotPart[] {
  const place = `accounts/${A}/${region}`;
  return [
    {
      path: `${place}/cloudtrail-events.ndjson`,
      content: calls.map((call, index) => `${JSON.stringify(recordOf(call, index))}\n`).join(''),
    },
    windowOf(region, { from, complete }),
  ];
}

function windowOf(where: string, { from, complete }: NonNullable<Scene['window']>): SnapshotPart {
  const window = { startTime: from, endTime: '2026-11-22T11:45:00Z', complete };
  return json(`accounts/${A}/${where}/cloudtrail-window.json`, window);
}

function recordOf(call: Call, index: number): object {
  const { name, daysAgo, secondsLater = 0, repository = 'prod/app', errorCode, source = 'ecr' } = call;
  const timeMs = Date.parse(takenAt) - daysAgo * 86_400_000 + secondsLater * 1000;
  return {
    eventVersion: '1.08',
    eventID: `event-${index}`,
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    eventTime: `${new Date(timeMs).toISOString().slice(0, 19)}Z`,
    awsRegion: region,
    recipientAccountId: A,
    sourceIPAddress: '203.0.113.7',
    userIdentity: call.identity ?? identityOf('ci', 'AROACIEXAMPLE00000001'),
    requestParameters: { ...(source === 'ecr' ? { repositoryName: repository } : {}), ...call.request },
    ...(call.response === undefined ? {} : { responseElements: call.response }),
    ...(errorCode === undefined ? {} : { errorCode, errorMessage: 'denied' }),
  };
}

export function identityOf(name: string, id: string, accountId: string = A): object {
  return {
    type: 'AssumedRole',
    principalId: `${id}:job`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${name}/job`,
    accountId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: id,
        arn: `arn:aws:iam::${accountId}:role/${name}`,
        accountId,
        userName: name,
      },
    },
  };
}

function organizationOf({ scps = {}, accounts = [A, MEMBER] }: Scene): SnapshotPart {
  const full = { target: 'r-abcd', statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } as const;
  return json('organization.json', {
    Organization: { Id: ORGANIZATION, MasterAccountId: MEMBER },
    Roots: [{ Id: 'r-abcd', Name: 'Root', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
    OrganizationalUnits: [{ Id: UNIT, Name: 'Workloads', ParentId: 'r-abcd' }],
    Accounts: accounts.map((Id) => ({ Id, Name: Id, Status: 'ACTIVE', ParentId: Id === A ? UNIT : 'r-abcd' })),
    Policies: [
      {
        PolicySummary: { Id: 'p-FullAWSAccess', Name: 'FullAWSAccess', Type: 'SERVICE_CONTROL_POLICY' },
        Content: JSON.stringify(policyOf(full.statements)),
        Targets: ['r-abcd', UNIT, ...accounts],
      },
      ...Object.entries(scps).map(([Name, { target, statements }], index) => ({
        PolicySummary: { Id: `p-${index}`, Name, Type: 'SERVICE_CONTROL_POLICY' },
        Content: JSON.stringify(policyOf(statements)),
        Targets: [target],
      })),
    ],
  });
}

function iamOf({ roles = [], users = [], managed = {} }: Scene): SnapshotPart {
  return json(`accounts/${A}/account-authorization-details.json`, {
    UserDetailList: users.map(({ name, id, statements = [] }) => ({
      UserName: name,
      UserId: id,
      Path: '/',
      Arn: `arn:aws:iam::${A}:user/${name}`,
      UserPolicyList: statements.length === 0 ? [] : [{ PolicyName: 'rights', PolicyDocument: policyOf(statements) }],
      AttachedManagedPolicies: [],
      GroupList: [],
      Tags: [],
    })),
    GroupDetailList: [],
    RoleDetailList: roles.map(({ name, id, path = '/', statements = [], attached = [], boundary, trust = [] }) => ({
      RoleName: name,
      RoleId: id,
      Path: path,
      Arn: `arn:aws:iam::${A}:role${path}${name}`,
      AssumeRolePolicyDocument: policyOf(trust),
      RolePolicyList: statements.length === 0 ? [] : [{ PolicyName: 'rights', PolicyDocument: policyOf(statements) }],
      AttachedManagedPolicies: attached.map((PolicyArn) => ({ PolicyName: PolicyArn.split('/').at(-1), PolicyArn })),
      ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary } }),
      Tags: [],
    })),
    Policies: Object.entries(managed).map(([Arn, statements]) => ({
      Arn,
      PolicyName: Arn.split('/').at(-1),
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: policyOf(statements) }],
    })),
  });
}
