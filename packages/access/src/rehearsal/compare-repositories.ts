import type { PrincipalAccess, RepositoryAccess } from '../access-matrix.ts';
import { add, bitSet, isEmpty, members } from '../bit-set.ts';
import { callerAccess } from '../engine/caller-access.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { PrincipalRef } from '../principal.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import type { ActionChange, AccessComparison } from './compare-access.ts';

/** Principals whose own side is the same before and after, and repositories with another policy of their own. */
export interface RepositoriesAlone {
  /** As it is afterwards: but for the policies of these repositories, nothing that is asked differs. */
  readonly snapshot: Snapshot;
  readonly callers: readonly Caller[];
  readonly before: readonly Repository[];
  /** In the same order. */
  readonly after: readonly Repository[];
}

/**
 * Compares what only policies of repositories tell apart in one run of the engine: each repository is there twice, with the
 * one policy and with the other. Two runs took twice as long, since callers and their tokens are most of the work.
 */
export function* compareRepositories(
  { snapshot, callers, before, after }: RepositoriesAlone,
  comparison: AccessComparison,
): Generator<{ readonly principal: PrincipalRef; readonly changes: readonly ActionChange[] }> {
  const both = before.flatMap((repository, index) => [repository, after[index] ?? repository]);
  const halves = new Map<
    readonly RepositoryAccess[],
    readonly [readonly RepositoryAccess[], readonly RepositoryAccess[]]
  >();
  for (const access of callerAccess(snapshot, { callers, repositories: both }, {})) {
    const { principal, repositories } = access;
    const [earlier, later] = halves.get(repositories) ?? [
      everyOther(repositories, { from: 0, length: before.length }),
      everyOther(repositories, { from: 1, length: before.length }),
    ];
    halves.set(repositories, [earlier, later]);
    // What a registry itself is asked for rests on no policy of a repository.
    const side = (blocks: readonly RepositoryAccess[]): PrincipalAccess => ({
      principal,
      repositories: blocks,
      registries: [],
    });
    yield { principal, changes: comparison.changesOf(side(earlier), side(later)) };
  }
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
