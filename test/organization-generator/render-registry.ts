import { repositoryArn } from '../sample-organization/documents.ts';
import { policyText, tagList } from '../sample-organization/render/json.ts';
import type { Registry } from './model.ts';

const createdAt = '2025-03-01T09:00:00+00:00';

/** The files of one registry by their name, in the shapes that the AWS CLI prints. */
export function registryFiles(accountId: string, registry: Registry): Record<string, unknown> {
  const { region, repositories } = registry;
  const arnOf = (name: string): string => repositoryArn(accountId, region, name);
  return {
    'repositories.json': {
      repositories: repositories.map(({ name }) => ({
        repositoryArn: arnOf(name),
        registryId: accountId,
        repositoryName: name,
        repositoryUri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
        createdAt,
        imageTagMutability: 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: { encryptionType: 'AES256' },
      })),
    },
    'repository-policies.json': repositories.flatMap(({ name, policy }) =>
      policy === undefined ? [] : [{ registryId: accountId, repositoryName: name, policyText: policyText(policy) }],
    ),
    'repository-tags.json': Object.fromEntries(repositories.map(({ name, tags }) => [arnOf(name), tagList(tags)])),
    'registry.json': {
      registryPolicy: registry.policy === null ? null : policyText(registry.policy),
      accountSettings: { REGISTRY_POLICY_SCOPE: registry.scope },
      replicationConfiguration: {
        rules: registry.replicatesTo.length === 0 ? [] : [{ destinations: registry.replicatesTo }],
      },
      pullThroughCacheRules: [],
      repositoryCreationTemplates: [],
      scanningConfiguration: { scanType: 'BASIC', rules: [] },
    },
  };
}
