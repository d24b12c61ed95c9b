import { keptRunOf } from '../engine/kept-run.ts';
import { anyoneOutside, type Caller, findCaller, iamCaller, rootCaller, serviceCaller } from '../evaluate/caller.ts';
import type { PrincipalRef } from '../principal.ts';
import type { IamSnapshot, Snapshot } from '../snapshot/model.ts';

export type PrincipalLifecycle = 'principalCreated' | 'principalDeleted' | 'principalRecreated';

/** One principal in two snapshots; null where it certainly is not there. */
export interface PrincipalPair {
  /** As the later one knows it, if it does. */
  readonly ref: PrincipalRef;
  readonly before: Caller | null;
  readonly after: Caller | null;
  readonly lifecycle: PrincipalLifecycle | null;
}

/**
 * Every principal of either snapshot, by its unique id. A user or role that was deleted and made again is one pair, so that it
 * has changed in what it may do no longer, or may do now, and in nothing else.
 *
 * Whoever is of an account that one of them did not read is left out: nobody knows whether it was there.
 */
export function principalPairs(before: Snapshot, after: Snapshot): PrincipalPair[] {
  const earlier = new Map(keptRunOf(before).callers.map((caller) => [caller.ref.id, caller]));
  const later = new Map(keptRunOf(after).callers.map((caller) => [caller.ref.id, caller]));
  return [...new Set([...earlier.keys(), ...later.keys()])].toSorted().flatMap((id): PrincipalPair[] => {
    const [a, b] = [earlier.get(id), later.get(id)];
    if (a !== undefined && b !== undefined) {
      return [{ ref: b.ref, before: a, after: b, lifecycle: null }];
    }
    return a === undefined ? (b === undefined ? [] : newPair(b, before)) : oldPair(a, after);
  });
}

/** One that only the later snapshot lists. */
function newPair(after: Caller, earlier: Snapshot): PrincipalPair[] {
  const { ref } = after;
  const found = counterpart(earlier, after);
  if (found === 'unknown') {
    return [];
  }
  if (found !== 'absent') {
    return [{ ref, before: found, after, lifecycle: null }];
  }
  const former = namesake(earlier, after);
  return [{ ref, before: former, after, lifecycle: former === null ? 'principalCreated' : 'principalRecreated' }];
}

/** One that only the earlier snapshot lists; where it was made again, that is the pair. */
function oldPair(before: Caller, later: Snapshot): PrincipalPair[] {
  const { ref } = before;
  const found = counterpart(later, before);
  if (found === 'unknown' || (found === 'absent' && namesake(later, before) !== null)) {
    return [];
  }
  return found === 'absent'
    ? [{ ref, before, after: null, lifecycle: 'principalDeleted' }]
    : [{ ref: found.ref, before, after: found, lifecycle: null }];
}

/** The same principal in a snapshot that does not list it. */
function counterpart(snapshot: Snapshot, caller: Caller): Caller | 'absent' | 'unknown' {
  const { ref, iam: principal, request } = caller;
  switch (ref.kind) {
    case 'service':
      return serviceCaller(snapshot, ref.name);
    case 'root':
      return snapshot.accounts.has(ref.accountId ?? '') ? rootCaller(snapshot, ref.accountId ?? '') : 'unknown';
    case 'user':
    case 'role':
    case 'session': {
      const iam = iamOf(snapshot, caller);
      if (iam === null || principal === null) {
        return 'unknown';
      }
      const same = iam.principalsById.get(principal.id);
      return same === undefined ? 'absent' : iamCaller(snapshot, same, request.sessionArn);
    }
    case 'federatedUser':
    case 'external': {
      if (ref.arn === '*') {
        return anyoneOutside(snapshot);
      }
      const found = findCaller(snapshot, ref.arn);
      // One whose account only one of the snapshots has read is known by a unique id there, or not at all.
      return found.kind === 'caller' && found.caller.ref.id === ref.id ? found.caller : 'unknown';
    }
    default:
      return ref.kind satisfies never;
  }
}

/** Another of the same name, made before or afterwards. */
function namesake(snapshot: Snapshot, caller: Caller): Caller | null {
  const same = iamOf(snapshot, caller)?.principalsByArn.get(caller.iam?.arn ?? '');
  return same === undefined ? null : iamCaller(snapshot, same, caller.request.sessionArn);
}

function iamOf(snapshot: Snapshot, { request }: Caller): IamSnapshot | null {
  return snapshot.accounts.get(request.accountId ?? '')?.iam ?? null;
}
