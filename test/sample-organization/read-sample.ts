import { z } from 'zod';
import type { SampleFile } from './render/snapshot.ts';

// What the tests look at, read from the files as any reader would.

const attached = z.array(z.object({ PolicyName: z.string(), PolicyArn: z.string() }));
const principal = z.object({
  Path: z.string(),
  Arn: z.string(),
  AttachedManagedPolicies: attached,
  PermissionsBoundary: z.object({ PermissionsBoundaryArn: z.string() }).optional(),
});

const authorizationDetails = z.strictObject({
  UserDetailList: z.array(
    principal.extend({
      UserId: z.string(),
      UserPolicyList: z.array(z.unknown()).optional(),
      GroupList: z.array(z.string()),
    }),
  ),
  GroupDetailList: z.array(z.object({ GroupName: z.string(), Arn: z.string(), AttachedManagedPolicies: attached })),
  RoleDetailList: z.array(
    principal.extend({
      RoleId: z.string(),
      CreateDate: z.string(),
      AssumeRolePolicyDocument: z.unknown(),
      RolePolicyList: z.array(z.unknown()),
    }),
  ),
  Policies: z.array(
    z.object({
      Arn: z.string(),
      AttachmentCount: z.number(),
      PermissionsBoundaryUsageCount: z.number(),
      PolicyVersionList: z.array(
        z.object({ VersionId: z.string(), IsDefaultVersion: z.boolean(), Document: z.unknown() }),
      ),
    }),
  ),
});

const repositories = z.object({
  repositories: z.array(
    z.object({ repositoryArn: z.string(), repositoryName: z.string(), imageTagMutability: z.string() }),
  ),
});

const repositoryPolicies = z.array(
  z.object({ registryId: z.string(), repositoryName: z.string(), policyText: z.string() }),
);

const registry = z.object({
  registryPolicy: z.string().nullable(),
  accountSettings: z.record(z.string(), z.string()),
  pullThroughCacheRules: z.array(z.unknown()),
});

const organization = z.object({
  Organization: z.object({ Id: z.string(), MasterAccountId: z.string() }),
  Roots: z.array(z.object({ Id: z.string() })),
  OrganizationalUnits: z.array(z.object({ Id: z.string(), ParentId: z.string() })),
  Accounts: z.array(z.object({ Id: z.string(), ParentId: z.string() })),
  Policies: z.array(
    z.object({
      PolicySummary: z.object({ Id: z.string(), Type: z.string(), AwsManaged: z.boolean() }),
      Content: z.string(),
      Targets: z.array(z.string()),
    }),
  ),
});

const gap = z.strictObject({
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  source: z.string(),
  resource: z.string().nullable(),
  reason: z.string(),
  message: z.string(),
});

const snapshot = z.strictObject({
  formatVersion: z.literal(1),
  takenAt: z.iso.datetime(),
  partition: z.literal('aws'),
  gaps: z.array(gap),
});

const record = z.looseObject({
  eventID: z.string(),
  eventName: z.string(),
  eventTime: z.string(),
  awsRegion: z.string(),
  recipientAccountId: z.string(),
  errorCode: z.string().optional(),
  userIdentity: z.looseObject({
    type: z.string().optional(),
    principalId: z.string().optional(),
    accountId: z.string().optional(),
    sessionContext: z.looseObject({ sessionIssuer: z.object({ principalId: z.string(), arn: z.string() }) }).optional(),
  }),
  requestParameters: z.record(z.string(), z.unknown()).nullable(),
});

const event = z.strictObject({
  EventId: z.string(),
  EventName: z.string(),
  ReadOnly: z.enum(['true', 'false']),
  AccessKeyId: z.string().optional(),
  EventTime: z.string(),
  EventSource: z.string(),
  Username: z.string().optional(),
  Resources: z.array(z.strictObject({ ResourceType: z.string(), ResourceName: z.string() })),
  CloudTrailEvent: z.string(),
});

const eventWindow = z.strictObject({ startTime: z.iso.datetime(), endTime: z.iso.datetime(), complete: z.boolean() });

export type SamplePoint = ReturnType<typeof readPoint>;

/** One point in time, read from its files. */
export function readPoint(files: readonly SampleFile[], directory: string) {
  const inPoint = files.flatMap((file) =>
    file.path.startsWith(`${directory}/`) ? [{ ...file, segments: file.path.split('/').slice(1) }] : [],
  );
  const named = (name: string) => inPoint.filter((file) => file.segments.at(-1) === name);
  const read = <T>(name: string, schema: z.ZodType<T>) =>
    named(name).map((file) => ({
      accountId: file.segments[1] ?? '',
      region: file.segments[2] ?? '',
      content: schema.parse(JSON.parse(file.content)),
    }));
  return {
    snapshot: only(read('snapshot.json', snapshot)).content,
    organization: only(read('organization.json', organization)).content,
    iam: read('account-authorization-details.json', authorizationDetails),
    repositories: read('repositories.json', repositories),
    repositoryPolicies: read('repository-policies.json', repositoryPolicies),
    registries: read('registry.json', registry),
    windows: read('cloudtrail-window.json', eventWindow),
    events: named('cloudtrail-events.ndjson').map((file) => ({
      accountId: file.segments[1] ?? '',
      region: file.segments[2] ?? '',
      content: file.content
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const listed = event.parse(JSON.parse(line));
          return { listed, record: record.parse(JSON.parse(listed.CloudTrailEvent)) };
        }),
    })),
  };
}

function only<T>(things: readonly T[]): T {
  const [thing] = things;
  if (thing === undefined || things.length > 1) {
    throw new Error(`expected one file, found ${things.length}`);
  }
  return thing;
}
