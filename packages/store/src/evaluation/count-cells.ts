import { count } from '@ecr-audit/access';
import type { OverlapFinder, Overlaps } from './block-overlaps.ts';
import type { FoldedAccess, VerdictIds } from './folded-access.ts';

/** How many cells an access has, and how many of them it shares with another. */
export interface CellCounter {
  cellsOf(access: FoldedAccess): number;
  /** Cells in which both say the same. */
  shared(before: FoldedAccess, now: FoldedAccess): number;
}

/** Counts cells without unfolding them. `profiles` must hold every profile that is met. */
export function cellCounter(profiles: ReadonlyMap<number, VerdictIds>, overlaps: OverlapFinder): CellCounter {
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
  // Principals that no policy can tell apart share their blocks.
  const cellsOf = oncePerObject((blocks: FoldedAccess['blocks']): number =>
    blocks.entries().reduce((sum, [profileId, { size }]) => sum + size * sameIn(profileId, profileId), 0),
  );
  const sharedIn = oncePerObject(({ kept, moved }: Overlaps): number => {
    let sum = 0;
    for (const [profileId, { size }] of kept) {
      sum += size * sameIn(profileId, profileId);
    }
    for (const { before, now, bits } of moved) {
      const same = before === null || now === null ? 0 : sameIn(before, now);
      sum += same === 0 ? 0 : same * count(bits);
    }
    return sum;
  });
  return {
    cellsOf: ({ blocks, registries }) =>
      cellsOf(blocks) + registries.values().reduce((sum, { profileId }) => sum + sameIn(profileId, profileId), 0),
    shared: (before, now) =>
      sharedIn(overlaps(before.blocks, now.blocks)) +
      before.registries
        .entries()
        .map(([key, { profileId }]) => {
          const later = now.registries.get(key);
          return later === undefined ? 0 : sameIn(profileId, later.profileId);
        })
        .reduce((sum, same) => sum + same, 0),
  };
}

function oncePerObject<Argument extends object>(compute: (argument: Argument) => number) {
  const known = new Map<Argument, number>();
  return (argument: Argument): number => {
    const result = known.get(argument) ?? compute(argument);
    known.set(argument, result);
    return result;
  };
}
