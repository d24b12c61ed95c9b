import type { SnapshotPart } from '@ecr-audit/access';

/* One small organization whose events each test chooses. */

export const A = '111122223333';
export const B = '222233334444';
export const OUTSIDE = '999900001111';
export const region = 'eu-west-1';
export const takenAt = '2026-11-22T12:00:00Z';
export const arnOf = (repository: string): string => `arn:aws:ecr:${region}:${A}:repository/${repository}`;

export interface Call {
  readonly name: string;
  readonly daysAgo: number;
  readonly repository?: string;
  /** In whose history the event stands. */
  readonly recordedIn?: string;
  readonly roleId?: string;
  readonly roleName?: string;
  readonly account?: string;
  readonly invokedBy?: string;
  readonly identity?: object;
  readonly errorCode?: string;
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: unknown;
  readonly Resource?: unknown;
  readonly Condition?: object;
  readonly Principal?: unknown;
}

export interface Role {
  readonly name: string;
  readonly id: string;
  readonly statements: readonly Statement[];
}

export interface Scene {
  readonly roles?: readonly Role[];
  readonly repositories?: readonly string[];
  readonly policies?: Readonly<Record<string, readonly Statement[]>>;
  readonly calls?: readonly Call[];
  /** By account; null leaves the window out. */
  readonly windows?: Readonly<Record<string, { from: string; complete: boolean } | null>>;
}

const wholeWindow = { from: '2026-08-20T00:00:00Z', complete: true };
export const pushEverywhere: readonly Statement[] = [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }];

function json(path: string, value: unknown): SnapshotPart {
  return { path, content: JSON.stringify(value) };
}

export function partsOf(scene: Scene): SnapshotPart[] {
  const { repositories = ['team/app'], policies = {}, calls = [], windows = {} } = scene;
  const roles = scene.roles ?? [{ name: 'ci', id: 'AROACIEXAMPLE00000001', statements: pushEverywhere }];
  const account = (id: string, own: readonly Role[], names: readonly string[]): SnapshotPart[] => {
    const place = `accounts/${id}/${region}`;
    const window = windows[id] === undefined ? wholeWindow : windows[id];
    return [
      json(`accounts/${id}/account-authorization-details.json`, {
        UserDetailList: [],
        GroupDetailList: [],
        Policies: [],
        RoleDetailList: own.map((role) => ({
          RoleName: role.name,
          RoleId: role.id,
          Arn: `arn:aws:iam::${id}:role/${role.name}`,
          Path: '/',
          CreateDate: '2026-01-01T00:00:00Z',
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
          InstanceProfileList: [],
          RolePolicyList: [
            { PolicyName: 'rights', PolicyDocument: { Version: '2012-10-17', Statement: role.statements } },
          ],
          AttachedManagedPolicies: [],
          Tags: [],
        })),
      }),
      json(`${place}/repositories.json`, {
        repositories: names.map((name) => ({
          repositoryArn: `arn:aws:ecr:${region}:${id}:repository/${name}`,
          registryId: id,
          repositoryName: name,
          repositoryUri: `${id}.dkr.ecr.${region}.amazonaws.com/${name}`,
          createdAt: '2026-01-01T00:00:00Z',
          imageTagMutability: 'MUTABLE',
        })),
      }),
      json(
        `${place}/repository-policies.json`,
        Object.entries(id === A ? policies : {}).map(([repositoryName, statements]) => ({
          registryId: id,
          repositoryName,
          policyText: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
        })),
      ),
      json(`${place}/repository-tags.json`, {}),
      json(`${place}/registry.json`, {
        registryPolicy: null,
        accountSettings: {},
        replicationConfiguration: { rules: [] },
        pullThroughCacheRules: [],
        repositoryCreationTemplates: [],
        scanningConfiguration: {},
      }),
      {
        path: `${place}/cloudtrail-events.ndjson`,
        content: calls
          .filter(({ recordedIn = A }) => recordedIn === id)
          .map((call, index) => `${JSON.stringify(recordOf(call, `${id}-${index}`))}\n`)
          .join(''),
      },
      ...(window === null
        ? []
        : [
            json(`${place}/cloudtrail-window.json`, {
              startTime: window.from,
              endTime: '2026-11-22T11:45:00Z',
              complete: window.complete,
            }),
          ]),
    ];
  };
  const other: Role = {
    name: 'node',
    id: 'AROANODEEXAMPLE000001',
    statements: [
      {
        Effect: 'Allow',
        Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: '*',
      },
    ],
  };
  return [
    json('snapshot.json', { formatVersion: 1, takenAt, partition: 'aws', gaps: [] }),
    json('organization.json', {
      Organization: { Id: 'o-example', MasterAccountId: A, AvailablePolicyTypes: [] },
      Roots: [{ Id: 'r-1', Arn: `arn:aws:organizations::${A}:root/o-example/r-1`, Name: 'Root', PolicyTypes: [] }],
      OrganizationalUnits: [],
      Accounts: [A, B].map((id) => ({
        Id: id,
        Arn: `arn:aws:organizations::${A}:account/o-example/${id}`,
        Name: id,
        Status: 'ACTIVE',
        ParentId: 'r-1',
      })),
      Policies: [],
    }),
    ...account(A, roles, repositories),
    ...account(B, [other], []),
  ];
}

function recordOf(call: Call, id: string): object {
  const {
    name,
    daysAgo,
    repository = 'team/app',
    account = A,
    roleName = 'ci',
    roleId = 'AROACIEXAMPLE00000001',
    recordedIn = A,
    invokedBy,
    errorCode,
  } = call;
  return {
    eventVersion: '1.11',
    eventID: id,
    eventTime: new Date(Date.parse(takenAt) - daysAgo * 24 * 60 * 60 * 1000).toISOString().replace('.000', ''),
    eventName: name,
    eventSource: 'ecr.amazonaws.com',
    awsRegion: region,
    recipientAccountId: recordedIn,
    userIdentity: call.identity ?? {
      type: 'AssumedRole',
      principalId: `${roleId}:run`,
      arn: `arn:aws:sts::${account}:assumed-role/${roleName}/run`,
      accountId: account,
      ...(invokedBy === undefined ? {} : { invokedBy }),
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: roleId,
          arn: `arn:aws:iam::${account}:role/${roleName}`,
          accountId: account,
          userName: roleName,
        },
      },
    },
    requestParameters: name === 'GetAuthorizationToken' ? null : { registryId: A, repositoryName: repository },
    ...(errorCode === undefined ? {} : { errorCode }),
  };
}
