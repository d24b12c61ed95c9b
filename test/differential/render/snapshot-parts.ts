import type { SnapshotPart } from '@ecr-audit/access';

import type { OrganizationPlan, RegionPlan, RepositoryPlan } from '../plan.ts';
import { ACCOUNTS, repositoryArn } from '../vocabulary.ts';
import { documentTextAt } from './document.ts';
import { authorizationDetails } from './iam.ts';
import { organizationFile } from './tree.ts';

/** The files of the snapshot that a plan describes, by path. */
export function snapshotFiles(plan: OrganizationPlan): ReadonlyMap<string, unknown> {
  const files = new Map<string, unknown>();
  files.set('snapshot.json', {
    formatVersion: 1,
    takenAt: '2026-11-20T06:00:00Z',
    partition: 'aws',
    gaps: plan.gaps.map(({ source, account, region, resource }) => ({
      accountId: account === null ? null : ACCOUNTS[account],
      region,
      source,
      resource,
      reason: 'accessDenied',
      message: 'not allowed',
    })),
  });
  if (plan.tree !== null) {
    files.set('organization.json', organizationFile(plan, plan.tree));
  }
  for (const [index, account] of plan.accounts.entries()) {
    const id = ACCOUNTS[index] ?? '';
    // An account of which no file is left would not be an account.
    files.set(`accounts/${id}/identity-providers.json`, { OpenIDConnectProviders: [], SAMLProviders: [] });
    if (!account.isIamMissing) {
      files.set(`accounts/${id}/account-authorization-details.json`, authorizationDetails(plan, id, account));
    }
    for (const region of account.regions) {
      addRegion(files, plan, id, region);
    }
  }
  return files;
}

/** The same as parts, ready to be assembled. */
export function snapshotParts(plan: OrganizationPlan): readonly SnapshotPart[] {
  return [...snapshotFiles(plan)].map(([path, content]) => ({ path, content: JSON.stringify(content) }));
}

function addRegion(files: Map<string, unknown>, plan: OrganizationPlan, accountId: string, region: RegionPlan): void {
  const repositories = [...region.repositories, ...furtherRepositories(region)];
  const arnOf = (name: string): string => repositoryArn(accountId, region.name, name);
  const all: Record<string, unknown> = {
    'repositories.json': {
      repositories: repositories.map(({ name }) => ({
        repositoryArn: arnOf(name),
        registryId: accountId,
        repositoryName: name,
      })),
    },
    'repository-policies.json': repositories.flatMap(({ name, policy }) =>
      policy === null ? [] : [{ repositoryName: name, policyText: documentTextAt(plan.resourceDocuments, policy) }],
    ),
    'repository-tags.json': Object.fromEntries(repositories.map(({ name, tags }) => [arnOf(name), tags])),
    'registry.json': {
      registryPolicy:
        region.registryPolicy === null ? null : documentTextAt(plan.resourceDocuments, region.registryPolicy),
      accountSettings: region.scope === null ? {} : { REGISTRY_POLICY_SCOPE: region.scope },
    },
  };
  for (const [name, content] of Object.entries(all)) {
    if (!region.missing.includes(name)) {
      files.set(`accounts/${accountId}/${region.name}/${name}`, content);
    }
  }
}

/** Every third without a policy, the others with the first document; every second with a tag. */
function furtherRepositories({ furtherRepositories: count }: RegionPlan): RepositoryPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `app/${index}`,
    policy: index % 3 === 0 ? null : 0,
    tags: index % 2 === 0 ? [] : [{ Key: 'team', Value: 'app' }],
  }));
}
