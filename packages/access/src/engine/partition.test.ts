import { expect, test } from 'vitest';
import { add, and, andNot, bitSet, type BitSet, fullSet, isEmpty, members, wordsOf } from '../bit-set.ts';
import { refineAll } from './partition.ts';

const LENGTH = 200;

/** A generator of numbers below a bound, the same at every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A stretch, a few single members, or everything. */
function someSet(next: (below: number) => number, all: BitSet): BitSet {
  if (next(5) === 0) {
    return all;
  }
  const set = bitSet(LENGTH);
  const from = next(LENGTH);
  const to = Math.min(LENGTH, from + next(90));
  for (let index = from; index < to; index += 1) {
    add(set, index);
  }
  add(set, next(LENGTH));
  return set;
}

test.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'gives every member what covers it, in their order, in blocks that do not meet (%i)',
  (seed) => {
    const next = numbersFrom(seed);
    const all = fullSet(LENGTH);
    const start = someSet(next, all);
    const applications = Array.from({ length: 1 + next(9) }, (_, contribution) => {
      const set = someSet(next, all);
      return { set, words: wordsOf(set), contribution };
    });

    const blocks = refineAll([{ set: start, words: wordsOf(start), contributions: [] }], applications, all);

    const found = new Map<number, readonly number[]>();
    for (const { set, words, contributions } of blocks) {
      expect(isEmpty(set)).toBe(false);
      for (const index of members(set)) {
        expect(found.has(index), `member ${index} is in two blocks`).toBe(false);
        expect(index >>> 5).toBeGreaterThanOrEqual(words.from);
        expect(index >>> 5).toBeLessThan(words.to);
        found.set(index, contributions);
      }
    }
    const expected = [...members(start)].map((index): [number, readonly number[]] => {
      const one = bitSet(LENGTH);
      add(one, index);
      return [index, applications.filter(({ set }) => !isEmpty(and(set, one))).map(({ contribution }) => contribution)];
    });
    expect(found).toEqual(new Map(expected));
  },
);

test('leaves no block behind that an application covers only in part', () => {
  const all = fullSet(LENGTH);
  const half = bitSet(LENGTH);
  [0, 40, 199].forEach((index) => add(half, index));
  const blocks = refineAll(
    [{ set: all, words: wordsOf(all), contributions: [] }],
    [{ set: half, words: wordsOf(half), contribution: 7 }],
  );
  expect(blocks.map(({ set, contributions }) => [[...members(set)], contributions])).toEqual([
    [[0, 40, 199], [7]],
    [[...members(andNot(all, half))], []],
  ]);
});
