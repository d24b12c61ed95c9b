import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { absorb } from './absorb.ts';
import { type Atom, type Formula, formulaId, type Junction } from './formula.ts';

const RUNS = { numRuns: 150, seed: 20261122 };

function atom(index: number): Atom {
  return { kind: 'condition', operator: 'Bool', key: `k${index}`, values: ['true'], isGap: false };
}

/** One part stands for itself, several for a junction of the other kind. */
function memberOf(junction: Junction, parts: readonly number[]): Formula {
  const [first, ...others] = parts.map(atom);
  return first === undefined || others.length > 0
    ? { kind: junction === 'all' ? 'any' : 'all', of: parts.map(atom) }
    : first;
}

function membersOf(junction: Junction, sets: readonly (readonly number[])[]): ReadonlyMap<string, Formula> {
  return new Map(sets.map((parts) => memberOf(junction, parts)).map((member) => [formulaId(member), member]));
}

/** Every set of `size` numbers below `count`. */
function subsets(count: number, size: number, from = 0): number[][] {
  if (size === 0) {
    return [[]];
  }
  return Array.from({ length: count - from }, (_, index) => from + index).flatMap((first) =>
    subsets(count, size - 1, first + 1).map((others) => [first, ...others]),
  );
}

describe.each(['all', 'any'] as const)('absorbing in %s', (junction) => {
  const set = fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 5 }).map((parts) => parts.toSorted((a, b) => a - b));

  test('leaves exactly the members of which no other one is a part, in their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(set, { maxLength: 12, selector: (parts) => parts.join(' ') }), (sets) => {
        const left = sets.filter(
          (parts) => !sets.some((other) => other !== parts && new Set(other).isSubsetOf(new Set(parts))),
        );
        expect([...absorb(junction, membersOf(junction, sets))]).toEqual([...membersOf(junction, left)]);
      }),
      RUNS,
    );
  });

  test('gives the same members where there is nothing to absorb', () => {
    for (const sets of [
      [],
      [[0]],
      [[0, 1]],
      [[0], [1], [2]],
      [[0, 1], [2]],
      [
        [0, 1],
        [1, 2],
      ],
    ]) {
      const members = membersOf(junction, sets);
      expect(absorb(junction, members)).toBe(members);
    }
  });
});

test('absorbing is left undone past twenty million comparisons, and done in full before', () => {
  const many = membersOf('any', [...subsets(15, 6), ...subsets(15, 7)]);
  expect(absorb('any', many)).toBe(many);
  const few = membersOf('any', [...subsets(10, 4), ...subsets(10, 5)]);
  expect([...absorb('any', few).keys()]).toEqual([...membersOf('any', subsets(10, 4)).keys()]);
});
