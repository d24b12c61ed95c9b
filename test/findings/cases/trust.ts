import { expectText } from '../expect-text.ts';
import type { RuleCases } from '../rule-case.ts';
import { A, MEMBER, ORGANIZATION, roleArn, rootOf, type Scene, type Statement, STRANGER } from '../scene.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
const statements: readonly Statement[] = [{ Effect: 'Allow', Action: 'ecr:PutImage', Resource: '*' }];
const reads: readonly Statement[] = [{ Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' }];
const trusting = (trust: Statement, rights = statements): Scene => ({
  roles: [{ name: 'ci', id: 'AROACIEXAMPLE00000001', statements: rights, trust: [trust] }],
});
const oidc = (host: string, Condition?: object): Statement => ({
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::${A}:oidc-provider/${host}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
  ...(Condition === undefined ? {} : { Condition }),
});
const audience = { [`${GITHUB}:aud`]: 'sts.amazonaws.com' };
const subject = (sub: string): Statement =>
  oidc(GITHUB, { StringEquals: audience, StringLike: { [`${GITHUB}:sub`]: sub } });
const assume = (Principal: unknown, Condition?: object): Statement => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition === undefined ? {} : { Condition }),
});
const externalId = { StringEquals: { 'sts:ExternalId': 'customs-2025' } };

export const trustCases: readonly RuleCases[] = [
  {
    rule: 'ECR-OIDC-NOSUB',
    finds: [
      {
        title: 'the audience alone says nothing of who it is',
        scene: trusting(oidc(GITHUB, { StringEquals: audience })),
        expected: [{ severity: 'critical', resource: roleArn('ci'), title: expectText('whoever has a token') }],
      },
      { title: 'any repository at all', scene: trusting(subject('repo:*')), expected: [{ severity: 'critical' }] },
      {
        title: 'any repository of an owner, one level lower, as production is pushed to',
        scene: trusting(subject('repo:larkfield/*:*')),
        expected: [{ severity: 'high', title: expectText('every repository of larkfield') }],
      },
      {
        title: 'any service account of a cluster, which is not the world',
        scene: trusting(oidc(EKS)),
        expected: [{ severity: 'high' }],
      },
    ],
    ignores: [
      { title: 'one repository and branch', scene: trusting(subject('repo:larkfield/shop:ref:refs/heads/main')) },
      { title: 'the role reads only', scene: trusting(oidc(GITHUB), reads) },
      {
        title: 'one service account',
        scene: trusting(oidc(EKS, { StringEquals: { [`${EKS}:sub`]: 'system:serviceaccount:ci:publisher' } })),
      },
      {
        title: 'a Deny takes back whatever is no repository of ours',
        scene: {
          roles: [
            {
              name: 'ci',
              id: 'AROACIEXAMPLE00000001',
              statements,
              trust: [
                oidc(GITHUB),
                {
                  ...oidc(GITHUB, { StringNotLike: { [`${GITHUB}:sub`]: 'repo:larkfield/shop:ref:refs/heads/main' } }),
                  Effect: 'Deny',
                },
              ],
            },
          ],
        },
      },
    ],
  },
  {
    rule: 'ECR-OIDC-PR',
    finds: [
      {
        title: 'pull requests of a repository are let in',
        scene: trusting(subject('repo:larkfield/shop:*')),
        expected: [{ severity: 'high', title: expectText('pull requests and any branch of larkfield/shop') }],
      },
      {
        title: 'any branch is let in',
        scene: trusting(subject('repo:larkfield/shop:ref:refs/heads/*')),
        expected: [{ title: expectText('any branch of larkfield/shop') }],
      },
    ],
    ignores: [
      { title: 'one branch', scene: trusting(subject('repo:larkfield/shop:ref:refs/heads/main')) },
      { title: 'one environment', scene: trusting(subject('repo:larkfield/shop:environment:production')) },
    ],
  },
  {
    rule: 'ECR-TRUST-EXT',
    finds: [
      {
        title: 'an account that nobody knows',
        scene: trusting(assume({ AWS: rootOf(STRANGER) })),
        expected: [{ severity: 'high', title: expectText('without an external id') }],
      },
      {
        title: 'everybody',
        scene: trusting(assume('*')),
        expected: [{ severity: 'high', title: expectText('every AWS account') }],
      },
      {
        title: 'a partner without an external id, one level lower',
        scene: trusting(assume({ AWS: STRANGER })),
        settings: { partnerAccounts: [STRANGER] },
        expected: [{ severity: 'medium' }],
      },
      {
        title: 'a SAML provider of another account',
        scene: trusting({
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${STRANGER}:saml-provider/okta` },
          Action: 'sts:AssumeRoleWithSAML',
        }),
        expected: [{ title: expectText('saml-provider/okta') }],
      },
    ],
    ignores: [
      { title: 'a member of the organization', scene: trusting(assume({ AWS: rootOf(MEMBER) })) },
      {
        title: 'everybody of the organization',
        scene: trusting(assume('*', { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } })),
      },
      {
        title: 'a partner with an external id',
        scene: trusting(assume({ AWS: STRANGER }, externalId)),
        settings: { partnerAccounts: [STRANGER] },
      },
      { title: 'the role reads only', scene: trusting(assume({ AWS: STRANGER }), reads) },
      { title: 'a service of AWS', scene: trusting(assume({ Service: 'codebuild.amazonaws.com' })) },
    ],
  },
  {
    rule: 'ECR-TRUST-WIDE',
    finds: [
      {
        title: 'a role became its whole account',
        scene: trusting(assume({ AWS: rootOf(A) })),
        before: trusting(assume({ AWS: roleArn('runner') })),
        expected: [{ severity: 'medium', title: expectText(A) }],
      },
    ],
    ignores: [
      {
        title: 'an account id is written as its root',
        scene: trusting(assume({ AWS: rootOf(A) })),
        before: trusting(assume({ AWS: A })),
      },
      { title: 'the role is new', scene: trusting(assume({ AWS: rootOf(A) })), before: {} },
    ],
  },
  {
    rule: 'ECR-SLR-TRUST',
    finds: [
      {
        title: 'the role of replication trusts somebody besides',
        scene: {
          roles: [
            {
              name: 'AWSServiceRoleForECRReplication',
              id: 'AROASLREXAMPLE0000001',
              path: '/aws-service-role/replication.ecr.amazonaws.com/',
              trust: [assume({ Service: 'replication.ecr.amazonaws.com', AWS: STRANGER })],
            },
          ],
        },
        expected: [{ severity: 'medium' }],
      },
    ],
    ignores: [
      {
        title: 'the role is as AWS makes it',
        scene: {
          roles: [
            {
              name: 'AWSServiceRoleForECRReplication',
              id: 'AROASLREXAMPLE0000001',
              path: '/aws-service-role/replication.ecr.amazonaws.com/',
              trust: [assume({ Service: 'replication.ecr.amazonaws.com' })],
            },
          ],
        },
      },
    ],
  },
  {
    rule: 'ECR-SLR',
    finds: [
      {
        title: 'it was made by somebody who is no administrator',
        scene: {
          calls: [
            {
              name: 'CreateServiceLinkedRole',
              source: 'iam',
              daysAgo: 1,
              request: { aWSServiceName: 'replication.ecr.amazonaws.com' },
            },
          ],
        },
        expected: [{ severity: 'low', principal: { id: 'AROACIEXAMPLE00000001' } }],
      },
    ],
    ignores: [
      {
        title: 'an administrator made it',
        settings: { administrators: ['ci'] },
        scene: {
          calls: [
            {
              name: 'CreateServiceLinkedRole',
              source: 'iam',
              daysAgo: 1,
              request: { aWSServiceName: 'replication.ecr.amazonaws.com' },
            },
          ],
        },
      },
    ],
  },
];
