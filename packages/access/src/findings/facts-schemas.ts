import { z } from 'zod';

// Only what rules read. What AWS adds later passes by.

export const rolesSchema = z.object({
  RoleDetailList: z.array(
    z.object({ RoleId: z.string(), Arn: z.string(), AssumeRolePolicyDocument: z.unknown().optional() }),
  ),
});

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Repository.html */
export const repositorySettingsSchema = z.object({
  repositories: z.array(
    z.object({
      repositoryArn: z.string(),
      imageTagMutability: z.string().optional(),
      imageTagMutabilityExclusionFilters: z.array(z.object({ filter: z.string() })).optional(),
      imageScanningConfiguration: z.object({ scanOnPush: z.boolean().optional() }).optional(),
    }),
  ),
});

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RepositoryCreationTemplate.html */
const template = z.object({
  prefix: z.string(),
  repositoryPolicy: z.string().optional(),
  customRoleArn: z.string().optional(),
  appliedFor: z.array(z.string()).default([]),
});

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PullThroughCacheRule.html */
const cacheRule = z.object({
  ecrRepositoryPrefix: z.string(),
  upstreamRegistryUrl: z.string().optional(),
  customRoleArn: z.string().optional(),
  credentialArn: z.string().optional(),
});

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ReplicationConfiguration.html */
const replication = z.object({
  rules: z.array(z.object({ destinations: z.array(z.object({ region: z.string(), registryId: z.string() })) })),
});

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RegistryScanningConfiguration.html */
const scanning = z.object({
  scanType: z.string().optional(),
  rules: z
    .array(
      z.object({
        scanFrequency: z.string(),
        repositoryFilters: z.array(z.object({ filter: z.string() })).default([]),
      }),
    )
    .default([]),
});

/** Null where a setting was not read, or has a form that is not known: nothing is concluded from it. */
export const registrySettingsSchema = z.object({
  accountSettings: z.record(z.string(), z.string().nullable()).nullable().catch(null).default(null),
  replicationConfiguration: replication.nullable().catch(null).default(null),
  pullThroughCacheRules: z.array(cacheRule).nullable().catch(null).default(null),
  repositoryCreationTemplates: z.array(template).nullable().catch(null).default(null),
  scanningConfiguration: scanning.nullable().catch(null).default(null),
});

export type RepositorySettings = z.output<typeof repositorySettingsSchema>['repositories'][number];
export type RegistrySettings = z.output<typeof registrySettingsSchema>;
