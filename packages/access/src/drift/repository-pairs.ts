import type { RepositoryAccess } from '../access-matrix.ts';
import { add, bitSet, type BitSet, members } from '../bit-set.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import type { ConfigurationDifference } from './configuration-difference.ts';

export type RepositoryLifecycle = 'repositoryCreated' | 'repositoryDeleted' | 'repositoryRecreated';

/** The repositories of two snapshots as one list, which the sets of a comparison are about. */
export interface RepositoryPairs {
  /** In the order of ARNs. */
  readonly all: readonly Repository[];
  readonly before: readonly Repository[];
  readonly after: readonly Repository[];
  /** Those of each kind; null for those that are the same ones in both. What one side did not list is in none of them. */
  readonly sets: readonly { readonly lifecycle: RepositoryLifecycle | null; readonly set: BitSet }[];
  /** The one at an index as each side has it; null where it has none. */
  inBefore(index: number): Repository | null;
  inAfter(index: number): Repository | null;
  readonly ofBefore: PlacedBlocks;
  readonly ofAfter: PlacedBlocks;
}

/** Blocks of repositories of one side as blocks of the one list. The same list for the same list. */
export type PlacedBlocks = (blocks: readonly RepositoryAccess[]) => readonly RepositoryAccess[];

/** Some of the repositories, as a list of their own. */
export type SomeRepositories = Pick<RepositoryPairs, 'all' | 'before' | 'after' | 'ofBefore' | 'ofAfter'>;

/** Those at the indices, which are in order. */
export function someRepositories(pairs: RepositoryPairs, indices: readonly number[]): SomeRepositories {
  const all = indices.flatMap((index) => pairs.all[index] ?? []);
  const places = new Map(all.map(({ arn }, place) => [arn, place]));
  const before = indices.flatMap((index) => pairs.inBefore(index) ?? []);
  const after = indices.flatMap((index) => pairs.inAfter(index) ?? []);
  return { all, before, after, ofBefore: placing(before, places), ofAfter: placing(after, places) };
}

export function repositoryPairs(
  earlier: Snapshot,
  later: Snapshot,
  differences: readonly ConfigurationDifference[],
): RepositoryPairs {
  const [before, after] = [repositoriesOf(earlier), repositoriesOf(later)];
  const [beforeByArn, afterByArn] = [byArn(before), byArn(after)];
  const all = [...new Map([...beforeByArn, ...afterByArn]).values()].toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const indices = new Map(all.map(({ arn }, index) => [arn, index]));
  const again = new Set(
    differences.flatMap(({ kind, change, subjects }) =>
      kind === 'repository' && change === 'changed' ? subjects : [],
    ),
  );
  const sets = new Map<RepositoryLifecycle | null, BitSet>();
  for (const [index, repository] of all.entries()) {
    const { arn } = repository;
    const isOnlyOne = !beforeByArn.has(arn) || !afterByArn.has(arn);
    if (isOnlyOne && !isListed(beforeByArn.has(arn) ? later : earlier, repository)) {
      continue;
    }
    const lifecycle = !beforeByArn.has(arn)
      ? 'repositoryCreated'
      : !afterByArn.has(arn)
        ? 'repositoryDeleted'
        : again.has(`repository:${arn}`)
          ? 'repositoryRecreated'
          : null;
    const set = sets.get(lifecycle) ?? bitSet(all.length);
    sets.set(lifecycle, set);
    add(set, index);
  }
  return {
    all,
    before,
    after,
    sets: [...sets].map(([lifecycle, set]) => ({ lifecycle, set })),
    inBefore: (index) => beforeByArn.get(all[index]?.arn ?? '') ?? null,
    inAfter: (index) => afterByArn.get(all[index]?.arn ?? '') ?? null,
    ofBefore: placing(before, indices),
    ofAfter: placing(after, indices),
  };
}

function byArn(repositories: readonly Repository[]): ReadonlyMap<string, Repository> {
  return new Map(repositories.map((each) => [each.arn, each]));
}

function isListed({ accounts }: Snapshot, { accountId, region }: Repository): boolean {
  return (accounts.get(accountId)?.regions.get(region)?.repositories ?? null) !== null;
}

function placing(own: readonly Repository[], indices: ReadonlyMap<string, number>): PlacedBlocks {
  if (own.length === indices.size) {
    return (blocks) => blocks;
  }
  const places = own.map(({ arn }) => indices.get(arn) ?? 0);
  const known = new WeakMap<readonly RepositoryAccess[], readonly RepositoryAccess[]>();
  return (blocks) => {
    const placed =
      known.get(blocks) ??
      blocks.map(({ set, profile }): RepositoryAccess => {
        const wide = bitSet(indices.size);
        for (const index of members(set)) {
          add(wide, places[index] ?? 0);
        }
        return { set: wide, profile };
      });
    known.set(blocks, placed);
    return placed;
  };
}
