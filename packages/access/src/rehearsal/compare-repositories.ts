import type { PrincipalAccess, RepositoryAccess } from '../access-matrix.ts';
import { add, bitSet, type BitSet, isEmpty, members } from '../bit-set.ts';
import type { RepositoryRun } from '../engine/access-run.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { ActionChange, AccessComparison } from './compare-access.ts';

/**
 * Compares what only policies of repositories tell apart in one run of the engine, for callers whose own side is the same before
 * and after. In the list of the run each repository is there twice, with the one policy and with the other: see `inPairs`.
 *
 * Two runs took twice as long, since callers are most of the work. Of most of them the same holds on both sides, which is seen
 * before tokens and capabilities are asked for: that is half of what is left.
 */
export function repositoryComparison(
  run: RepositoryRun,
  { length, comparison }: { readonly length: number; readonly comparison: AccessComparison },
): (caller: Caller) => readonly ActionChange[] {
  const alike = new Map<readonly unknown[], boolean>();
  const halves = new Map<
    readonly RepositoryAccess[],
    readonly [readonly RepositoryAccess[], readonly RepositoryAccess[]]
  >();
  return (caller) => {
    const blocks = run.blocksOf(caller);
    const isAlike = alike.get(blocks) ?? blocks.every(({ set }) => hasBothOrNeither(set));
    alike.set(blocks, isAlike);
    if (isAlike) {
      return [];
    }
    const { principal, repositories } = run.accessOf(caller);
    const [earlier, later] = halves.get(repositories) ?? [
      everyOther(repositories, { from: 0, length }),
      everyOther(repositories, { from: 1, length }),
    ];
    halves.set(repositories, [earlier, later]);
    // What a registry itself is asked for rests on no policy of a repository.
    const side = (each: readonly RepositoryAccess[]): PrincipalAccess => ({
      principal,
      repositories: each,
      registries: [],
    });
    return comparison.changesOf(side(earlier), side(later));
  };
}

/** Each repository as it is before, followed by what it is afterwards. */
export function inPairs<Each>(before: readonly Each[], after: readonly Each[]): Each[] {
  return before.flatMap((each, index) => [each, after[index] ?? each]);
}

const EVEN = 0x55_55_55_55;

/** Of each pair. */
function hasBothOrNeither(set: BitSet): boolean {
  return set.every((word) => (word & EVEN) === ((word >>> 1) & EVEN));
}

/** The blocks of the repositories in even or odd places, as blocks of a list that holds those alone. */
function everyOther(
  blocks: readonly RepositoryAccess[],
  { from, length }: { readonly from: 0 | 1; readonly length: number },
): RepositoryAccess[] {
  return blocks.flatMap(({ set, profile }): RepositoryAccess[] => {
    const half = bitSet(length);
    for (const index of members(set)) {
      if (index % 2 === from) {
        add(half, index >>> 1);
      }
    }
    return isEmpty(half) ? [] : [{ set: half, profile }];
  });
}
