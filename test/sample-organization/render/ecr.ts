import { repositoryArn } from '../documents.ts';
import type { Region, Registry, Repository } from '../model.ts';
import { awsTime, bornAt } from '../times.ts';
import { policyText, sortedBy, tagList } from './json.ts';

export interface Place {
  accountId: string;
  region: Region;
}

/** The files of one registry by their name; `unreadablePolicies` names repositories whose policy could not be read. */
export function registryFiles(
  place: Place,
  registry: Registry,
  unreadablePolicies: ReadonlySet<string>,
): Record<string, unknown> {
  const repositories = sortedBy(registry.repositories, (repository) => repository.name);
  return {
    'repositories.json': { repositories: repositories.map((repository) => describedRepository(place, repository)) },
    'repository-policies.json': repositories.flatMap((repository) =>
      repository.policy === undefined || unreadablePolicies.has(arnOfRepository(place, repository))
        ? []
        : [{ registryId: place.accountId, repositoryName: repository.name, policyText: policyText(repository.policy) }],
    ),
    'repository-tags.json': Object.fromEntries(
      repositories.map((repository) => [arnOfRepository(place, repository), tagList(repository.tags)]),
    ),
    'registry.json': {
      registryPolicy: registry.policy === null ? null : policyText(registry.policy),
      accountSettings: {
        BASIC_SCAN_TYPE_VERSION: 'AWS_NATIVE',
        BLOB_MOUNTING: 'DISABLED',
        REGISTRY_POLICY_SCOPE: registry.policyScope,
      },
      replicationConfiguration: replicationConfiguration(registry),
      pullThroughCacheRules: registry.pullThroughCacheRules.map((rule) => ({
        ecrRepositoryPrefix: rule.prefix,
        upstreamRegistryUrl: rule.upstreamUrl,
        createdAt: awsTime(rule.createdAt),
        registryId: place.accountId,
        ...(rule.upstream === 'docker-hub'
          ? {
              credentialArn: `arn:aws:secretsmanager:${place.region}:${place.accountId}:secret:ecr-pullthroughcache/docker-hub-4Tq9Zx`,
            }
          : {}),
        upstreamRegistry: rule.upstream,
        updatedAt: awsTime(rule.createdAt),
      })),
      repositoryCreationTemplates: registry.creationTemplates.map((template) => ({
        prefix: template.prefix,
        description: template.description,
        encryptionConfiguration: { encryptionType: 'AES256' },
        imageTagMutability: 'MUTABLE',
        repositoryPolicy: policyText(template.policy),
        appliedFor: ['PULL_THROUGH_CACHE'],
        createdAt: awsTime(template.createdAt),
        updatedAt: awsTime(template.createdAt),
      })),
      scanningConfiguration: { scanType: 'BASIC', rules: [] },
    },
  };
}

function arnOfRepository(place: Place, repository: { name: string }): string {
  return repositoryArn(place.accountId, place.region, repository.name);
}

function describedRepository(place: Place, repository: Repository) {
  const arn = arnOfRepository(place, repository);
  const key = repository.kmsKeyId;
  return {
    repositoryArn: arn,
    registryId: place.accountId,
    repositoryName: repository.name,
    repositoryUri: `${place.accountId}.dkr.ecr.${place.region}.amazonaws.com/${repository.name}`,
    createdAt: awsTime(repository.createdAt ?? bornAt(arn)),
    imageTagMutability: repository.isMutable === false ? 'IMMUTABLE' : 'MUTABLE',
    imageScanningConfiguration: { scanOnPush: repository.isScannedOnPush ?? true },
    encryptionConfiguration:
      key === undefined
        ? { encryptionType: 'AES256' }
        : { encryptionType: 'KMS', kmsKey: `arn:aws:kms:${place.region}:${place.accountId}:key/${key}` },
  };
}

function replicationConfiguration(registry: Registry) {
  return {
    rules: registry.replication.map((rule) => ({
      destinations: rule.destinations,
      repositoryFilters: rule.prefixes.map((filter) => ({ filter, filterType: 'PREFIX_MATCH' })),
    })),
  };
}
