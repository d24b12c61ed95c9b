import { accountIds } from '../identifiers.ts';
import type { Account } from '../model.ts';
import { allow, deny, policy, pull, trustGitHub, trustService } from '../documents.ts';
import { emptyAccount, identityCenterRole, serviceLinkedRole } from './account.ts';

/** The management account: no organization policy limits it, so what its roles hold is all there is. */
export function managementAccount(): Account {
  const account = emptyAccount(accountIds.management);
  account.identityProviders.github = true;
  account.users = [
    {
      name: 'breakglass',
      path: '/emergency/',
      managed: ['AdministratorAccess'],
      inline: {
        NothingWithoutMfa: policy(
          deny({
            NotAction: ['iam:*', 'sts:*'],
            Resource: '*',
            Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
          }),
        ),
      },
    },
    { name: 'olena.marchuk', groups: ['finance'], managed: ['IAMUserChangePassword'] },
  ];
  account.groups = [{ name: 'finance', managed: ['AWSBillingReadOnlyAccess'] }];
  account.roles = [
    identityCenterRole(account.id, {
      name: 'AdministratorAccess',
      suffix: '41c6a0d2e97b3f58',
      managed: ['AdministratorAccess'],
    }),
    identityCenterRole(account.id, {
      name: 'BillingViewer',
      suffix: '9b02f7ce14d8635a',
      managed: ['AWSBillingReadOnlyAccess'],
    }),
    serviceLinkedRole('AWSServiceRoleForOrganizations', 'organizations.amazonaws.com', [
      'AWSOrganizationsServiceTrustPolicy',
    ]),
    serviceLinkedRole('AWSServiceRoleForSSO', 'sso.amazonaws.com', ['AWSSSOServiceRolePolicy']),
    {
      name: 'terraform-organization',
      path: '/ci/',
      trust: trustGitHub(account.id, ['repo:larkfield/organization:ref:refs/heads/main']),
      managed: ['AdministratorAccess'],
    },
    {
      name: 'cost-exporter-execution',
      trust: trustService('ecs-tasks.amazonaws.com'),
      managed: ['AmazonECSTaskExecutionRolePolicy'],
    },
  ];
  account.registries['eu-west-1'].repositories = [
    {
      name: 'billing/cost-exporter',
      tags: { Team: 'platform' },
      // The perimeter of the organization does not reach this account: here a `*` would be the world.
      policy: policy(allow({ Sid: 'SecurityScans', Principal: { AWS: accountIds.security }, Action: pull })),
    },
  ];
  account.registries['us-east-1'].policyScope = 'V1';
  return account;
}
