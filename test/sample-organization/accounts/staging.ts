import { accountIds, organizationId } from '../identifiers.ts';
import type { Account, Repository, Role, User } from '../model.ts';
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
  userArn,
} from '../documents.ts';
import { emptyAccount, identityCenterRole, organizationAccountAccessRole, serviceLinkedRole } from './account.ts';

const { registry, staging } = accountIds;

export const integrationTestsArn = roleArn(staging, 'ci/integration-tests');

/** The account for tests and previews: developers work here as IAM users, and the perimeter does not reach it. */
export function stagingAccount(): Account {
  const account = emptyAccount(staging);
  account.identityProviders.github = true;
  account.policies = [
    {
      name: 'PersonalRepositories',
      path: '/developers/',
      versions: [
        {
          createdAt: '2024-02-12T10:00:00Z',
          document: policy(
            login,
            allow({
              Sid: 'OwnImages',
              Action: [...push, ...pull, 'ecr:CreateRepository', 'ecr:SetRepositoryPolicy'],
              Resource: `arn:aws:ecr:eu-west-1:${staging}:repository/personal/\${aws:username}`,
            }),
            allow({ Sid: 'Previews', Action: 'ecr:*', Resource: repositoryArn(staging, 'eu-west-1', 'preview/*') }),
          ),
        },
      ],
    },
    {
      name: 'ContractorBoundary',
      path: '/boundaries/',
      versions: [
        {
          createdAt: '2025-01-20T16:00:00Z',
          document: policy(
            login,
            allow({ Sid: 'ReadOnly', Action: pull, Resource: repositoryArn(staging, 'eu-west-1', 'preview/*') }),
          ),
        },
      ],
    },
    {
      name: 'MfaOrNothing',
      versions: [
        {
          createdAt: '2024-02-12T10:05:00Z',
          document: policy(
            deny({
              Sid: 'ChangesNeedMfa',
              NotAction: ['ecr:BatchGetImage', 'ecr:Get*', 'iam:*', 'sts:*'],
              Resource: '*',
              Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
            }),
          ),
        },
      ],
    },
  ];
  account.groups = [
    { name: 'developers', managed: ['PersonalRepositories', 'AmazonEC2ContainerRegistryReadOnly'] },
    { name: 'release-captains', managed: ['AmazonEC2ContainerRegistryFullAccess', 'MfaOrNothing'] },
    {
      name: 'testers',
      inline: {
        PullPreviews: policy(login, allow({ Action: pull, Resource: repositoryArn(staging, '*', 'preview/*') })),
      },
    },
  ];
  account.users = users();
  account.roles = roles();
  account.registries['eu-west-1'].repositories = repositories();
  account.registries['eu-west-1'].policy = policy(
    allow({
      Sid: 'AnyoneOfOursImports',
      Principal: '*',
      Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
    }),
  );
  return account;
}

function users(): User[] {
  return [
    { name: 'anna.lind', path: '/developers/', groups: ['developers', 'release-captains'], tags: { Team: 'tracking' } },
    { name: 'ben.osei', path: '/developers/', groups: ['developers'], tags: { Team: 'routing' } },
    { name: 'carla.nunes', path: '/developers/', groups: ['developers'], tags: { Team: 'payments' } },
    { name: 'farid.haddad', path: '/developers/', groups: ['developers', 'testers'], tags: { Team: 'mobile' } },
    { name: 'greta.holm', path: '/developers/', groups: ['testers'], tags: { Team: 'mobile' } },
    {
      name: 'liu.wen',
      path: '/contractors/',
      groups: ['developers'],
      boundary: 'ContractorBoundary',
      tags: { Team: 'data', Contract: '2026-12-31' },
    },
    {
      name: 'marek.novak',
      path: '/contractors/',
      groups: ['testers'],
      boundary: 'ContractorBoundary',
      tags: { Contract: '2026-10-31' },
    },
    { name: 'tom.fields', path: '/developers/', groups: ['developers'], tags: { Team: 'tracking' } },
  ];
}

function roles(): Role[] {
  return [
    identityCenterRole(staging, {
      name: 'AdministratorAccess',
      suffix: '3bd61f8e07a5c924',
      managed: ['AdministratorAccess'],
    }),
    identityCenterRole(staging, { name: 'Developer', suffix: 'f49c20b8d6e1a375', managed: ['PowerUserAccess'] }),
    organizationAccountAccessRole(accountIds.management),
    {
      name: 'staging-node',
      path: '/eks/',
      trust: trustService('ec2.amazonaws.com'),
      managed: ['AmazonEC2ContainerRegistryReadOnly', 'AmazonEKSWorkerNodePolicy', 'AmazonEKS_CNI_Policy'],
      hasInstanceProfile: true,
    },
    {
      name: 'task-execution',
      path: '/ecs/',
      trust: trustService('ecs-tasks.amazonaws.com'),
      managed: ['AmazonECSTaskExecutionRolePolicy'],
    },
    {
      name: 'preview-deployer',
      path: '/ci/',
      trust: trustGitHub(staging, ['repo:larkfield/*:pull_request']),
      inline: {
        PushPreviews: policy(login, allow({ Action: push, Resource: repositoryArn(staging, '*', 'preview/*') })),
      },
    },
    {
      name: 'integration-tests',
      path: '/ci/',
      trust: trustService('codebuild.amazonaws.com'),
      managed: ['AmazonEC2ContainerRegistryReadOnly'],
    },
    // Whoever may take this role reaches everything that the account's root may grant.
    {
      name: 'sandbox-bridge',
      trust: trustAccount(accountIds.sandbox),
      managed: ['AmazonEC2ContainerRegistryPowerUser'],
    },
    serviceLinkedRole('AWSServiceRoleForAmazonEKS', 'eks.amazonaws.com', ['AmazonEKSServiceRolePolicy']),
    serviceLinkedRole('AWSServiceRoleForECS', 'ecs.amazonaws.com', ['AmazonECSServiceRolePolicy']),
  ];
}

function repositories(): Repository[] {
  return [
    {
      name: 'integration/test-data',
      tags: { Team: 'data' },
      policy: policy(
        allow({
          Sid: 'TestsPullAndPush',
          Principal: { AWS: integrationTestsArn },
          Action: [...push, ...pull.slice(1)],
        }),
      ),
    },
    {
      name: 'personal/anna.lind',
      tags: { Team: 'tracking' },
      policy: policy(allow({ Principal: { AWS: userArn(staging, 'developers/anna.lind') }, Action: 'ecr:*' })),
    },
    { name: 'personal/ben.osei', tags: { Team: 'routing' } },
    {
      name: 'preview/driver-app',
      tags: { Team: 'mobile' },
      policy: policy(allow({ Sid: 'RegistryAccountPulls', Principal: { AWS: registry }, Action: pull })),
    },
    {
      name: 'preview/parcel-web',
      tags: { Team: 'mobile' },
      policy: policy(
        allow({
          Sid: 'OrganizationPulls',
          Principal: '*',
          Action: pull,
          Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
        }),
      ),
    },
    { name: 'preview/partner-portal', tags: { Team: 'mobile' } },
  ];
}
