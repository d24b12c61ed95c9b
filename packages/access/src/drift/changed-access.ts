import type { PrincipalAccess } from '../access-matrix.ts';
import { callerAccess } from '../engine/caller-access.ts';
import type { Caller } from '../evaluate/caller.ts';
import { type ActionChange, createComparison } from '../rehearsal/compare-access.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import type { BothSides } from './both-sides.ts';
import type { DriftJudge } from './drift-change.ts';
import type { PrincipalPair } from './principal-pairs.ts';
import type { RepositoryPairs } from './repository-pairs.ts';
import { splitChanges } from './split-changes.ts';

/** What became other for one principal. */
export interface ChangedAccess {
  readonly pair: PrincipalPair;
  readonly changes: readonly ActionChange[];
}

/** Evaluates both snapshots and tells what is another, and what may be: by principal, in the order of the pairs. */
export function changedAccess(
  sides: BothSides,
  pairs: readonly PrincipalPair[],
  repositories: RepositoryPairs,
  judge: DriftJudge,
): { readonly certain: readonly ChangedAccess[]; readonly open: readonly ChangedAccess[] } {
  const comparison = createComparison(repositories.all.length);
  const earlier = accessIn(
    sides.before,
    pairs.map((pair) => pair.before),
    repositories.before,
  );
  const later = accessIn(
    sides.after,
    pairs.map((pair) => pair.after),
    repositories.after,
  );
  const split = splitChanges(sides, repositories, judge);
  const certain: ChangedAccess[] = [];
  const open: ChangedAccess[] = [];
  for (const pair of pairs) {
    const [before, after] = [earlier(pair.before), later(pair.after)];
    const changes = comparison.changesOf(
      { ...before, repositories: repositories.ofBefore(before.repositories) },
      { ...after, repositories: repositories.ofAfter(after.repositories) },
    );
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

const NOBODY: PrincipalAccess = {
  principal: { id: '', arn: '', kind: 'external', accountId: null, name: '' },
  repositories: [],
  registries: [],
};

/** To be asked about the callers in their order; one that is not there has nothing. */
function accessIn(
  snapshot: Snapshot,
  callers: readonly (Caller | null)[],
  repositories: readonly Repository[],
): (caller: Caller | null) => PrincipalAccess {
  const access = callerAccess(snapshot, { callers: callers.filter((caller) => caller !== null), repositories }, {});
  return (caller) => {
    if (caller === null) {
      return NOBODY;
    }
    const next = access.next();
    if (next.done === true || next.value.principal.id !== caller.ref.id) {
      throw new Error('there is no access for a principal that was asked about');
    }
    return next.value;
  };
}
