import type { PrincipalAccess } from '../access-matrix.ts';
import { createAccessRun } from '../engine/access-run.ts';
import type { KeptRun } from '../engine/kept-run.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import type { CallerPair } from './callers-of-both.ts';
import { type ActionChange, createComparison } from './compare-access.ts';
import { inPairs, repositoryComparison } from './compare-repositories.ts';

/** What changes for a principal in some repositories, and in the registries of its account. */
export type ChangesOf = (pair: CallerPair) => readonly ActionChange[];

/** Two snapshots to compare. */
export interface Sides {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** Of `before`. */
  readonly kept: KeptRun;
  readonly pairs: readonly CallerPair[];
}

/** For callers that bring something else, or whose account is bound otherwise: in every repository. */
export function changesEverywhere(
  { before, after, kept, pairs }: Sides,
  {
    repositories,
    isOfCallersAlone,
  }: { readonly repositories: readonly Repository[]; readonly isOfCallersAlone: boolean },
): ChangesOf {
  const comparison = createComparison(repositories.length);
  const earlier = accessIn(before, { callers: pairs.map((pair) => pair.before), repositories: kept.repositories });
  const later = accessIn(after, { callers: pairs.map((pair) => pair.after), repositories });
  return (pair) => {
    const now = kept.knows(pair.before) ? kept.accessOf(pair.before) : earlier(pair.before);
    const isKnown = isOfCallersAlone && kept.knows(pair.after);
    return comparison.changesOf(now, isKnown ? kept.accessElsewhere(pair.after, after) : later(pair.after));
  };
}

/** For callers that bring what they brought, in some repositories, where something above these differs. */
export function changesBelow(
  { before, after, kept, pairs }: Sides,
  some: { readonly before: readonly Repository[]; readonly after: readonly Repository[] },
): ChangesOf {
  const comparison = createComparison(some.before.length);
  const ready = kept.over(some.before);
  const earlier = accessIn(before, { callers: pairs.map((pair) => pair.before), repositories: some.before });
  const later = accessIn(after, { callers: pairs.map((pair) => pair.after), repositories: some.after });
  return (pair) => {
    const now = ready !== null && kept.knows(pair.before) ? ready.accessOf(pair.before) : earlier(pair.before);
    return comparison.changesOf(now, later(pair.after));
  };
}

/** For callers that bring what they brought, in some repositories of which nothing but their own policies differs. */
export function changesIn(
  { before, kept, pairs }: Sides,
  some: { readonly before: readonly Repository[]; readonly after: readonly Repository[] },
): ChangesOf {
  const { length } = some.before;
  const both = inPairs(some.before, some.after);
  const comparison = createComparison(length);
  const ready = kept.over(both);
  const known = ready === null ? null : repositoryComparison(ready, { length, comparison });
  let other: ReturnType<typeof repositoryComparison> | null = null;
  return (pair) => {
    if (known !== null && kept.knows(pair.before)) {
      return known(pair.before);
    }
    other ??= repositoryComparison(
      newRun(
        before,
        pairs.map((each) => each.before),
      ).over(both),
      { length, comparison },
    );
    return other(pair.before);
  };
}

/** What callers may do, by an engine that is made when the first one is asked about. */
function accessIn(
  snapshot: Snapshot,
  { callers, repositories }: { readonly callers: readonly Caller[]; readonly repositories: readonly Repository[] },
): (caller: Caller) => PrincipalAccess {
  let run: ReturnType<ReturnType<typeof newRun>['over']> | null = null;
  return (caller) => {
    run ??= newRun(snapshot, callers).over(repositories);
    return run.accessOf(caller);
  };
}

function newRun(snapshot: Snapshot, callers: readonly Caller[]): ReturnType<typeof createAccessRun> {
  return createAccessRun(snapshot, { callers, regions: [], includeDenied: false, keepsCallers: false });
}
