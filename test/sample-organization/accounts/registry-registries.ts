import { accountIds, organizationId } from '../identifiers.ts';
import type { PolicyDocument, Registry } from '../model.ts';
import { allow, deny, policy, policyOf2008, pull, roleArn, rootArn } from '../documents.ts';
import { emptyRegistry } from './account.ts';
import { americanRepositories, europeanRepositories } from './registry-repositories.ts';

const { production, registry } = accountIds;

/** Registry policy of the newer scope: AWS applies it to every request to the registry. */
export function europeanRegistry(): Registry {
  return {
    ...emptyRegistry(),
    repositories: europeanRepositories(),
    policyScope: 'V2',
    policy: policy(
      ...cachePolicy().Statement,
      deny({
        Sid: 'ReleasesAreNotDeleted',
        Principal: '*',
        Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
        Resource: `arn:aws:ecr:eu-west-1:${registry}:repository/payments/*`,
        Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn(registry, 'platform/registry-administrator') } },
      }),
    ),
    replication: [
      {
        destinations: [
          { region: 'us-east-1', registryId: registry },
          { region: 'eu-west-1', registryId: production },
        ],
        prefixes: ['tracking/'],
      },
    ],
    pullThroughCacheRules: [
      {
        prefix: 'docker-hub',
        upstreamUrl: 'registry-1.docker.io',
        upstream: 'docker-hub',
        createdAt: '2024-02-20T09:00:00Z',
      },
    ],
    creationTemplates: [
      {
        prefix: 'docker-hub',
        description: 'cached images of Docker Hub',
        policy: policy(
          allow({
            Sid: 'OrganizationPulls',
            Principal: '*',
            Action: pull,
            Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
          }),
        ),
        createdAt: '2024-02-20T09:05:00Z',
      },
    ],
  };
}

/** Whoever belongs to the organization may have an image of Docker Hub fetched into the cache. */
export function cachePolicy(): PolicyDocument {
  return policy(
    allow({
      Sid: 'OrganizationFillsTheCache',
      Principal: '*',
      Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'],
      Resource: `arn:aws:ecr:eu-west-1:${registry}:repository/docker-hub/*`,
      Condition: { StringEquals: { 'aws:PrincipalOrgID': organizationId } },
    }),
  );
}

/** Registry policy of the older scope: only replication, import and creation heed it, so its denial of deletion does nothing yet. */
export function americanRegistry(): Registry {
  return {
    ...emptyRegistry(),
    repositories: americanRepositories(),
    policyScope: 'V1',
    policy: policyOf2008(
      allow({
        Sid: 'ProductionReplicatesBack',
        Principal: { AWS: rootArn(production) },
        Action: ['ecr:CreateRepository', 'ecr:ReplicateImage'],
        Resource: `arn:aws:ecr:us-east-1:${registry}:repository/*`,
      }),
      deny({
        Sid: 'NothingIsDeleted',
        Principal: '*',
        Action: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
        Resource: `arn:aws:ecr:us-east-1:${registry}:repository/*`,
      }),
    ),
  };
}
