import { z } from 'zod';

// Only what decides or is shown is checked; whatever else AWS answers stays in the file and is not looked at.

const tags = z.array(z.object({ Key: z.string(), Value: z.string() }));

const inlinePolicy = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });
const attachedPolicy = z.object({ PolicyName: z.string(), PolicyArn: z.string() });
const boundary = z.object({ PermissionsBoundaryArn: z.string() });

const principal = {
  Path: z.string().optional(),
  Arn: z.string(),
  AttachedManagedPolicies: z.array(attachedPolicy).default([]),
  PermissionsBoundary: boundary.optional(),
  Tags: tags.default([]),
};

/** A list that goes on elsewhere must not pass for a whole one: what it leaves out would look deleted. */
const lastPage = z
  .undefined('expected the whole list, not one page of it: collect it again without a limit')
  .optional();

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
export const authorizationDetailsSchema = z.object({
  Marker: lastPage,
  NextToken: lastPage,
  UserDetailList: z.array(
    z.object({
      ...principal,
      UserName: z.string(),
      UserId: z.string(),
      UserPolicyList: z.array(inlinePolicy).default([]),
      GroupList: z.array(z.string()).default([]),
    }),
  ),
  GroupDetailList: z.array(
    z.object({
      Arn: z.string(),
      GroupName: z.string(),
      GroupId: z.string(),
      GroupPolicyList: z.array(inlinePolicy).default([]),
      AttachedManagedPolicies: z.array(attachedPolicy).default([]),
    }),
  ),
  RoleDetailList: z.array(
    z.object({
      ...principal,
      RoleName: z.string(),
      RoleId: z.string(),
      AssumeRolePolicyDocument: z.unknown().optional(),
      RolePolicyList: z.array(inlinePolicy).default([]),
    }),
  ),
  Policies: z.array(
    z.object({
      Arn: z.string(),
      PolicyName: z.string(),
      DefaultVersionId: z.string().optional(),
      PolicyVersionList: z
        .array(z.object({ Document: z.unknown(), VersionId: z.string(), IsDefaultVersion: z.boolean().optional() }))
        .default([]),
    }),
  ),
});

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html */
export const repositoriesSchema = z.object({
  nextToken: lastPage,
  NextToken: lastPage,
  repositories: z.array(z.object({ repositoryArn: z.string(), registryId: z.string(), repositoryName: z.string() })),
});

export const repositoryPoliciesSchema = z.array(
  z.object({ registryId: z.string().optional(), repositoryName: z.string(), policyText: z.unknown() }),
);

export const repositoryTagsSchema = z.record(z.string(), tags);

export const registrySchema = z.object({
  registryPolicy: z.unknown().optional(),
  accountSettings: z.record(z.string(), z.string().nullable()).optional(),
  replicationConfiguration: z.unknown().optional(),
  pullThroughCacheRules: z.unknown().optional(),
  repositoryCreationTemplates: z.unknown().optional(),
  scanningConfiguration: z.unknown().optional(),
});

export const organizationSchema = z.object({
  Organization: z.object({
    Id: z.string(),
    MasterAccountId: z.string().optional(),
    ManagementAccountId: z.string().optional(),
  }),
  Roots: z.array(
    z.object({
      Id: z.string(),
      Name: z.string().optional(),
      PolicyTypes: z.array(z.object({ Type: z.string(), Status: z.string() })).optional(),
    }),
  ),
  OrganizationalUnits: z.array(z.object({ Id: z.string(), Name: z.string(), ParentId: z.string() })).default([]),
  Accounts: z.array(
    z.object({
      Id: z.string(),
      Name: z.string().optional(),
      Status: z.string().optional(),
      ParentId: z.string(),
      Tags: tags.optional(),
    }),
  ),
  Policies: z.array(
    z.object({
      PolicySummary: z.object({ Id: z.string(), Arn: z.string().optional(), Name: z.string(), Type: z.string() }),
      Content: z.unknown(),
      Targets: z.array(z.union([z.string(), z.object({ TargetId: z.string() })])),
    }),
  ),
});

export const cloudTrailWindowSchema = z.object({
  startTime: z.string(),
  endTime: z.string(),
  complete: z.boolean(),
});

const gapSchema = z.object({
  accountId: z.string().nullable().default(null),
  region: z.string().nullable().default(null),
  source: z.string(),
  resource: z.string().nullable().default(null),
  reason: z.enum(['accessDenied', 'throttled', 'timeout', 'missingFile', 'notCollected', 'failed']).catch('failed'),
  message: z.string().default(''),
});

export const snapshotSchema = z.object({
  formatVersion: z.literal(1),
  takenAt: z.iso.datetime({ offset: true }),
  partition: z.string().default('aws'),
  gaps: z.array(gapSchema).default([]),
});
