import { anyoneOutside, type Caller, findCaller } from '../evaluate/caller.ts';
import { callersOf } from '../evaluate/callers.ts';
import type { Snapshot } from '../snapshot/model.ts';

/** One principal as each of two snapshots knows it. */
export interface CallerPair {
  readonly before: Caller;
  readonly after: Caller;
}

/**
 * Every principal of either snapshot, in the order of ids. One that only one of them lists, because a policy names it there
 * alone, is asked about in both: elsewhere a `*` may let it in.
 */
export function callersOfBoth(before: Snapshot, after: Snapshot): CallerPair[] {
  const earlier = callersById(before);
  const later = callersById(after);
  return [...new Set([...earlier.keys(), ...later.keys()])].toSorted().flatMap((id): CallerPair[] => {
    const known = earlier.get(id) ?? later.get(id);
    if (known === undefined) {
      return [];
    }
    const pair = { before: earlier.get(id) ?? sameIn(before, known), after: later.get(id) ?? sameIn(after, known) };
    return pair.before === null || pair.after === null ? [] : [{ before: pair.before, after: pair.after }];
  });
}

function callersById(snapshot: Snapshot): Map<string, Caller> {
  return new Map(callersOf(snapshot).map((caller) => [caller.ref.id, caller]));
}

/** Changes make and delete no principals, so whoever is found in one snapshot is found in the other. */
function sameIn(snapshot: Snapshot, { ref }: Caller): Caller | null {
  if (ref.arn === '*') {
    return anyoneOutside(snapshot);
  }
  const found = findCaller(snapshot, ref.arn);
  return found.kind === 'caller' ? found.caller : null;
}
