import { add, bitSet, members } from '../bit-set.ts';
import type { ActionChange } from './compare-access.ts';

/** From sets over some repositories to sets over all of them. The same list for the same list. */
export function widening(
  indices: readonly number[],
  length: number,
): (changes: readonly ActionChange[]) => readonly ActionChange[] {
  const known = new Map<readonly ActionChange[], readonly ActionChange[]>();
  const widen = (change: ActionChange): ActionChange => {
    if (change.set === null) {
      return change;
    }
    const wide = bitSet(length);
    for (const place of members(change.set)) {
      add(wide, indices[place] ?? 0);
    }
    return { ...change, set: wide };
  };
  return (changes) => {
    const wide = known.get(changes) ?? changes.map(widen);
    known.set(changes, wide);
    return wide;
  };
}
