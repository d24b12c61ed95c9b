import { z } from 'zod';
import { canonicalJson } from '../carriers/canonical-json.ts';
import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import { findGap } from '../snapshot/gaps.ts';
import type { Repository, RepositoryPolicy, Snapshot } from '../snapshot/model.ts';
import type { SnapshotPart } from '../snapshot/part.ts';
import { readPart } from '../snapshot/read-part.ts';
import { registrySchema, repositoriesSchema, repositoryPoliciesSchema } from '../snapshot/schemas.ts';
import { always, type Fact, factSource, type FactSources, text } from './facts.ts';
import { settingsOf } from './registry-settings.ts';

/** What repositories and registries are, by account and region. */
export function addRegionFacts(sources: FactSources, { snapshot, parts }: SnapshotWithParts): void {
  const byPath = new Map(parts.map((part) => [part.path, part]));
  for (const account of snapshot.accounts.values()) {
    for (const region of account.regions.values()) {
      const folder = `accounts/${account.id}/${region.region}`;
      addRegion(sources, {
        snapshot,
        accountId: account.id,
        region: region.region,
        file: (name) => byPath.get(`${folder}/${name}`),
      });
    }
  }
}

interface Place {
  readonly snapshot: Snapshot;
  readonly accountId: string;
  readonly region: string;
  readonly file: (name: string) => SnapshotPart | undefined;
}

function addRegion(sources: FactSources, place: Place): void {
  const { snapshot, accountId, region, file } = place;
  const registry = `region ${accountId}/${region}`;
  const at = { accountId, region, parent: registry };
  const found = snapshot.accounts.get(accountId)?.regions.get(region);
  if (found === undefined) {
    return;
  }
  sources.set(registry, factSource({ what: 'repositories', accountId, region, facts: new Map() }));
  const listed = file('repositories.json');
  const { repositories } = found;
  const list = `repositories ${accountId}/${region}`;
  if (repositories === null || listed === undefined) {
    const gap = findGap(snapshot.gaps, ['ecr:DescribeRepositories', 'repositories.json'], place);
    sources.set(list, factSource({ ...at, what: 'repositories', facts: null, gap }));
  } else {
    const created = createdTimes(listed);
    const facts = [...repositories.values()].map(({ arn }): [string, Fact] => [
      arn,
      {
        kind: 'repository',
        subjects: [`repository:${arn}`],
        policy: null,
        content: text(created.get(arn) ?? ''),
        concernsEcr: always,
      },
    ]);
    sources.set(list, factSource({ ...at, what: 'repositories', facts: new Map(facts) }));
    addRepositories(sources, [...repositories.values()], { ...place, parent: list });
  }
  const part = file('registry.json');
  const read = part === undefined ? null : readPart(part, registrySchema);
  const { policy, scope } = found.registry;
  const subjects = [`registry:${accountId}/${region}`];
  sources.set(
    `registryPolicy ${accountId}/${region}`,
    policySource('registryPolicy', policy, {
      ...at,
      subjects,
      document: read?.registryPolicy,
      resource: null,
      gap: findGap(snapshot.gaps, ['ecr:GetRegistryPolicy', 'registry.json'], place),
    }),
  );
  for (const setting of settingsOf(read, { gaps: snapshot.gaps, accountId, region, scope })) {
    const { name, kind, value, gap, concernsEcr } = setting;
    const facts =
      value === undefined
        ? null
        : new Map([
            [
              name,
              {
                kind,
                subjects: kind === 'registryScope' ? subjects : [...subjects, `setting:${name}`],
                policy: null,
                content: text(value),
                concernsEcr: () => concernsEcr,
              } satisfies Fact,
            ],
          ]);
    const resource = kind === 'registryScope' ? null : name;
    sources.set(`setting ${accountId}/${region} ${name}`, factSource({ ...at, what: kind, resource, facts, gap }));
  }
}

function addRepositories(
  sources: FactSources,
  repositories: readonly Repository[],
  { snapshot, accountId, region, file, parent }: Place & { readonly parent: string },
): void {
  const part = file('repository-policies.json');
  const documents = new Map(
    part === undefined
      ? []
      : readPart(part, repositoryPoliciesSchema).map((each) => [each.repositoryName, each.policyText] as const),
  );
  for (const { arn, name, policy, tags } of repositories) {
    const place = { accountId, region, resource: arn };
    const subjects = [`repository:${arn}`];
    sources.set(
      `repositoryPolicy ${arn}`,
      policySource('repositoryPolicy', policy, {
        ...place,
        parent,
        subjects,
        document: documents.get(name),
        gap: findGap(snapshot.gaps, ['ecr:GetRepositoryPolicy', 'repository-policies.json'], place),
      }),
    );
    const gap = findGap(snapshot.gaps, ['ecr:ListTagsForResource', 'repository-tags.json'], place);
    const sorted = tags?.map(({ Key, Value }) => [Key, Value] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const content = text(JSON.stringify(Object.fromEntries(sorted ?? [])));
    const facts =
      sorted === undefined
        ? null
        : new Map<string, Fact>(
            sorted.length === 0
              ? []
              : [['', { kind: 'repositoryTags', subjects, policy: null, content, concernsEcr: always }]],
          );
    sources.set(`tags ${arn}`, factSource({ ...place, parent, what: 'repositoryTags', facts, gap }));
  }
}

function policySource(
  kind: 'repositoryPolicy' | 'registryPolicy',
  policy: RepositoryPolicy,
  {
    subjects,
    document,
    ...place
  }: Pick<ReturnType<typeof factSource>, 'accountId' | 'region' | 'resource' | 'parent' | 'gap'> & {
    readonly subjects: readonly string[];
    readonly document: unknown;
  },
): ReturnType<typeof factSource> {
  if (policy.kind === 'unread') {
    return factSource({ ...place, what: kind, facts: null });
  }
  const facts = new Map<string, Fact>();
  if (policy.kind === 'policy') {
    const { named } = policy;
    const content = { kind: 'document', document, named } as const;
    facts.set('', { kind, subjects, policy: named.policy, content, concernsEcr: always });
  }
  return factSource({ ...place, what: kind, facts, gap: null });
}

const createdSchema = z.object({
  repositories: z.array(z.object({ createdAt: z.union([z.string(), z.number()]).optional() })),
});

/** When each repository was made, where the file says so: one that was deleted and made again has its old name. */
function createdTimes(part: SnapshotPart): ReadonlyMap<string, string> {
  const times = readPart(part, createdSchema).repositories;
  return new Map(
    readPart(part, repositoriesSchema).repositories.map(({ repositoryArn }, index) => {
      const created = times[index]?.createdAt;
      return [repositoryArn, created === undefined ? '' : timeText(created)];
    }),
  );
}

/** The command line writes one time in several ways: as seconds, and with one offset or another. */
function timeText(time: string | number): string {
  const ms = typeof time === 'number' ? time * 1000 : Date.parse(time);
  return Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : canonicalJson(time);
}
