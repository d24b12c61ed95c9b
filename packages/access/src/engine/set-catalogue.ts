import { bitSet, type BitSet } from '../bit-set.ts';

/** Gives equal sets one number and one object. */
export interface SetCatalogue {
  numberOf(set: BitSet): number;
  /** The first set given that is equal to this one, which may be this one itself: then it must not change any more. */
  same(set: BitSet): BitSet;
}

/**
 * By a hash of the words, because a text of all of them takes longer to build than to compare.
 *
 * Only the objects that it gives out are known by themselves. Knowing every object, weakly, cost more in the garbage
 * collector than it saved in hashing.
 */
export function createSetCatalogue(): SetCatalogue {
  const byObject = new Map<BitSet, number>();
  const byHash = new Map<number, number[]>();
  const sets: BitSet[] = [];
  const numberOf = (set: BitSet): number => {
    const known = byObject.get(set);
    if (known !== undefined) {
      return known;
    }
    const hash = hashOf(set);
    const alike = byHash.get(hash) ?? [];
    byHash.set(hash, alike);
    let number = alike.find((each) => areEqual(sets[each], set));
    if (number === undefined) {
      number = sets.length;
      alike.push(number);
      sets.push(set);
      byObject.set(set, number);
    }
    return number;
  };
  return { numberOf, same: (set) => sets[numberOf(set)] ?? set };
}

/** Empty sets to build in, used again where the one that was built was known already. */
export interface Scratch {
  take(): BitSet;
  /** The kept set that is equal to one taken from here; what was taken must not be touched again. */
  keep(set: BitSet): BitSet;
}

export function createScratch(length: number, catalogue: SetCatalogue): Scratch {
  const free: BitSet[] = [];
  return {
    take: () => free.pop() ?? bitSet(length),
    keep(set) {
      const kept = catalogue.same(set);
      if (kept !== set) {
        free.push(set.fill(0));
      }
      return kept;
    },
  };
}

function hashOf(set: BitSet): number {
  let hash = 0;
  for (let index = 0; index < set.length; index += 1) {
    hash = (Math.imul(hash, 31) + (set[index] ?? 0)) | 0;
  }
  return hash;
}

function areEqual(a: BitSet | undefined, b: BitSet): boolean {
  if (a === undefined || a.length !== b.length) {
    return false;
  }
  for (let index = 0; index < b.length; index += 1) {
    if (a[index] !== b[index]) {
      return false;
    }
  }
  return true;
}
