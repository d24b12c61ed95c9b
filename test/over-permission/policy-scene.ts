import { assembleSnapshot, type PolicyFindings, policyFindings, type Snapshot } from '@ecr-audit/access';

/* Two accounts with whatever policies a test chooses. A holds the repositories. */

export const A = '111122223333';
export const B = '222233334444';
export const UNREAD = '999900001111';
const region = 'eu-west-1';

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: object;
}

interface Owner {
  readonly inline?: Readonly<Record<string, readonly Statement[]>>;
  /** Names of managed policies of the account. */
  readonly attached?: readonly string[];
}

interface RoleScene extends Owner {
  readonly account?: string;
  readonly boundary?: string;
}

interface UserScene extends Owner {
  readonly groups: readonly string[];
}

export interface PolicyScene {
  readonly roles?: Readonly<Record<string, RoleScene>>;
  readonly users?: Readonly<Record<string, UserScene>>;
  readonly groups?: Readonly<Record<string, Owner>>;
  readonly managed?: Readonly<Record<string, readonly Statement[]>>;
  /** Statements by repository; null for one without a policy. */
  readonly repositories?: Readonly<Record<string, readonly Statement[] | null | 'unread'>>;
  readonly scp?: readonly Statement[];
}

export const pullActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
export const arnOf = (repository: string, account = A): string =>
  `arn:aws:ecr:${region}:${account}:repository/${repository}`;
export const roleArn = (name: string, account = A): string => `arn:aws:iam::${account}:role/${name}`;
export const managedArn = (name: string, account = A): string => `arn:aws:iam::${account}:policy/${name}`;
export const allow = (Action: Statement['Action'], Resource: Statement['Resource'] = '*'): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

export function findingsOf(scene: PolicyScene): PolicyFindings {
  return policyFindings(snapshotOf(scene));
}

function snapshotOf(scene: PolicyScene): Snapshot {
  const { roles = {}, users = {}, groups = {}, managed = {}, repositories = { 'team/app': null }, scp } = scene;
  const iam = (account: string): object => ({
    UserDetailList: (account === A ? Object.entries(users) : []).map(([UserName, user]) => ({
      UserName,
      UserId: `AIDA${UserName.toUpperCase()}`,
      Arn: `arn:aws:iam::${account}:user/${UserName}`,
      Path: '/',
      CreateDate: '2026-01-01T00:00:00Z',
      GroupList: user.groups,
      UserPolicyList: inlineOf(user),
      AttachedManagedPolicies: attachedOf(user, account),
      Tags: [],
    })),
    GroupDetailList: (account === A ? Object.entries(groups) : []).map(([GroupName, group]) => ({
      GroupName,
      GroupId: `AGPA${GroupName.toUpperCase()}`,
      Arn: `arn:aws:iam::${account}:group/${GroupName}`,
      Path: '/',
      CreateDate: '2026-01-01T00:00:00Z',
      GroupPolicyList: inlineOf(group),
      AttachedManagedPolicies: attachedOf(group, account),
    })),
    RoleDetailList: Object.entries(roles)
      .filter(([, role]) => (role.account ?? A) === account)
      .map(([RoleName, role]) => ({
        RoleName,
        RoleId: `AROA${RoleName.toUpperCase()}`,
        Arn: roleArn(RoleName, account),
        Path: '/',
        CreateDate: '2026-01-01T00:00:00Z',
        AssumeRolePolicyDocument: document([]),
        InstanceProfileList: [],
        RolePolicyList: inlineOf(role),
        AttachedManagedPolicies: attachedOf(role, account),
        ...(role.boundary === undefined
          ? {}
          : {
              PermissionsBoundary: {
                PermissionsBoundaryType: 'Policy',
                PermissionsBoundaryArn: managedArn(role.boundary, account),
              },
            }),
        Tags: [],
      })),
    Policies: Object.entries(managed).map(([PolicyName, statements]) => ({
      PolicyName,
      PolicyId: `ANPA${PolicyName.toUpperCase()}`,
      Arn: managedArn(PolicyName, account),
      Path: '/',
      DefaultVersionId: 'v1',
      AttachmentCount: 1,
      IsAttachable: true,
      CreateDate: '2026-01-01T00:00:00Z',
      UpdateDate: '2026-01-01T00:00:00Z',
      PolicyVersionList: [
        {
          VersionId: 'v1',
          IsDefaultVersion: true,
          CreateDate: '2026-01-01T00:00:00Z',
          Document: document(statements),
        },
      ],
    })),
  });
  const ofA = Object.entries(repositories);
  return assembleSnapshot([
    json('snapshot.json', { formatVersion: 1, takenAt: '2026-11-22T12:00:00Z', partition: 'aws', gaps: [] }),
    json('organization.json', organization(scp)),
    ...[A, B].flatMap((account) => [
      json(`accounts/${account}/account-authorization-details.json`, iam(account)),
      json(`accounts/${account}/${region}/repositories.json`, {
        repositories: (account === A ? ofA : []).map(([repositoryName]) => ({
          repositoryArn: arnOf(repositoryName),
          registryId: account,
          repositoryName,
          repositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${repositoryName}`,
          createdAt: '2026-01-01T00:00:00Z',
          imageTagMutability: 'MUTABLE',
        })),
      }),
      json(
        `accounts/${account}/${region}/repository-policies.json`,
        (account === A ? ofA : []).flatMap(([repositoryName, statements]) =>
          statements === null
            ? []
            : [
                {
                  registryId: account,
                  repositoryName,
                  policyText: statements === 'unread' ? '{"broken' : JSON.stringify(document(statements)),
                },
              ],
        ),
      ),
      json(`accounts/${account}/${region}/repository-tags.json`, {}),
      json(`accounts/${account}/${region}/registry.json`, { registryPolicy: null, accountSettings: {} }),
    ]),
  ]);
}

function inlineOf({ inline = {} }: Owner): object[] {
  return Object.entries(inline).map(([PolicyName, statements]) => ({
    PolicyName,
    PolicyDocument: document(statements),
  }));
}

function attachedOf({ attached = [] }: Owner, account: string): object[] {
  return attached.map((PolicyName) => ({ PolicyName, PolicyArn: managedArn(PolicyName, account) }));
}

function json(path: string, value: unknown): { readonly path: string; readonly content: string } {
  return { path, content: JSON.stringify(value) };
}

function document(statements: readonly Statement[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

function organization(scp: readonly Statement[] | undefined): object {
  const root = { Id: 'r-1', Arn: `arn:aws:organizations::${UNREAD}:root/o-1/r-1`, Name: 'Root' };
  const types = scp === undefined ? [] : [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }];
  return {
    Organization: { Id: 'o-1', MasterAccountId: '000011112222', AvailablePolicyTypes: [] },
    Roots: [{ ...root, PolicyTypes: types }],
    OrganizationalUnits: [],
    Accounts: [A, B].map((Id) => ({
      Id,
      Arn: `arn:aws:organizations::${UNREAD}:account/o-1/${Id}`,
      Name: Id,
      Status: 'ACTIVE',
      ParentId: 'r-1',
    })),
    Policies:
      scp === undefined
        ? []
        : [
            {
              PolicySummary: {
                Id: 'p-1',
                Arn: 'arn:aws:organizations::policy/p-1',
                Name: 'scp',
                Type: 'SERVICE_CONTROL_POLICY',
                AwsManaged: false,
              },
              Content: JSON.stringify(document(scp)),
              Targets: ['r-1', A, B],
            },
          ],
  };
}
