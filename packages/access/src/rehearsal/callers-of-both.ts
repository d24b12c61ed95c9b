import { anyoneOutside, type Caller, findCaller, iamCaller } from '../evaluate/caller.ts';
import { callersOf } from '../evaluate/callers.ts';
import type { Snapshot } from '../snapshot/model.ts';

/** One principal as each of two snapshots knows it. */
export interface CallerPair {
  readonly before: Caller;
  readonly after: Caller;
}

/**
 * Every principal of either snapshot, in the order of ids. One that only one of them lists, because a policy names it there
 * alone, is asked about in both: elsewhere a `*` may let it in. `callers` are those of the snapshot before.
 */
export function callersOfBoth(before: Snapshot, after: Snapshot, callers: readonly Caller[]): CallerPair[] {
  const earlier = new Map(callers.map((caller) => [caller.ref.id, caller]));
  const later = new Map(callersOf(after).map((caller) => [caller.ref.id, caller]));
  return [...new Set([...earlier.keys(), ...later.keys()])].toSorted().flatMap((id): CallerPair[] => {
    const known = earlier.get(id) ?? later.get(id);
    if (known === undefined) {
      return [];
    }
    const pair = { before: earlier.get(id) ?? sameIn(before, known), after: later.get(id) ?? sameIn(after, known) };
    return pair.before === null || pair.after === null ? [] : [{ before: pair.before, after: pair.after }];
  });
}

/** The same where no policy of a repository or registry differs, so that both name the same principals. */
export function ownOfBoth(callers: readonly Caller[], after: Snapshot): CallerPair[] {
  return callers.map((before): CallerPair => {
    const { id } = before.iam ?? {};
    const iam = after.accounts.get(before.request.accountId ?? '')?.iam?.principalsById.get(id ?? '');
    return iam === undefined || iam === before.iam
      ? { before, after: before }
      : { before, after: iamCaller(after, iam, before.request.sessionArn) };
  });
}

/** Changes make and delete no principals, so whoever is found in one snapshot is found in the other. */
function sameIn(snapshot: Snapshot, { ref }: Caller): Caller | null {
  if (ref.arn === '*') {
    return anyoneOutside(snapshot);
  }
  const found = findCaller(snapshot, ref.arn);
  return found.kind === 'caller' ? found.caller : null;
}
