import { keptRunOf } from '../engine/kept-run.ts';
import type { ActionChange } from '../rehearsal/compare-access.ts';
import type { BothSides } from './both-sides.ts';
import type { ChangesOfPair } from './changes-of-pairs.ts';
import { concernedBy } from './concerned.ts';
import type { DriftJudge } from './drift-change.ts';
import { changesInOneWorld } from './one-world.ts';
import type { PrincipalPair } from './principal-pairs.ts';
import type { RepositoryPairs } from './repository-pairs.ts';
import { splitChanges } from './split-changes.ts';
import { changesInTwoWorlds } from './two-worlds.ts';

/** What became other for one principal. */
export interface ChangedAccess {
  readonly pair: PrincipalPair;
  readonly changes: readonly ActionChange[];
}

/**
 * Tells what is another, and what may be: by principal, in the order of the pairs, whose callers are those of the engines that are
 * kept with the snapshots.
 */
export function changedAccess(
  sides: BothSides,
  pairs: readonly PrincipalPair[],
  repositories: RepositoryPairs,
  judge: DriftJudge,
): { readonly certain: readonly ChangedAccess[]; readonly open: readonly ChangedAccess[] } {
  const changesOf = changesBetween(sides, repositories);
  const split = splitChanges(sides, repositories, judge);
  const certain: ChangedAccess[] = [];
  const open: ChangedAccess[] = [];
  for (const pair of pairs) {
    const changes = changesOf(pair);
    if (changes.length === 0) {
      continue;
    }
    const found = split(changes, pair.ref);
    if (found.certain.length > 0) {
      certain.push({ pair, changes: found.certain });
    }
    if (found.open.length > 0) {
      open.push({ pair, changes: found.open });
    }
  }
  return { certain, open };
}

function changesBetween(sides: BothSides, repositories: RepositoryPairs): ChangesOfPair {
  const concerned = concernedBy(sides, repositories);
  const kept = { before: keptRunOf(sides.before), after: keptRunOf(sides.after) };
  const compared = { sides, kept, repositories, concerned };
  return concerned.isOneWorld ? changesInOneWorld(compared) : changesInTwoWorlds(compared);
}
