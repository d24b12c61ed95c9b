import { accountIds } from '../identifiers.ts';
import type { Role } from '../model.ts';
import {
  allow,
  deny,
  login,
  policy,
  pull,
  push,
  repositoryArn,
  roleArn,
  trustAccount,
  trustGitHub,
  trustService,
} from '../documents.ts';
import { identityCenterRole, organizationAccountAccessRole, serviceLinkedRole } from './account.ts';

const registry = accountIds.registry;

const promoterVpcEndpoint = 'vpce-0a4b7c9d1e2f3a586';

export function registryRoles(): Role[] {
  return [...people(), ...continuousIntegration(), ...teams(), ...automation(), ...serviceLinked()];
}

function people(): Role[] {
  return [
    identityCenterRole(registry, {
      name: 'AdministratorAccess',
      suffix: '7a10e5c4b8d2f693',
      managed: ['AdministratorAccess'],
    }),
    identityCenterRole(registry, {
      name: 'Developer',
      suffix: 'd05b3f7e1c9a6482',
      managed: ['AmazonEC2ContainerRegistryReadOnly'],
      inline: policy(
        deny({
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          Resource: repositoryArn(registry, '*', 'payments/*'),
        }),
      ),
    }),
    identityCenterRole(registry, {
      name: 'PlatformEngineer',
      suffix: '60e9d4a27bf1c835',
      managed: ['AmazonEC2ContainerRegistryFullAccess', 'ViewOnlyAccess'],
    }),
    organizationAccountAccessRole(accountIds.management),
    {
      name: 'registry-administrator',
      path: '/platform/',
      trust: trustAccount(registry),
      managed: ['AdministerRegistry'],
      tags: { Team: 'platform' },
    },
  ];
}

function continuousIntegration(): Role[] {
  return [
    {
      name: 'github-actions-publish',
      path: '/ci/',
      trust: trustGitHub(registry, [
        'repo:larkfield/tracking:ref:refs/heads/main',
        'repo:larkfield/routing:ref:refs/heads/main',
        'repo:larkfield/mobile:ref:refs/heads/main',
      ]),
      managed: ['PublishServices'],
      boundary: 'CiBoundary',
      tags: { Team: 'platform' },
    },
    {
      name: 'github-actions-payments',
      path: '/ci/',
      trust: trustGitHub(registry, ['repo:larkfield/payments:environment:production']),
      inline: {
        PublishPayments: policy(login, allow({ Action: push, Resource: repositoryArn(registry, '*', 'payments/*') })),
      },
      boundary: 'CiBoundary',
      tags: { Team: 'payments' },
    },
    {
      // The subject admits every branch and every pull request of every repository of the company.
      name: 'github-actions-preview',
      path: '/ci/',
      trust: trustGitHub(registry, ['repo:larkfield/*']),
      managed: ['AmazonEC2ContainerRegistryPowerUser'],
      boundary: 'CiBoundary',
    },
    {
      name: 'base-image-builder',
      path: '/ci/',
      trust: trustService('codebuild.amazonaws.com'),
      managed: ['AWSLambdaBasicExecutionRole'],
      inline: {
        BuildBaseImages: policy(
          login,
          allow({ Action: [...push, ...pull], Resource: repositoryArn(registry, '*', 'base/*') }),
        ),
      },
    },
    {
      name: 'beanstalk-builder',
      path: '/ci/',
      trust: trustService('ec2.amazonaws.com'),
      managed: ['AWSElasticBeanstalkWebTier', 'AWSElasticBeanstalkMulticontainerDocker'],
      hasInstanceProfile: true,
    },
  ];
}

/** One policy for all of them: what each may push follows from its tag. */
function teams(): Role[] {
  return ['tracking', 'routing', 'payments', 'mobile', 'data'].map((team) => ({
    name: `${team}-publisher`,
    path: '/teams/',
    trust: trustAccount(registry),
    managed: ['PushOwnTeam'],
    tags: { Team: team, CostCentre: 'engineering' },
  }));
}

function automation(): Role[] {
  return [
    {
      name: 'image-promoter',
      path: '/platform/',
      trust: trustService('states.amazonaws.com'),
      boundary: 'CiBoundary',
      inline: {
        PromoteThroughTheEndpoint: policy(
          login,
          allow({
            Sid: 'Promote',
            Action: push,
            Resource: repositoryArn(registry, '*', '*'),
            Condition: { StringEquals: { 'aws:SourceVpce': promoterVpcEndpoint } },
          }),
        ),
      },
    },
    {
      // It may read every layer, but nobody gave it a login: the pull grant is of no use.
      name: 'cache-warmer',
      path: '/platform/',
      trust: trustService('lambda.amazonaws.com'),
      inline: { ReadLayers: policy(allow({ Action: pull, Resource: repositoryArn(registry, '*', '*') })) },
    },
    {
      name: 'lifecycle-janitor',
      path: '/platform/',
      trust: trustService('lambda.amazonaws.com'),
      managed: ['DeleteUntagged', 'AWSLambdaBasicExecutionRole'],
    },
    {
      name: 'evidence-reader',
      trust: trustAccount(accountIds.security),
      managed: ['AmazonEC2ContainerRegistryPullOnly'],
      tags: { Team: 'security' },
    },
    {
      name: 'partner-onboarding',
      path: '/partners/',
      trust: policy(
        allow({
          Principal: { AWS: roleArn(accountIds.customsBroker, 'onboarding') },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'customs-2025' } },
        }),
      ),
      managed: ['AmazonEC2ContainerRegistryPullOnly'],
      boundary: 'CiBoundary',
    },
    { name: 'personal-image-builder', trust: trustAccount(registry), managed: ['PersonalImages'] },
  ];
}

function serviceLinked(): Role[] {
  return [
    serviceLinkedRole('AWSServiceRoleForECRReplication', 'replication.ecr.amazonaws.com', [
      'ECRReplicationServiceRolePolicy',
    ]),
    serviceLinkedRole('AWSServiceRoleForECRPullThroughCache', 'pullthroughcache.ecr.amazonaws.com', [
      'AWSECRPullThroughCache_ServiceRolePolicy',
    ]),
    serviceLinkedRole('AWSServiceRoleForECRTemplate', 'ecr-template.amazonaws.com', ['ECRTemplateServiceRolePolicy']),
  ];
}
