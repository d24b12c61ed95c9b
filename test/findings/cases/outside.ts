import { expectText } from '../expect-text.ts';
import type { RuleCases } from '../rule-case.ts';
import { MEMBER, ORGANIZATION, repositoryArn, rootOf, type Statement, STRANGER, UNIT } from '../scene.ts';

const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const push = ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'];
const allow = (Principal: unknown, Action: unknown, Condition?: object): Statement => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...(Condition === undefined ? {} : { Condition }),
});
const inApp = (...statements: readonly Statement[]) => ({ repositories: { 'prod/app': statements } });
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } };
const endpoint = { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } };
const app = repositoryArn('prod/app');

export const outsideCases: readonly RuleCases[] = [
  {
    rule: 'ECR-PUB-PUSH',
    finds: [
      {
        title: 'everybody may put images',
        scene: inApp(allow('*', 'ecr:PutImage')),
        expected: [
          { severity: 'critical', resource: app, doubts: [], reasons: [{ policyType: 'repository', policy: app }] },
        ],
      },
      {
        title: 'a condition that everybody can meet limits nobody: encryption, their own tags, another region',
        scene: inApp(
          allow('*', 'ecr:SetRepositoryPolicy', {
            Bool: { 'aws:SecureTransport': 'true' },
            StringEquals: { 'aws:PrincipalTag/team': 'payments' },
          }),
        ),
        expected: [{ resource: app }],
      },
      {
        title: 'to leave out one network lets in everybody else',
        scene: inApp(allow('*', 'ecr:PutImage', { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } })),
        expected: [{ resource: app }],
      },
      {
        title: 'an address range of the whole internet limits nobody',
        scene: inApp(allow('*', 'ecr:PutImage', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })),
        expected: [{ resource: app }],
      },
      {
        title: 'ForAllValues holds for whoever is in no organization',
        scene: inApp(
          allow('*', 'ecr:PutImage', { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } }),
        ),
        expected: [{ resource: app }],
      },
    ],
    ignores: [
      { title: 'the organization alone is let in', scene: inApp(allow('*', push, inOrganization)) },
      { title: 'one VPC endpoint alone is let in', scene: inApp(allow('*', push, endpoint)) },
      {
        title: 'everybody but our accounts is denied',
        scene: inApp(allow('*', push), {
          ...allow('*', '*', { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }),
          Effect: 'Deny',
        }),
      },
      { title: 'everybody may pull, and no more', scene: inApp(allow('*', pull)) },
      { title: 'the policy was not read', scene: { repositories: { 'prod/app': 'unread', open: [allow('*', pull)] } } },
    ],
  },
  {
    rule: 'ECR-PUB-PULL',
    finds: [
      { title: 'everybody may pull', scene: inApp(allow('*', pull)), expected: [{ severity: 'high', resource: app }] },
      {
        title: 'everybody is written as AWS',
        scene: inApp(allow({ AWS: '*' }, 'ecr:*')),
        expected: [{ severity: 'high', resource: app }],
      },
    ],
    ignores: [
      {
        title: 'one address range alone is let in',
        scene: inApp(allow('*', pull, { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } })),
      },
      { title: 'one account alone is let in', scene: inApp(allow({ AWS: STRANGER }, pull)) },
    ],
  },
  {
    rule: 'ECR-XACCT-PUSH',
    finds: [
      {
        title: 'an account that nobody knows may push',
        scene: inApp(allow({ AWS: rootOf(STRANGER) }, push)),
        expected: [{ severity: 'critical', resource: app, principal: { arn: rootOf(STRANGER) }, doubts: [] }],
      },
      {
        title: 'a partner may push, one level lower',
        scene: inApp(allow({ AWS: STRANGER }, push)),
        settings: { partnerAccounts: [STRANGER] },
        expected: [{ severity: 'high' }],
      },
      {
        title: 'it is less grave outside production',
        scene: { repositories: { tools: [allow({ AWS: STRANGER }, push)] } },
        expected: [{ severity: 'high' }],
      },
      {
        title: 'whoever comes through an endpoint may push, and it says so',
        scene: inApp(allow('*', push, endpoint)),
        expected: [{ severity: 'high', title: expectText('VPC or VPC endpoint') }],
      },
      {
        title: 'an organization that was not read leaves a doubt',
        scene: { ...inApp(allow({ AWS: STRANGER }, push)), hasOrganization: false },
        expected: [{ doubts: [expectText('may be ours'), expectText('not collected')] }],
      },
    ],
    ignores: [
      { title: 'a member of the organization may push', scene: inApp(allow({ AWS: MEMBER }, push)) },
      {
        title: 'the account is ours by configuration',
        scene: inApp(allow({ AWS: STRANGER }, push)),
        settings: { ourAccounts: [STRANGER] },
      },
      {
        title: 'the account is allowed to',
        scene: inApp(allow({ AWS: STRANGER }, push)),
        settings: { allowedAccounts: [STRANGER] },
      },
      {
        title: 'an Allow that a Deny takes back',
        scene: inApp(allow({ AWS: STRANGER }, push), { ...allow({ AWS: STRANGER }, 'ecr:*'), Effect: 'Deny' }),
      },
    ],
  },
  {
    rule: 'ECR-XACCT-PULL',
    finds: [
      {
        title: 'an account that nobody knows may pull',
        scene: inApp(allow({ AWS: STRANGER }, pull)),
        expected: [{ severity: 'high', principal: { arn: rootOf(STRANGER) } }],
      },
      {
        title: 'everybody may, with a condition on an account that nobody knows',
        scene: inApp(allow('*', pull, { StringEquals: { 'aws:PrincipalAccount': STRANGER } })),
        expected: [{ severity: 'high', title: expectText('a condition on the account') }],
      },
    ],
    ignores: [
      {
        title: 'a partner may pull',
        scene: inApp(allow({ AWS: STRANGER }, pull)),
        settings: { partnerAccounts: [STRANGER] },
      },
      { title: 'the organization may pull', scene: inApp(allow('*', pull, inOrganization)) },
    ],
  },
  {
    rule: 'ECR-ORG-WIDE-PUSH',
    finds: [
      {
        title: 'the whole organization may push',
        scene: inApp(allow('*', push, inOrganization)),
        expected: [{ severity: 'high', resource: app, title: expectText('the whole organization') }],
      },
      {
        title: 'a unit may push',
        scene: inApp(
          allow('*', push, {
            'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/r-abcd/${UNIT}/*` },
          }),
        ),
        expected: [{ title: expectText('the unit Workloads') }],
      },
    ],
    ignores: [
      { title: 'the whole organization may pull', scene: inApp(allow('*', pull, inOrganization)) },
      {
        title: 'the whole organization through one endpoint may push',
        scene: inApp(
          allow('*', push, { StringEquals: { ...inOrganization.StringEquals, 'aws:SourceVpce': 'vpce-0a1b2c3d' } }),
        ),
      },
      { title: 'one member may push', scene: inApp(allow({ AWS: MEMBER }, push)) },
    ],
  },
  {
    rule: 'ECR-ORGID-STALE',
    finds: [
      {
        title: 'another organization is trusted',
        scene: inApp(allow('*', pull, { StringEquals: { 'aws:PrincipalOrgID': 'o-another9999' } })),
        expected: [{ severity: 'high', resource: app, title: expectText('o-another9999') }],
      },
      {
        title: 'a unit is trusted that is not there',
        scene: inApp(
          allow('*', pull, {
            'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/r-abcd/ou-abcd-99999999/*` },
          }),
        ),
        expected: [{ title: expectText('ou-abcd-99999999') }],
      },
    ],
    ignores: [
      { title: 'our organization is trusted', scene: inApp(allow('*', pull, inOrganization)) },
      {
        title: 'the other organization is ours, too',
        scene: inApp(allow('*', pull, { StringEquals: { 'aws:PrincipalOrgID': 'o-another9999' } })),
        settings: { ourOrganizations: ['o-another9999'] },
      },
    ],
  },
  {
    rule: 'ECR-ACCOUNT-LEFT',
    finds: [
      {
        title: 'an account is trusted that left',
        scene: { ...inApp(allow({ AWS: STRANGER }, pull)) },
        before: { accounts: ['111122223333', MEMBER, STRANGER] },
        expected: [{ severity: 'high', resource: app, title: expectText('left the organization') }],
      },
    ],
    ignores: [
      {
        title: 'the account is trusted and still belongs to the organization',
        scene: { ...inApp(allow({ AWS: STRANGER }, pull)), accounts: ['111122223333', MEMBER, STRANGER] },
        before: { accounts: ['111122223333', MEMBER, STRANGER] },
      },
      {
        title: 'it never belonged to it',
        scene: inApp(allow({ AWS: STRANGER }, pull)),
        before: {},
      },
      {
        title: 'whether it left is not known: the organization was not read',
        scene: { ...inApp(allow({ AWS: STRANGER }, pull)), hasOrganization: false },
        before: { accounts: ['111122223333', MEMBER, STRANGER] },
      },
    ],
  },
  {
    rule: 'ECR-NOTPRINCIPAL',
    finds: [
      {
        title: 'an Allow is for everybody who is not listed',
        scene: inApp({ Effect: 'Allow', NotPrincipal: { AWS: STRANGER }, Action: 'ecr:*' }),
        expected: [{ severity: 'high', resource: app, title: expectText('NotPrincipal') }],
      },
      {
        title: 'an Allow is for every action that is not listed',
        scene: inApp({ Effect: 'Allow', Principal: { AWS: MEMBER }, NotAction: 'ecr:PutImage' }),
        expected: [{ title: expectText('NotAction') }],
      },
    ],
    ignores: [
      {
        title: 'a Deny is for everybody who is not listed',
        scene: inApp({ Effect: 'Deny', NotPrincipal: { AWS: MEMBER }, Action: 'ecr:*' }),
      },
    ],
  },
  {
    rule: 'ECR-DEADPRINC',
    finds: [
      {
        title: 'an id stands where a role was',
        scene: inApp(allow({ AWS: 'AROADELETEDROLE000001' }, pull)),
        expected: [{ severity: 'low', title: expectText('AROADELETEDROLE000001') }],
      },
      {
        title: 'a role of ours that is not there may push',
        scene: inApp(allow({ AWS: 'arn:aws:iam::111122223333:role/gone' }, push)),
        expected: [{ severity: 'medium' }],
      },
    ],
    ignores: [
      {
        title: 'a role of an account that was not read may be there',
        scene: inApp(allow({ AWS: `arn:aws:iam::${MEMBER}:role/anybody` }, pull)),
      },
    ],
  },
];
