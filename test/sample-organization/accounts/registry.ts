import { accountIds } from '../identifiers.ts';
import type { Account } from '../model.ts';
import { emptyAccount } from './account.ts';
import { registryPolicies } from './registry-policies.ts';
import { registryRoles } from './registry-roles.ts';
import { europeanRegistry, americanRegistry } from './registry-registries.ts';

/** The shared registry: every team publishes here, every workload account pulls from here. */
export function registryAccount(): Account {
  const account = emptyAccount(accountIds.registry);
  account.identityProviders.github = true;
  account.policies = registryPolicies();
  account.roles = registryRoles();
  account.groups = [
    { name: 'image-maintainers', managed: ['AmazonEC2ContainerRegistryFullAccess', 'OnlyFromOurNetworks'] },
    { name: 'image-readers', managed: ['AmazonEC2ContainerRegistryReadOnly'] },
    { name: 'legacy-ci', path: '/ci/', managed: ['AmazonEC2ContainerRegistryPowerUser'] },
    { name: 'team-members', managed: ['PushOwnTeam', 'IAMUserChangePassword'] },
  ];
  account.users = [
    // A build server that was switched off two years ago; its key still pushes everywhere.
    {
      name: 'jenkins',
      path: '/ci/',
      createdAt: '2021-03-02T09:00:00Z',
      groups: ['legacy-ci'],
      tags: { Owner: 'platform', Ticket: 'PLAT-1180' },
    },
    { name: 'nexus-sync', path: '/ci/', managed: ['AmazonEC2ContainerRegistryPowerUser'], boundary: 'BaseImagesOnly' },
    { name: 'diego.reyes', groups: ['image-maintainers', 'team-members'], tags: { Team: 'routing' } },
    { name: 'hannah.brandt', groups: ['image-readers', 'team-members'], tags: { Team: 'tracking' } },
    { name: 'ines.duarte', groups: ['team-members'], tags: { Team: 'payments' } },
    { name: 'yusuf.aydin', groups: ['image-readers', 'team-members'], tags: { Team: 'data' } },
    // Nobody gave this one a team, so the tag in the policy has no value and never matches.
    { name: 'lotte.vermeer', groups: ['team-members'] },
  ];
  account.registries['eu-west-1'] = europeanRegistry();
  account.registries['us-east-1'] = americanRegistry();
  return account;
}
