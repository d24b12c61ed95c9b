import { expect, test } from 'vitest';
import { assembleSnapshot } from './assemble.ts';
import type { DocumentProblem } from './model.ts';
import { nameDocument } from './named-document.ts';

const text = (length: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'x'.repeat(length), Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' }],
  });

function arn(type: string, name: string): string {
  return `arn:aws:iam::111122223333:${type}/${name}`;
}

test('a document above the limit of AWS is read, and the limit is recorded', () => {
  const problems: DocumentProblem[] = [];
  const { document } = nameDocument('long', text(6144), { kind: 'identity', lengthMax: 6144 }, problems);
  expect(document).toMatchObject({ kind: 'readable', value: { statements: [{ effect: { value: 'Allow' } }] } });
  expect(problems).toEqual([
    { policy: 'long', place: 'document (line 1, column 1)', message: expect.stringContaining('at most 6144') },
  ]);
});

test('a document within the limit, and one of a kind without a limit, have no problem', () => {
  const problems: DocumentProblem[] = [];
  nameDocument('short', text(10), { kind: 'identity', lengthMax: 6144 }, problems);
  nameDocument('aws', text(20_000), { kind: 'identity', lengthMax: null }, problems);
  expect(problems).toEqual([]);
});

test.each([
  ['account-authorization-details.json', 'an inline policy of a user', 2048],
  ['account-authorization-details.json', 'an inline policy of a role', 10_240],
  ['account-authorization-details.json', 'an inline policy of a group', 5120],
  ['account-authorization-details.json', 'a managed policy', 6144],
])('in %s, %s has the limit %i', (file, what, limit) => {
  const PolicyDocument = text(limit);
  const inline = [{ PolicyName: 'long', PolicyDocument }];
  const details = {
    UserDetailList: what.endsWith('user')
      ? [{ UserName: 'u', UserId: 'AIDAU', Arn: arn('user', 'u'), UserPolicyList: inline }]
      : [],
    RoleDetailList: what.endsWith('role')
      ? [{ RoleName: 'r', RoleId: 'AROAR', Arn: arn('role', 'r'), RolePolicyList: inline }]
      : [],
    GroupDetailList: what.endsWith('group')
      ? [{ GroupName: 'g', GroupId: 'AGPAG', Arn: arn('group', 'g'), GroupPolicyList: inline }]
      : [],
    Policies: what.startsWith('a managed')
      ? [
          {
            Arn: arn('policy', 'p'),
            PolicyName: 'p',
            DefaultVersionId: 'v1',
            PolicyVersionList: [{ VersionId: 'v1', Document: PolicyDocument, IsDefaultVersion: true }],
          },
        ]
      : [],
  };
  expect(problemsIn(`accounts/111122223333/${file}`, details)).toEqual([expect.stringContaining(`at most ${limit},`)]);
});

// 5,120 characters for either kind.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
test.each([
  ['SERVICE_CONTROL_POLICY', {}],
  ['RESOURCE_CONTROL_POLICY', { Principal: '*' }],
])('in organization.json, a %s of 5,120 characters is within the limit, and one more is above it', (type, members) => {
  const written = (length: number): string => {
    const statement = { Effect: 'Deny', ...members, Action: 'ecr:PutImage', Resource: '*' };
    const document = (sid: string): string =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: sid, ...statement }] });
    return document('x'.repeat(length - document('').length));
  };
  const organization = (Content: string): unknown => ({
    Organization: { Id: 'o-1', MasterAccountId: '999999999999' },
    Roots: [{ Id: 'r-1' }],
    OrganizationalUnits: [],
    Accounts: [{ Id: '111122223333', ParentId: 'r-1' }],
    Policies: [{ PolicySummary: { Id: 'p-1', Name: 'long', Type: type }, Content, Targets: ['r-1'] }],
  });
  expect(problemsIn('organization.json', organization(written(5_120)))).toEqual([]);
  expect(problemsIn('organization.json', organization(written(5_121)))).toEqual([
    'has 5121 characters, white space aside: expected at most 5120, as AWS does',
  ]);
});

function problemsIn(path: string, content: unknown): readonly string[] {
  const manifest = { formatVersion: 1, takenAt: '2026-11-20T00:00:00Z', partition: 'aws', gaps: [] };
  const { problems } = assembleSnapshot([
    { path: 'snapshot.json', content: JSON.stringify(manifest) },
    { path, content: JSON.stringify(content) },
  ]);
  return problems.map(({ message }) => message);
}
