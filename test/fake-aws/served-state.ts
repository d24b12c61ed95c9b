import type { SnapshotPart } from '@ecr-audit/access';
import { z } from 'zod';

import { ParsedFiles } from './parsed-files.ts';
import { eventsOf } from './served-events.ts';
import type { ServedEvent } from './served-events.ts';
import { servedOrganization } from './served-organization.ts';
import type { ServedOrganization } from './served-organization.ts';

/*
 * A snapshot directory as the fake serves it. The schemas are loose: what an answer holds beyond them is written by
 * the SDK's response schema. Null stands for a file that is absent, and a call that would need it is denied. Files are
 * parsed when they are first served, so that 500 accounts start as quickly as one.
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
  /** Null where the accounts belong to no organization. */
  readonly organization: ServedOrganization | null;
  readonly accounts: ReadonlyMap<string, ServedAccount>;
}

/** Reads the parts of a snapshot into what the fake serves. A part that does not fit throws when it is served, naming it. */
export function servedState(parts: readonly SnapshotPart[]): ServedState {
  const files = new ServedFiles(parts);
  const folders = new Map<string, Set<string>>();
  for (const { path } of parts) {
    const [top, accountId, region, file] = path.split('/');
    if (top === 'accounts' && accountId !== undefined && region !== undefined) {
      const regions = folders.get(accountId) ?? new Set();
      folders.set(accountId, file === undefined ? regions : regions.add(region));
    }
  }
  const head = files.reader('snapshot.json', manifest)();
  return {
    partition: head?.partition ?? 'aws',
    gaps: head?.gaps ?? [],
    organization: files.reader('organization.json', z.unknown().transform(servedOrganization))(),
    accounts: new Map(
      [...folders.keys()]
        .toSorted()
        .map((id) => [id, servedAccount(files, id, [...(folders.get(id) ?? [])].toSorted())]),
    ),
  };
}

function servedAccount(files: ServedFiles, accountId: string, regions: readonly string[]): ServedAccount {
  const folder = `accounts/${accountId}`;
  const details = files.reader(`${folder}/account-authorization-details.json`, authorizationDetails);
  const providers = files.reader(`${folder}/identity-providers.json`, identityProviders);
  return {
    get authorizationDetails() {
      return details();
    },
    get identityProviders() {
      return providers();
    },
    regions: new Map(regions.map((region) => [region, servedRegion(files, `${folder}/${region}`)])),
  };
}

function servedRegion(files: ServedFiles, folder: string): ServedRegion {
  const listed = files.reader(`${folder}/repositories.json`, repositories);
  const policies = files.reader(`${folder}/repository-policies.json`, repositoryPolicies);
  const tags = files.reader(`${folder}/repository-tags.json`, repositoryTags);
  const settings = files.reader(`${folder}/registry.json`, registry);
  const events = files.textReader(`${folder}/cloudtrail-events.ndjson`, eventsOf);
  return {
    get repositories() {
      return listed()?.repositories ?? null;
    },
    get repositoryPolicies() {
      return policies();
    },
    get repositoryTags() {
      return tags();
    },
    get registry() {
      return settings();
    },
    get events() {
      return events();
    },
  };
}

class ServedFiles {
  readonly #texts = new Map<string, string>();
  readonly #parsed = new ParsedFiles();

  constructor(parts: readonly SnapshotPart[]) {
    // Many accounts hold the same text, such as that of an empty registry: one copy serves them all.
    const same = new Map<string, string>();
    for (const { path, content } of parts) {
      const text = same.get(content) ?? content;
      same.set(text, text);
      this.#texts.set(path, text);
    }
  }

  /** Gives a function that reads a file of JSON; null where there is none. */
  reader<T>(path: string, schema: z.ZodType<T>): () => T | null {
    return this.textReader(path, (_path, text) => parsed(path, text, schema));
  }

  textReader<T>(path: string, parse: (path: string, text: string) => T): () => T | null {
    const text = this.#texts.get(path);
    return text === undefined ? () => null : this.#parsed.later(text, (content) => parse(path, content));
  }
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
