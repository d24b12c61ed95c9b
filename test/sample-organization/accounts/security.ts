import { accountIds } from '../identifiers.ts';
import type { Account } from '../model.ts';
import { allow, deny, login, policy, pull, roleArn, trustAccount, trustService } from '../documents.ts';
import { emptyAccount, identityCenterRole, organizationAccountAccessRole, serviceLinkedRole } from './account.ts';

/** The security account reads everywhere: its image scanner pulls across the organization. */
export function securityAccount(): Account {
  const account = emptyAccount(accountIds.security);
  account.policies = [
    {
      name: 'ScanImages',
      path: '/audit/',
      versions: [
        {
          document: policy(
            login,
            allow({
              Sid: 'PullToScan',
              Action: [...pull, 'ecr:DescribeImages', 'ecr:ListImages'],
              Resource: 'arn:aws:ecr:*:*:repository/*',
            }),
          ),
          createdAt: '2024-03-05T10:12:00Z',
        },
      ],
    },
  ];
  account.users = [{ name: 'siem-reader', managed: ['SecurityAudit'] }];
  account.roles = [
    identityCenterRole(account.id, {
      name: 'AdministratorAccess',
      suffix: 'c8d91e60ab3f2745',
      managed: ['AdministratorAccess'],
    }),
    identityCenterRole(account.id, {
      name: 'SecurityAuditor',
      suffix: '2f6b8c01d7e49a53',
      managed: ['SecurityAudit', 'AmazonEC2ContainerRegistryReadOnly'],
    }),
    organizationAccountAccessRole(accountIds.management),
    serviceLinkedRole('AWSServiceRoleForAmazonGuardDuty', 'guardduty.amazonaws.com', [
      'AmazonGuardDutyServiceRolePolicy',
    ]),
    serviceLinkedRole('AWSServiceRoleForAmazonInspector2', 'inspector2.amazonaws.com', [
      'AmazonInspector2ServiceRolePolicy',
    ]),
    serviceLinkedRole('AWSServiceRoleForCloudTrail', 'cloudtrail.amazonaws.com', ['CloudTrailServiceRolePolicy']),
    { name: 'image-scanner', path: '/audit/', trust: trustService('ecs-tasks.amazonaws.com'), managed: ['ScanImages'] },
    {
      name: 'image-scanner-execution',
      path: '/audit/',
      trust: trustService('ecs-tasks.amazonaws.com'),
      managed: ['AmazonECSTaskExecutionRolePolicy', 'AWSLambdaBasicExecutionRole'],
    },
    {
      name: 'incident-response',
      path: '/audit/',
      trust: policy(
        allow({
          Principal: {
            AWS: roleArn(
              accountIds.management,
              'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_AdministratorAccess_41c6a0d2e97b3f58',
            ),
          },
          Action: 'sts:AssumeRole',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
      ),
      managed: ['AmazonEC2ContainerRegistryFullAccess'],
      inline: {
        OnlyFromTheWarRoom: policy(
          deny({
            Action: 'ecr:*',
            Resource: '*',
            Condition: {
              NotIpAddress: { 'aws:SourceIp': ['198.51.100.0/26', '2001:db8:40::/48'] },
              Bool: { 'aws:ViaAWSService': 'false' },
            },
          }),
        ),
      },
    },
    {
      name: 'evidence-archiver',
      path: '/audit/',
      trust: trustAccount(accountIds.security),
      managed: ['AmazonEC2ContainerRegistryPullOnly'],
    },
  ];
  account.registries['eu-west-1'].repositories = [
    {
      name: 'forensics/evidence-collector',
      tags: { Team: 'security', Sensitivity: 'restricted' },
      kmsKeyId: '5d0c7a3e-8f14-4b62-9e0d-1a7f3c9b2e48',
      policy: policy(
        deny({
          Sid: 'NobodyChangesEvidence',
          Principal: '*',
          Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository', 'ecr:PutImage'],
          Resource: '*',
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': roleArn(account.id, 'audit/incident-response') } },
        }),
      ),
    },
  ];
  return account;
}
