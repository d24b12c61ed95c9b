import { resourceArn } from '../activity/resources.ts';
import { add, andNot, bitSet, type BitSet, members } from '../bit-set.ts';
import type { Place } from '../over-permission/observation.ts';
import { placeKey } from '../over-permission/use-index.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { unionOfSets } from './compare-access.ts';
import { type MeantPrefix, wholePrefixes } from './resource-patterns.ts';
import type { Use } from './uses.ts';

/** The repositories that a proof is about. */
export interface Scope {
  /** Those of the snapshot in the order of their ARNs, and then the others. */
  readonly repositories: readonly Repository[];
  /** Those of others that were used, and one under each prefix that does not exist; in the order of their ARNs. */
  readonly others: readonly Repository[];
  /** The prefixes that may stand for all repositories under them, with the repository to come. */
  readonly prefixes: readonly { readonly prefix: MeantPrefix; readonly probe: number }[];
  /** Used repositories of registries that were listed, and that are not there any more. */
  readonly gone: readonly Use[];
  /** Null where the repository is not there any more. */
  indexOf(place: Use['place']): number | null;
  withoutProbes(set: BitSet): BitSet;
  unionOf(sets: readonly BitSet[]): BitSet;
  registriesOf(set: BitSet): readonly Place[];
  isRead(accountId: string): boolean;
}

/** The name of a repository that does not exist. ECR's names have no two separators in a row, so it never will. */
const NOT_YET = 'to..come';

// Each costs a target in the evaluation; an account with more prefixes than this is told by ARNs.
const PREFIXES_MAX = 200;

export function scopeOf(
  snapshot: Snapshot,
  existing: readonly Repository[],
  uses: readonly Use[],
  accountId: string,
): Scope {
  const known = new Map(
    existing.map((repository) => [placeKey({ ...repository, repository: repository.name }), repository]),
  );
  const outside = new Map<string, Repository>();
  const used = new Map<string, Repository>();
  const gone: Use[] = [];
  for (const use of uses) {
    const key = placeKey(use.place);
    const repository = known.get(key);
    if (repository !== undefined) {
      used.set(key, repository);
    } else if (use.place.repository !== null && isListed(snapshot, use.place)) {
      gone.push(use);
    } else if (use.place.repository !== null) {
      outside.set(key, strange(use.place, use.place.repository));
    }
  }
  const own = existing.filter((repository) => repository.accountId === accountId);
  const prefixes = wholePrefixes([...used.values()], own).slice(0, PREFIXES_MAX);
  const probes = prefixes.map((prefix): Repository => ({
    arn: `${prefix.arn}${NOT_YET}`,
    accountId: prefix.accountId,
    region: prefix.region,
    name: `${prefix.name}${NOT_YET}`,
    policy: { kind: 'none' },
    tags: [],
  }));
  const others = [...outside.values(), ...probes].toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const repositories = [...existing, ...others];
  const indices = new Map(
    repositories.map((repository, index) => [placeKey({ ...repository, repository: repository.name }), index]),
  );
  const indexOf = (place: Use['place']): number | null => indices.get(placeKey(place)) ?? null;
  const probeSet = bitSet(repositories.length);
  const placed = prefixes.flatMap((prefix, at) => {
    const probe = probes[at];
    const index = probe === undefined ? null : indexOf({ ...probe, repository: probe.name });
    return index === null ? [] : [{ prefix, probe: index }];
  });
  placed.forEach(({ probe }) => add(probeSet, probe));
  return {
    repositories,
    others,
    prefixes: placed,
    gone,
    indexOf,
    withoutProbes: (set) => andNot(set, probeSet),
    unionOf: (sets) => unionOfSets(sets, repositories.length),
    registriesOf: (set) => {
      const registries = new Map<string, Place>();
      for (const index of members(set)) {
        const repository = repositories[index];
        if (repository !== undefined) {
          const { accountId: owner, region } = repository;
          registries.set(`${owner} ${region}`, { accountId: owner, region });
        }
      }
      return [...registries.values()];
    },
    isRead: (owner) => snapshot.accounts.has(owner),
  };
}

function isListed(snapshot: Snapshot, { accountId, region }: Use['place']): boolean {
  return (snapshot.accounts.get(accountId)?.regions.get(region)?.repositories ?? null) !== null;
}

/** One whose registry was not read: AWS's own images, or a partner's. */
function strange(place: Use['place'], name: string): Repository {
  return {
    arn: resourceArn(place) ?? name,
    accountId: place.accountId,
    region: place.region,
    name,
    policy: { kind: 'unread' },
    tags: null,
  };
}
