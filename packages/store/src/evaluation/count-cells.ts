import { and, count } from '@ecr-audit/access';
import type { FoldedAccess, VerdictIds } from './folded-access.ts';
import type { MemberSet } from './member-set.ts';

/** How many cells an access has, and how many of them it shares with another. */
export interface CellCounter {
  cellsOf(access: FoldedAccess): number;
  /** Cells in which both say the same. */
  shared(before: FoldedAccess, now: FoldedAccess): number;
}

/** Counts cells without unfolding them. `profiles` must hold every profile that is met. */
export function cellCounter(profiles: ReadonlyMap<number, VerdictIds>): CellCounter {
  const verdictsOf = (profileId: number): VerdictIds => {
    const verdictIds = profiles.get(profileId);
    if (verdictIds === undefined) {
      throw new Error(`profile ${profileId} was not read`);
    }
    return verdictIds;
  };
  const sameCounts = new Map<string, number>();
  const sameIn = (a: number, b: number): number => {
    const key = `${a} ${b}`;
    let same = sameCounts.get(key);
    if (same === undefined) {
      const others = verdictsOf(b);
      same = verdictsOf(a).filter((verdictId, place) => verdictId !== null && verdictId === others[place]).length;
      sameCounts.set(key, same);
    }
    return same;
  };
  const cellsOf = oncePerBlocks((blocks) =>
    blocks.entries().reduce((sum, [profileId, { size }]) => sum + size * sameIn(profileId, profileId), 0),
  );
  const sharedIn = oncePerPair((before, now) => {
    let sum = 0;
    for (const [earlier, earlierSet] of before) {
      for (const [later, laterSet] of now) {
        const same = sameIn(earlier, later);
        sum += same === 0 ? 0 : same * countCommon(earlierSet, laterSet);
      }
    }
    return sum;
  });
  return {
    cellsOf: ({ blocks, registries }) =>
      cellsOf(blocks) + registries.values().reduce((sum, { profileId }) => sum + sameIn(profileId, profileId), 0),
    shared: (before, now) =>
      sharedIn(before.blocks, now.blocks) +
      before.registries
        .entries()
        .map(([key, { profileId }]) => {
          const later = now.registries.get(key);
          return later === undefined ? 0 : sameIn(profileId, later.profileId);
        })
        .reduce((sum, same) => sum + same, 0),
  };
}

type Blocks = FoldedAccess['blocks'];

function countCommon(a: MemberSet, b: MemberSet): number {
  return a === b ? a.size : count(and(a.bits, b.bits));
}

// Principals that no policy can tell apart share their blocks.
function oncePerBlocks(compute: (blocks: Blocks) => number): (blocks: Blocks) => number {
  const known = new Map<Blocks, number>();
  return (blocks) => {
    const result = known.get(blocks) ?? compute(blocks);
    known.set(blocks, result);
    return result;
  };
}

function oncePerPair(compute: (before: Blocks, now: Blocks) => number): (before: Blocks, now: Blocks) => number {
  const perNow = new Map<Blocks, (before: Blocks) => number>();
  return (before, now) => {
    const known = perNow.get(now) ?? oncePerBlocks((earlier) => compute(earlier, now));
    perNow.set(now, known);
    return known(before);
  };
}
