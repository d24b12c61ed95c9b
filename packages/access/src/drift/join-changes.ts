import { and, type BitSet, isEmpty, or } from '../bit-set.ts';
import type { ActionChange } from '../rehearsal/compare-access.ts';
import { sideKey } from '../rehearsal/side.ts';

/** Puts changes in some places and in others together, each change once. The same list for the same lists. */
export function joinedChanges(): (
  here: readonly ActionChange[],
  there: readonly ActionChange[],
) => readonly ActionChange[] {
  const known = new WeakMap<readonly ActionChange[], WeakMap<readonly ActionChange[], readonly ActionChange[]>>();
  return (here, there) => {
    if (here.length === 0 || there.length === 0) {
      return here.length === 0 ? there : here;
    }
    const inner = known.get(here) ?? new WeakMap<readonly ActionChange[], readonly ActionChange[]>();
    known.set(here, inner);
    const joined = inner.get(there) ?? join([...here, ...there]);
    inner.set(there, joined);
    return joined;
  };
}

function join(changes: readonly ActionChange[]): ActionChange[] {
  const found = new Map<string, ActionChange>();
  for (const change of changes) {
    const { action, before, after, set } = change;
    const key = `${set === null} ${action} ${sideKey(before)} > ${sideKey(after)}`;
    const known = found.get(key);
    found.set(key, known === undefined ? change : joinPlaces(known, change));
  }
  return [...found.values()];
}

function joinPlaces(one: ActionChange, other: ActionChange): ActionChange {
  const set = one.set === null || other.set === null ? null : or(one.set, other.set);
  return { ...one, set, registries: [...one.registries, ...other.registries] };
}

/** What of changes in repositories lies within a set. The same list for the same list. */
export function changesWithin(within: BitSet): (changes: readonly ActionChange[]) => readonly ActionChange[] {
  const known = new WeakMap<readonly ActionChange[], readonly ActionChange[]>();
  const cut = (change: ActionChange): ActionChange[] => {
    const set = change.set === null ? null : and(change.set, within);
    return set === null || isEmpty(set) ? [] : [{ ...change, set }];
  };
  return (changes) => {
    const inside = known.get(changes) ?? changes.flatMap(cut);
    known.set(changes, inside);
    return inside;
  };
}
