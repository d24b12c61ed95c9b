import { accountIds } from '../identifiers.ts';
import type { Account, Repository, Role } from '../model.ts';
import {
  allow,
  deny,
  login,
  policy,
  policyOf2008,
  pull,
  push,
  repositoryArn,
  rootArn,
  trustAccount,
  trustService,
  userArn,
} from '../documents.ts';
import { emptyAccount, identityCenterRole, organizationAccountAccessRole, serviceLinkedRole } from './account.ts';

const { production, registry } = accountIds;

/** The account that delivers parcels: clusters, tasks and functions that pull from the shared registry. */
export function productionAccount(): Account {
  const account = emptyAccount(production);
  account.policies = [
    {
      name: 'PullFromSharedRegistry',
      path: '/platform/',
      versions: [
        {
          createdAt: '2023-06-01T08:00:00Z',
          document: policy(login, allow({ Action: pull, Resource: `arn:aws:ecr:eu-west-1:${registry}:repository/*` })),
        },
        {
          createdAt: '2024-09-26T14:20:00Z',
          document: policy(
            login,
            allow({
              Sid: 'PullServices',
              Action: pull,
              Resource: ['base', 'lambda', 'routing', 'tracking'].map((team) =>
                repositoryArn(registry, '*', `${team}/*`),
              ),
            }),
          ),
        },
      ],
    },
    {
      name: 'PaymentsBoundary',
      path: '/boundaries/',
      versions: [
        {
          createdAt: '2024-04-11T09:40:00Z',
          document: policy(
            allow({
              Sid: 'PaymentsOnly',
              Action: ['ecr:*', 'kms:Decrypt', 'logs:*', 's3:*'],
              Resource: '*',
              Condition: { StringEqualsIfExists: { 'aws:ResourceTag/Team': ['payments', 'platform'] } },
            }),
          ),
        },
      ],
    },
  ];
  account.users = [
    {
      name: 'oncall-fallback',
      path: '/emergency/',
      managed: ['ReadOnlyAccess'],
      inline: {
        PullNeedsMfa: policy(
          deny({
            Action: 'ecr:*',
            Resource: '*',
            Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
          }),
        ),
      },
    },
    { name: 'tracktrace-deploy', path: '/legacy/', managed: ['AmazonEC2ContainerRegistryPowerUser'] },
  ];
  account.roles = [...people(), ...clusters(), ...tasks(), ...functions(), ...serviceLinked()];
  account.registries['eu-west-1'].repositories = europeanRepositories();
  account.registries['eu-west-1'].policyScope = 'V1';
  account.registries['eu-west-1'].policy = policy(
    allow({
      Sid: 'SharedRegistryReplicates',
      Principal: { AWS: rootArn(registry) },
      Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
      Resource: repositoryArn(production, 'eu-west-1', '*'),
    }),
  );
  account.registries['us-east-1'].repositories = americanRepositories();
  return account;
}

function people(): Role[] {
  return [
    identityCenterRole(production, {
      name: 'AdministratorAccess',
      suffix: 'e2b7904f6d1ca835',
      managed: ['AdministratorAccess'],
    }),
    identityCenterRole(production, {
      name: 'Developer',
      suffix: '8c3f5a17e96d0b42',
      managed: ['ViewOnlyAccess', 'AmazonEC2ContainerRegistryPullOnly'],
    }),
    identityCenterRole(production, { name: 'OnCall', suffix: '15d8a6f3b07c9e24', managed: ['ReadOnlyAccess'] }),
    organizationAccountAccessRole(accountIds.management),
  ];
}

function clusters(): Role[] {
  const node = [
    'AmazonEC2ContainerRegistryPullOnly',
    'AmazonEKSWorkerNodePolicy',
    'AmazonEKS_CNI_Policy',
    'AmazonSSMManagedInstanceCore',
  ];
  return [
    ...['payments', 'routing', 'tracking'].map((cluster) => ({
      name: `${cluster}-node`,
      path: '/eks/',
      trust: trustService('ec2.amazonaws.com'),
      managed: node,
      hasInstanceProfile: true,
      tags: { Team: cluster },
    })),
    {
      name: 'image-updater',
      path: '/eks/',
      trust: trustService('pods.eks.amazonaws.com'),
      inline: {
        WatchTags: policy(
          login,
          allow({
            Action: ['ecr:DescribeImages', 'ecr:ListImages', ...pull],
            Resource: '*',
            Condition: { StringEquals: { 'aws:ResourceAccount': registry } },
          }),
        ),
      },
    },
  ];
}

function tasks(): Role[] {
  const trust = trustService('ecs-tasks.amazonaws.com');
  return [
    {
      name: 'gateway-execution',
      path: '/teams/payments/',
      trust,
      managed: ['AmazonECSTaskExecutionRolePolicy'],
      boundary: 'PaymentsBoundary',
      tags: { Team: 'payments' },
    },
    {
      name: 'ledger-execution',
      path: '/teams/payments/',
      trust,
      managed: ['AmazonECSTaskExecutionRolePolicy'],
      boundary: 'PaymentsBoundary',
      tags: { Team: 'payments' },
    },
    {
      name: 'fraud-scorer',
      path: '/teams/payments/',
      trust,
      inline: {
        PullModel: policy(
          login,
          allow({ Action: pull, Resource: repositoryArn(registry, 'eu-west-1', 'payments/fraud-model') }),
        ),
      },
      boundary: 'PaymentsBoundary',
      tags: { Team: 'payments' },
    },
    {
      name: 'tracking-execution',
      path: '/teams/tracking/',
      trust,
      managed: ['PullFromSharedRegistry', 'AWSLambdaBasicExecutionRole'],
      tags: { Team: 'tracking' },
    },
    {
      name: 'routing-execution',
      path: '/teams/routing/',
      trust,
      managed: ['PullFromSharedRegistry'],
      tags: { Team: 'routing' },
    },
    {
      name: 'mobile-execution',
      path: '/teams/mobile/',
      trust,
      managed: ['AmazonECSTaskExecutionRolePolicy'],
      tags: { Team: 'mobile' },
    },
    {
      name: 'airflow-worker',
      path: '/teams/data/',
      trust,
      managed: ['AmazonEC2ContainerRegistryPullOnly'],
      tags: { Team: 'data' },
    },
    // Made anew after the first one was deleted; the repository that named the old one does not know it.
    {
      name: 'emr-cluster',
      path: '/teams/data/',
      trust: trustService('elasticmapreduce.amazonaws.com'),
      managed: ['AmazonEC2ContainerRegistryPullOnly'],
      tags: { Team: 'data' },
      generation: 2,
    },
  ];
}

function functions(): Role[] {
  const trust = trustService('lambda.amazonaws.com');
  return [
    { name: 'label-printer', path: '/lambda/', trust, managed: ['AWSLambdaBasicExecutionRole'] },
    { name: 'address-check', path: '/lambda/', trust, managed: ['AWSLambdaBasicExecutionRole'] },
    {
      name: 'function-deployer',
      path: '/ci/',
      trust: trustAccount(registry),
      managed: ['AWSLambda_FullAccess'],
      inline: {
        PullForFunctions: policy(
          login,
          allow({ Action: [...pull, 'ecr:GetRepositoryPolicy', 'ecr:SetRepositoryPolicy'], Resource: '*' }),
        ),
      },
    },
  ];
}

function serviceLinked(): Role[] {
  return [
    serviceLinkedRole('AWSServiceRoleForAmazonEKS', 'eks.amazonaws.com', ['AmazonEKSServiceRolePolicy']),
    serviceLinkedRole('AWSServiceRoleForAutoScaling', 'autoscaling.amazonaws.com', ['AutoScalingServiceRolePolicy']),
    serviceLinkedRole('AWSServiceRoleForECS', 'ecs.amazonaws.com', ['AmazonECSServiceRolePolicy']),
    serviceLinkedRole('AWSServiceRoleForECRReplication', 'replication.ecr.amazonaws.com', [
      'ECRReplicationServiceRolePolicy',
    ]),
  ];
}

function europeanRepositories(): Repository[] {
  return [
    {
      name: 'legacy/label-service',
      tags: { Team: 'tracking', Retire: '2026-11' },
      policy: policyOf2008(allow({ Sid: 'new statement', Principal: { AWS: rootArn(production) }, Action: pull })),
    },
    {
      name: 'legacy/track-trace',
      tags: { Team: 'tracking' },
      policy: policyOf2008(
        allow({
          Sid: 'Deploy',
          Principal: { AWS: userArn(production, 'legacy/tracktrace-deploy') },
          Action: [...push, ...pull.slice(1)],
        }),
      ),
    },
    { name: 'tracking/api', tags: { Team: 'tracking' }, isMutable: false },
    { name: 'tracking/worker', tags: { Team: 'tracking' }, isMutable: false },
  ];
}

function americanRepositories(): Repository[] {
  return [
    {
      name: 'lambda/address-check',
      tags: { Team: 'mobile' },
      policy: policy(
        allow({
          Sid: 'LambdaPulls',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: pull,
          Condition: { StringEquals: { 'aws:SourceAccount': production } },
        }),
      ),
    },
    {
      name: 'lambda/geocoder',
      tags: { Team: 'routing' },
      policy: policy(
        allow({
          Sid: 'OurRolesPull',
          Principal: { AWS: production },
          Action: pull,
          Condition: { StringEquals: { 'aws:PrincipalTag/Team': '${aws:ResourceTag/Team}' } },
        }),
      ),
    },
  ];
}
