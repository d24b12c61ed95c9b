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
  /** Blocks of repositories of one side as blocks of the one list. The same list for the same list. */
  ofBefore(blocks: readonly RepositoryAccess[]): readonly RepositoryAccess[];
  ofAfter(blocks: readonly RepositoryAccess[]): readonly RepositoryAccess[];
}

export function repositoryPairs(
  earlier: Snapshot,
  later: Snapshot,
  differences: readonly ConfigurationDifference[],
): RepositoryPairs {
  const [before, after] = [repositoriesOf(earlier), repositoriesOf(later)];
  const byArn = new Map([...before, ...after].map((each) => [each.arn, each]));
  const all = [...byArn.values()].toSorted((a, b) => (a.arn < b.arn ? -1 : 1));
  const indices = new Map(all.map(({ arn }, index) => [arn, index]));
  const [inBefore, inAfter] = [new Set(before.map(({ arn }) => arn)), new Set(after.map(({ arn }) => arn))];
  const again = new Set(
    differences.flatMap(({ kind, change, subjects }) =>
      kind === 'repository' && change === 'changed' ? subjects : [],
    ),
  );
  const sets = new Map<RepositoryLifecycle | null, BitSet>();
  for (const [index, repository] of all.entries()) {
    const { arn } = repository;
    const isOnlyOne = !inBefore.has(arn) || !inAfter.has(arn);
    if (isOnlyOne && !isListed(inBefore.has(arn) ? later : earlier, repository)) {
      continue;
    }
    const lifecycle = !inBefore.has(arn)
      ? 'repositoryCreated'
      : !inAfter.has(arn)
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
    ofBefore: placing(before, indices),
    ofAfter: placing(after, indices),
  };
}

function isListed({ accounts }: Snapshot, { accountId, region }: Repository): boolean {
  return (accounts.get(accountId)?.regions.get(region)?.repositories ?? null) !== null;
}

function placing(
  own: readonly Repository[],
  indices: ReadonlyMap<string, number>,
): (blocks: readonly RepositoryAccess[]) => readonly RepositoryAccess[] {
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
