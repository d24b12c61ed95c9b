import { createHash } from 'node:crypto';

/** Choices that are the same for the same seed on every machine. */
export interface Random {
  /** From 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Different members, in their order; all of them where there are no more than `count`. */
  some<Item>(items: readonly Item[], count: number): Item[];
  /** A key, as often as its weight says. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key;
}

/**
 * A stream of its own for each seed.
 *
 * Every role and repository draws from a stream named for it, so that an organization with more principals keeps the
 * ones that it had: what grows in a measurement is one thing.
 */
export function createRandom(seed: string): Random {
  const bytes = createHash('sha256').update(seed).digest();
  // Chris Doty-Humphrey's sfc32: four words of state, which is plenty for documents.
  let [a, b, c, counter] = [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)];
  const fraction = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(fraction() * limit);
  return {
    fraction,
    below,
    chance: (share) => fraction() < share,
    pick: (items) => at(items, below(items.length)),
    some(items, count) {
      const indices = items.map((_, index) => index);
      while (indices.length > count) {
        indices.splice(below(indices.length), 1);
      }
      return indices.map((index) => at(items, index));
    },
    weighted(weights) {
      const keys = keysOf(weights);
      let rest = fraction() * keys.reduce((sum, key) => sum + weights[key], 0);
      return keys.find((key) => (rest -= weights[key]) < 0) ?? at(keys, keys.length - 1);
    },
  };
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) {
    throw new Error('there is nothing to choose from');
  }
  return item;
}

function keysOf<Key extends string>(weights: Readonly<Record<Key, number>>): Key[] {
  const isKey = (key: string): key is Key => Object.hasOwn(weights, key);
  return Object.keys(weights).filter(isKey);
}
