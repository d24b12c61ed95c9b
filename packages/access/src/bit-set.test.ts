import { describe, expect, test } from 'vitest';
import {
  add,
  and,
  andNot,
  bitSet,
  type BitSet,
  count,
  fullSet,
  has,
  intersects,
  isEmpty,
  isSubsetWithin,
  keyOf,
  members,
  or,
} from './bit-set.ts';

function setOf(length: number, ...indices: readonly number[]): BitSet {
  const set = bitSet(length);
  indices.forEach((index) => add(set, index));
  return set;
}

const LENGTH = 70;
const edges = [0, 31, 32, 63, 64, 69];

test('members come back ascending, across the borders of words', () => {
  expect([...members(setOf(LENGTH, ...edges.toReversed()))]).toEqual(edges);
  expect([...members(bitSet(LENGTH))]).toEqual([]);
});

test.each([0, 1, 31, 32, 33, 64, 70])('the full set of a list of %i has exactly its members', (length) => {
  expect([...members(fullSet(length))]).toEqual(Array.from({ length }, (_, index) => index));
  expect(count(fullSet(length))).toBe(length);
});

describe('two sets', () => {
  const a = setOf(LENGTH, 0, 31, 32, 69);
  const b = setOf(LENGTH, 31, 33, 69);

  test('meet, join and differ as sets do', () => {
    expect([...members(and(a, b))]).toEqual([31, 69]);
    expect([...members(or(a, b))]).toEqual([0, 31, 32, 33, 69]);
    expect([...members(andNot(a, b))]).toEqual([0, 32]);
    expect([...members(andNot(b, a))]).toEqual([33]);
  });

  test('are left as they were by all of it', () => {
    and(a, b);
    or(a, b);
    andNot(a, b);
    expect([...members(a)]).toEqual([0, 31, 32, 69]);
    expect([...members(b)]).toEqual([31, 33, 69]);
  });

  test('intersect where they share a member, and contain each other where one has all of the other', () => {
    expect(intersects(a, b)).toBe(true);
    expect(intersects(setOf(LENGTH, 32), b)).toBe(false);
    expect(isSubsetWithin(setOf(LENGTH, 31, 69), b, { from: 0, to: 3 })).toBe(true);
    expect(isSubsetWithin(a, b, { from: 0, to: 3 })).toBe(false);
    expect(isSubsetWithin(bitSet(LENGTH), b, { from: 0, to: 3 })).toBe(true);
  });

  test('have one key exactly where they are equal', () => {
    expect(keyOf(a)).toBe(keyOf(setOf(LENGTH, 69, 32, 31, 0)));
    const keys = Array.from({ length: LENGTH }, (_, index) => keyOf(setOf(LENGTH, index)));
    expect(new Set([...keys, keyOf(a), keyOf(b), keyOf(bitSet(LENGTH))]).size).toBe(LENGTH + 3);
  });
});

test('only the empty set is empty, and the highest bit of a word counts like any other', () => {
  expect(isEmpty(bitSet(LENGTH))).toBe(true);
  for (const index of edges) {
    const set = setOf(LENGTH, index);
    expect(isEmpty(set)).toBe(false);
    expect(has(set, index)).toBe(true);
    expect(has(set, index === 0 ? 1 : index - 1)).toBe(false);
    expect(count(set)).toBe(1);
  }
});
