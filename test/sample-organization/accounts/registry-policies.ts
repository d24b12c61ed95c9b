import { accountIds } from '../identifiers.ts';
import type { ManagedPolicy } from '../model.ts';
import { allow, deny, login, policy, policyOf2008, pull, push } from '../documents.ts';

const registry = accountIds.registry;

/** The policies that the platform team wrote for the shared registry. */
export function registryPolicies(): ManagedPolicy[] {
  return [
    {
      name: 'PushOwnTeam',
      path: '/teams/',
      versions: [
        {
          createdAt: '2024-05-14T09:00:00Z',
          document: policy(
            login,
            allow({
              Action: push,
              Resource: `arn:aws:ecr:eu-west-1:${registry}:repository/\${aws:PrincipalTag/Team}/*`,
            }),
          ),
        },
        {
          createdAt: '2025-02-03T13:30:00Z',
          document: policy(
            login,
            allow({
              Sid: 'PushByName',
              Action: push,
              Resource: `arn:aws:ecr:*:${registry}:repository/\${aws:PrincipalTag/Team}/*`,
            }),
            allow({
              Sid: 'PushByTag',
              Action: [...push, ...pull],
              Resource: `arn:aws:ecr:*:${registry}:repository/*`,
              Condition: {
                StringEquals: { 'aws:ResourceTag/Team': '${aws:PrincipalTag/Team}' },
                Null: { 'aws:PrincipalTag/Team': 'false' },
              },
            }),
          ),
        },
      ],
    },
    {
      name: 'OnlyFromOurNetworks',
      versions: [
        {
          createdAt: '2023-11-20T11:00:00Z',
          document: policy(
            deny({
              Sid: 'OfficeOrVpc',
              Action: ['ecr:BatchDeleteImage', 'ecr:Delete*', 'ecr:Put*', 'ecr:Set*'],
              Resource: '*',
              Condition: {
                NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.0/26'] },
                StringNotEqualsIfExists: { 'aws:SourceVpce': ['vpce-0a4b7c9d1e2f3a586', 'vpce-0c1d2e3f4a5b6c7d8'] },
                Bool: { 'aws:ViaAWSService': 'false' },
              },
            }),
          ),
        },
      ],
    },
    {
      name: 'BaseImagesOnly',
      path: '/boundaries/',
      versions: [
        {
          createdAt: '2024-01-09T08:20:00Z',
          document: policy(login, allow({ Action: 'ecr:*', Resource: `arn:aws:ecr:*:${registry}:repository/base/*` })),
        },
      ],
    },
    {
      name: 'CiBoundary',
      path: '/boundaries/',
      versions: [
        {
          createdAt: '2024-01-09T08:25:00Z',
          document: policy(
            allow({ Sid: 'ImagesAndLogs', Action: ['ecr:*', 'logs:*', 'sts:AssumeRole'], Resource: '*' }),
            deny({
              Sid: 'PublishedImagesStay',
              Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
              Resource: '*',
            }),
            deny({
              Sid: 'PoliciesStay',
              Action: ['ecr:*Policy'],
              NotResource: `arn:aws:ecr:*:${registry}:repository/preview/*`,
            }),
          ),
        },
      ],
    },
    {
      name: 'AdministerRegistry',
      path: '/platform/',
      versions: [
        {
          createdAt: '2023-09-12T15:00:00Z',
          document: policy(
            allow({
              Sid: 'EverythingButImages',
              NotAction: ['ecr:PutImage', 'ecr:BatchDeleteImage', 'iam:*', 'organizations:*', 's3:*'],
              Resource: '*',
            }),
          ),
        },
      ],
    },
    {
      name: 'PublishServices',
      path: '/ci/',
      versions: [
        {
          createdAt: '2024-06-18T07:45:00Z',
          document: policy(
            login,
            allow({
              Sid: 'PublishServices',
              Action: push,
              NotResource: [
                `arn:aws:ecr:*:${registry}:repository/base/*`,
                `arn:aws:ecr:*:${registry}:repository/partner/*`,
              ],
            }),
            deny({
              Sid: 'NotThePaymentsLedger',
              Action: 'ecr:PutImage',
              Resource: `arn:aws:ecr:*:${registry}:repository/payments/ledger`,
            }),
          ),
        },
      ],
    },
    {
      // An early document in the old language version: its variable is plain text and matches no repository.
      name: 'PersonalImages',
      versions: [
        {
          createdAt: '2022-04-04T12:00:00Z',
          document: policyOf2008(
            allow({
              Action: push,
              Resource: `arn:aws:ecr:eu-west-1:${registry}:repository/personal/\${aws:username}/*`,
            }),
          ),
        },
      ],
    },
    {
      name: 'DeleteUntagged',
      path: '/platform/',
      versions: [
        {
          createdAt: '2025-07-01T06:10:00Z',
          document: policy(
            allow({
              Action: ['ecr:BatchDeleteImage', 'ecr:DescribeImages', 'ecr:ListImages'],
              Resource: `arn:aws:ecr:*:${registry}:repository/*`,
              Condition: {
                StringNotEqualsIfExists: { 'ecr:ResourceTag/Retention': 'keep' },
                DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' },
              },
            }),
          ),
        },
      ],
    },
  ];
}
