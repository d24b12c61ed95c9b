import { describe, expect, test } from 'vitest';
import { assembleSnapshot } from '../snapshot/assemble.ts';
import { explainRequest } from './explain-request.ts';
import type { ExplainedGate, ExplainedStatement, Explanation } from './explanation.ts';

const A = '111122223333';
const repository = `arn:aws:ecr:eu-west-1:${A}:repository/team/app`;
const allow = (Sid: string, more: object = {}): object => ({
  Sid,
  Effect: 'Allow',
  Action: 'ecr:*',
  Resource: '*',
  ...more,
});
const documentOf = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });
const managed = (name: string, owner: string, document: object): object => ({
  Arn: `arn:aws:iam::${owner}:policy/${name}`,
  PolicyName: name,
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: document }],
});
const attached = (name: string, owner: string): object => ({
  PolicyName: name,
  PolicyArn: `arn:aws:iam::${owner}:policy/${name}`,
});

const user = {
  Path: '/',
  UserName: 'ana',
  UserId: 'AIDAAAAAAAAAAAAAAAA01',
  Arn: `arn:aws:iam::${A}:user/ana`,
  CreateDate: '2026-01-01T00:00:00Z',
  UserPolicyList: [{ PolicyName: 'own', PolicyDocument: documentOf(allow('Inline')) }],
  AttachedManagedPolicies: [attached('Direct', 'aws'), attached('Ours', A)],
  GroupList: ['team'],
  PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: `arn:aws:iam::${A}:policy/Limit` },
};
const group = {
  Path: '/',
  GroupName: 'team',
  GroupId: 'AGPAAAAAAAAAAAAAAAA01',
  Arn: `arn:aws:iam::${A}:group/team`,
  CreateDate: '2026-01-01T00:00:00Z',
  GroupPolicyList: [{ PolicyName: 'shared', PolicyDocument: documentOf(allow('0')) }],
  AttachedManagedPolicies: [attached('Direct', 'aws')],
};
const vpce = { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
const details = {
  UserDetailList: [user],
  RoleDetailList: [],
  GroupDetailList: [group],
  Policies: [
    managed('Direct', 'aws', documentOf({ Effect: 'Allow', Action: '*', Resource: '*' })),
    managed('Ours', A, documentOf(allow('Through', vpce))),
    managed('Limit', A, documentOf(allow('Within'))),
  ],
};
const policy = (Name: string, Type: string, Targets: readonly string[], Content: object): object => ({
  PolicySummary: {
    Id: `p-${Name}`,
    Arn: `arn:aws:organizations::${A}:policy/o-1/${Name}`,
    Name,
    Type,
    AwsManaged: false,
  },
  Content: JSON.stringify(Content),
  Targets,
});
const organization = {
  Organization: {
    Id: 'o-1',
    Arn: 'arn:aws:organizations::999999999999:organization/o-1',
    MasterAccountId: '999999999999',
  },
  Roots: [{ Id: 'r-1', Arn: 'arn:aws:organizations::999999999999:root/o-1/r-1', Name: 'Root' }],
  OrganizationalUnits: [
    { Id: 'ou-1', Arn: 'arn:aws:organizations::999999999999:ou/o-1/ou-1', Name: 'Prod (ou-9)', ParentId: 'r-1' },
  ],
  Accounts: [
    { Id: A, Arn: `arn:aws:organizations::999999999999:account/o-1/${A}`, Name: A, Status: 'ACTIVE', ParentId: 'ou-1' },
  ],
  Policies: [
    policy(
      'Full',
      'SERVICE_CONTROL_POLICY',
      ['r-1', 'ou-1', A],
      documentOf({ Effect: 'Allow', Action: '*', Resource: '*' }),
    ),
    policy('Perimeter', 'RESOURCE_CONTROL_POLICY', ['ou-1'], {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Inside',
          Effect: 'Deny',
          Principal: '*',
          Action: 'ecr:*',
          Resource: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    }),
  ],
};

function parts(repositoryPolicy: object | null): Parameters<typeof assembleSnapshot>[0] {
  const files: Readonly<Record<string, unknown>> = {
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-16T06:00:00Z', partition: 'aws', gaps: [] },
    'organization.json': organization,
    [`accounts/${A}/account-authorization-details.json`]: details,
    [`accounts/${A}/eu-west-1/repositories.json`]: {
      repositories: [{ repositoryArn: repository, registryId: A, repositoryName: 'team/app' }],
    },
    [`accounts/${A}/eu-west-1/repository-policies.json`]:
      repositoryPolicy === null
        ? []
        : [{ registryId: A, repositoryName: 'team/app', policyText: JSON.stringify(repositoryPolicy) }],
    [`accounts/${A}/eu-west-1/repository-tags.json`]: {},
    [`accounts/${A}/eu-west-1/registry.json`]: {
      registryPolicy: JSON.stringify(documentOf(allow('Registry', { Principal: { AWS: A } }))),
      accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' },
    },
  };
  return Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) }));
}

function explain(repositoryPolicy: object | null, more: object = {}): Explanation {
  const snapshot = assembleSnapshot(parts(repositoryPolicy));
  const request = { principal: user.Arn, action: 'ecr:PutImage', resource: repository, ...more };
  const result = explainRequest(snapshot, request);
  if (result.kind === 'error') {
    throw new Error(result.message);
  }
  return result.explanation;
}

function gatesOf(explanation: Explanation): readonly ExplainedGate[] {
  return explanation.actions.flatMap(({ gates }) => gates);
}

function statementsOf(explanation: Explanation): readonly ExplainedStatement[] {
  return gatesOf(explanation).flatMap(({ statements }) => statements);
}

const named = documentOf({ Sid: 'Named', Effect: 'Allow', Principal: { AWS: user.Arn }, Action: 'ecr:PutImage' });

describe('every statement comes with its owner and the way its policy is attached', () => {
  const session = { sessionPolicies: [documentOf(allow('Session'))] };
  const statements = statementsOf(explain(named, session));
  const found = (statement: string, kind: string): unknown =>
    statements.find((each) => each.statement === statement && each.attachment.kind === kind);

  const level = { level: 'ou', id: 'ou-1', name: 'Prod (ou-9)' };
  test.each([
    ['Inline', { kind: 'inline' }, { kind: 'principal', id: user.Arn }],
    ['0', { kind: 'direct' }, { kind: 'aws', id: null }],
    ['Through', { kind: 'direct' }, { kind: 'account', id: A }],
    ['0', { kind: 'group', group: group.Arn, isInline: true }, { kind: 'group', id: group.Arn }],
    ['Within', { kind: 'boundary' }, { kind: 'account', id: A }],
    ['Session', { kind: 'session' }, { kind: 'asker', id: null }],
    ['0', { kind: 'scp', level: 'root', id: 'r-1', name: 'Root' }, { kind: 'organization', id: 'o-1' }],
    ['Inside', { kind: 'rcp', ...level }, { kind: 'organization', id: 'o-1' }],
    ['Named', { kind: 'repository', repository }, { kind: 'account', id: A }],
    ['Registry', { kind: 'registry', accountId: A, region: 'eu-west-1' }, { kind: 'account', id: A }],
  ])('%s: %j', (statement, attachment, owner) => {
    expect(found(statement, attachment.kind)).toMatchObject({ attachment, owner });
  });

  test('a managed policy that comes through a group is told apart from the same attached directly', () => {
    const direct = statements.filter(({ policy }) => policy === 'arn:aws:iam::aws:policy/Direct');
    expect(direct.map(({ attachment }) => attachment)).toEqual([
      { kind: 'direct' },
      { kind: 'group', group: group.Arn, isInline: false },
    ]);
  });

  test('the level of a policy is read from the end of its label: the name of an OU may look like another id', () => {
    const levels = gatesOf(explain(named)).filter(({ gate }) => gate === 'scp');
    expect(levels.map(({ policies }) => policies[0]?.attachment)).toEqual([
      { kind: 'scp', level: 'root', id: 'r-1', name: 'Root' },
      { kind: 'scp', ...level },
      { kind: 'scp', level: 'account', id: A, name: A },
    ]);
  });

  test('a Sid that is a number is a Sid, and a statement without one has none', () => {
    const zeros = statements.filter(({ statement, policyType }) => statement === '0' && policyType === 'identity');
    expect(zeros.map(({ sid, index }) => ({ sid, index }))).toEqual([
      { sid: null, index: 0 },
      { sid: '0', index: 0 },
      { sid: null, index: 0 },
    ]);
  });
});

function through(context: object): ExplainedStatement | undefined {
  return statementsOf(explain(named, { context })).find(({ statement }) => statement === 'Through');
}

test('the condition of a statement is told as it is written, also where the request is known to meet it or not to', () => {
  const writtenCondition = 'if aws:SourceVpce is vpce-1';
  expect(through({})).toMatchObject({ condition: writtenCondition, writtenCondition });
  expect(through({ 'aws:SourceVpce': 'vpce-1' })).toMatchObject({ condition: null, writtenCondition });
  expect(through({ 'aws:SourceVpce': null })).toBeUndefined();
});

test('where an Allow is missing, those that would apply under another condition are named', () => {
  const conditional = documentOf({ Sid: 'Near', Effect: 'Allow', Principal: '*', Action: 'ecr:*', ...vpce });
  const principal = `arn:aws:iam::222233334444:role/other`;
  const explanation = explain(conditional, { principal, context: { 'aws:SourceVpce': null } });
  const resource = gatesOf(explanation).find(({ gate }) => gate === 'resource');
  expect(resource).toMatchObject({ verdict: 'noAllow', lacksAllow: true, decides: true });
  expect(resource?.unmet).toMatchObject([{ statement: 'Near', writtenCondition: 'if aws:SourceVpce is vpce-1' }]);
});

test('an Allow for the whole account is no Allow of its own in that account, and says so', () => {
  const resource = gatesOf(explain(null)).find(({ gate }) => gate === 'resource');
  expect(resource).toMatchObject({ verdict: 'noAllow', statements: [{ statement: 'Registry', names: 'account' }] });
});

test('keys that are left open are named, and a stated key that nothing asks for is told apart', () => {
  const open = explain(named, { context: { 'aws:SourceVpc': 'vpc-1' } });
  expect(open).toMatchObject({ decision: 'conditional', openKeys: ['aws:SecureTransport'] });
  const context = { 'aws:SecureTransport': 'true', 'AWS:SourceVpc': null };
  expect(explain(named, { context })).toMatchObject({
    decision: 'allowed',
    openKeys: [],
    given: [
      { key: 'aws:SecureTransport', values: ['true'], isAsked: true },
      { key: 'AWS:SourceVpc', values: null, isAsked: false },
    ],
  });
});

test('what has a say and was not read is named with the reason that was noted', () => {
  const snapshot = assembleSnapshot(
    parts(null).map((part) =>
      part.path === 'snapshot.json'
        ? {
            ...part,
            content: JSON.stringify({
              formatVersion: 1,
              takenAt: '2026-11-16T06:00:00Z',
              partition: 'aws',
              gaps: [
                {
                  accountId: A,
                  region: 'eu-west-1',
                  source: 'ecr:GetRepositoryPolicy',
                  resource: repository,
                  reason: 'accessDenied',
                  message: 'access denied',
                },
              ],
            }),
          }
        : part,
    ),
  );
  const result = explainRequest(snapshot, { principal: user.Arn, action: 'ecr:PutImage', resource: repository });
  expect(result).toMatchObject({ kind: 'explanation', explanation: { decision: 'unknown' } });
  const gates = result.kind === 'explanation' ? gatesOf(result.explanation) : [];
  expect(gates.find(({ gate }) => gate === 'resource')).toMatchObject({
    verdict: 'notRead',
    decides: true,
    unread: [{ what: `repository policy of ${repository}`, why: 'access denied' }],
  });
});
