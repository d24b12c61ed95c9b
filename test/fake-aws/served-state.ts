import type { SnapshotPart } from '@ecr-audit/access';
import { z } from 'zod';

import { eventsOf } from './served-events.ts';
import type { ServedEvent } from './served-events.ts';

/*
 * A snapshot directory as the fake serves it. The schemas are loose: what an answer holds beyond them is written by
 * the SDK's response schema. Null stands for a file that is absent, and a call that would need it is denied.
 */

const named = z.looseObject({ Arn: z.string() });
const authorizationDetails = z.object({
  UserDetailList: z.array(named),
  GroupDetailList: z.array(named),
  RoleDetailList: z.array(z.looseObject({ Arn: z.string(), RoleName: z.string(), RoleId: z.string() })),
  Policies: z.array(named),
});
const identityProviders = z.object({
  OpenIDConnectProviders: z.array(named).optional(),
  SAMLProviders: z.array(named).optional(),
});
const repository = z.looseObject({ repositoryArn: z.string(), repositoryName: z.string() });
const repositories = z.object({ repositories: z.array(repository) });
const repositoryPolicies = z.array(
  z.object({ registryId: z.string(), repositoryName: z.string(), policyText: z.string() }),
);
const repositoryTags = z.record(z.string(), z.array(z.object({ Key: z.string(), Value: z.string() })));
const registry = z.looseObject({
  registryPolicy: z.string().nullable().optional(),
  accountSettings: z.record(z.string(), z.string()).optional(),
  replicationConfiguration: z.unknown().optional(),
  pullThroughCacheRules: z.array(z.unknown()).optional(),
  repositoryCreationTemplates: z.array(z.unknown()).optional(),
  scanningConfiguration: z.unknown().optional(),
});
const manifest = z.looseObject({
  partition: z.string(),
  gaps: z.array(
    z.looseObject({
      accountId: z.string().nullable(),
      region: z.string().nullable(),
      source: z.string(),
      resource: z.string().nullable(),
      reason: z.string(),
    }),
  ),
});

export interface ServedRegion {
  readonly repositories: z.infer<typeof repositories>['repositories'] | null;
  readonly repositoryPolicies: z.infer<typeof repositoryPolicies> | null;
  readonly repositoryTags: z.infer<typeof repositoryTags> | null;
  readonly registry: z.infer<typeof registry> | null;
  /** Newest first. */
  readonly events: readonly ServedEvent[] | null;
}

export interface ServedAccount {
  readonly authorizationDetails: z.infer<typeof authorizationDetails> | null;
  readonly identityProviders: z.infer<typeof identityProviders> | null;
  readonly regions: ReadonlyMap<string, ServedRegion>;
}

export interface ServedState {
  readonly partition: string;
  readonly gaps: z.infer<typeof manifest>['gaps'];
  readonly accounts: ReadonlyMap<string, ServedAccount>;
}

/** Reads the parts of a snapshot into what the fake serves. Throws for a part that does not fit, naming it. */
export function servedState(parts: readonly SnapshotPart[]): ServedState {
  const files: Files = new Map(parts.map((part) => [part.path, part.content]));
  const head = read(files, 'snapshot.json', manifest);
  const accounts = folderNames(parts, 'accounts').map((accountId): [string, ServedAccount] => {
    const folder = `accounts/${accountId}`;
    const regions = folderNames(parts, folder).map((region): [string, ServedRegion] => [
      region,
      servedRegion(files, `${folder}/${region}`),
    ]);
    return [
      accountId,
      {
        authorizationDetails: read(files, `${folder}/account-authorization-details.json`, authorizationDetails),
        identityProviders: read(files, `${folder}/identity-providers.json`, identityProviders),
        regions: new Map(regions),
      },
    ];
  });
  return { partition: head?.partition ?? 'aws', gaps: head?.gaps ?? [], accounts: new Map(accounts) };
}

type Files = ReadonlyMap<string, string>;

function servedRegion(files: Files, folder: string): ServedRegion {
  const eventsPath = `${folder}/cloudtrail-events.ndjson`;
  const eventsText = files.get(eventsPath);
  return {
    repositories: read(files, `${folder}/repositories.json`, repositories)?.repositories ?? null,
    repositoryPolicies: read(files, `${folder}/repository-policies.json`, repositoryPolicies),
    repositoryTags: read(files, `${folder}/repository-tags.json`, repositoryTags),
    registry: read(files, `${folder}/registry.json`, registry),
    events: eventsText === undefined ? null : eventsOf(eventsPath, eventsText),
  };
}

/** The folders right below a folder, sorted. */
function folderNames(parts: readonly SnapshotPart[], parent: string): readonly string[] {
  const names = parts.flatMap(({ path }) => {
    const [name, ...below] = path.startsWith(`${parent}/`) ? path.slice(parent.length + 1).split('/') : [];
    return name === undefined || below.length === 0 ? [] : [name];
  });
  return [...new Set(names)].toSorted();
}

function read<T>(files: Files, path: string, schema: z.ZodType<T>): T | null {
  const text = files.get(path);
  return text === undefined ? null : parsed(path, text, schema);
}

function parsed<T>(path: string, text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `cannot serve \`${path}\`: ${error instanceof z.ZodError ? z.prettifyError(error) : String(error)}`,
      { cause: error },
    );
  }
}
