import { describe, expect, test } from 'vitest';

import { type Atom, type Formula, formulaId, type Junction, TRUE } from './formula.ts';
import { propagate } from './propagate.ts';
import { all, any, not, substitute } from './simplify.ts';

function atom(index: number): Atom {
  return { kind: 'condition', operator: 'Bool', key: `k${index}`, values: ['true'], isGap: false };
}

const [a, b, c, d, e, f, g] = [atom(0), atom(1), atom(2), atom(3), atom(4), atom(5), atom(6)];

function mapOf(formulas: readonly Formula[]): ReadonlyMap<string, Formula> {
  return new Map(formulas.map((formula) => [formulaId(formula), formula]));
}

function inOrder(members: ReadonlyMap<string, Formula> | null): readonly Formula[] | null {
  for (const [id, member] of members ?? []) {
    expect(id).toBe(formulaId(member));
  }
  return members === null ? null : [...members.values()].toSorted((x, y) => (formulaId(x) < formulaId(y) ? -1 : 1));
}

function propagated(junction: Junction, ...formulas: readonly Formula[]): readonly Formula[] | null {
  return inOrder(propagate(junction, mapOf(formulas), substitute));
}

function sorted(...formulas: readonly Formula[]): readonly Formula[] | null {
  return inOrder(mapOf(formulas));
}

describe('the literals of `all` are used in what stands beside them', () => {
  test.each<readonly [string, () => readonly Formula[], () => readonly Formula[]]>([
    ['what holds leaves the rest of a clause that denies it', () => [a, any([not(a), b])], () => [a, b]],
    ['what does not hold is taken out of a clause', () => [not(a), any([a, b, c])], () => [not(a), any([b, c])]],
    ['a clause that is met says nothing more', () => [a, any([a, b])], () => [a]],
    ['the opposite meets a clause too', () => [not(a), any([not(a), b])], () => [not(a)]],
    ['a part deeper inside', () => [a, any([b, all([a, c])])], () => [a, any([b, c])]],
    [
      'a part deeper inside that can no longer hold',
      () => [not(a), any([b, c, all([a, d])])],
      () => [not(a), any([b, c])],
    ],
    ['what comes to light is used in turn', () => [a, any([not(a), b]), any([not(b), c])], () => [a, b, c]],
    [
      'two that come to light at once',
      () => [a, any([not(a), all([b, c])]), any([not(b), not(c), d])],
      () => [a, b, c, d],
    ],
    [
      'after any number of rounds',
      () => [a, any([not(a), b]), any([not(b), c]), any([not(c), d]), any([not(d), e]), any([not(e), f, g])],
      () => [a, b, c, d, e, any([f, g])],
    ],
  ])('%s', (_title, given, left) => {
    expect(propagated('all', ...given())).toEqual(sorted(...left()));
    // Turned around, the same is said of `any`.
    expect(propagated('any', ...given().map(not))).toEqual(sorted(...left().map(not)));
  });
});

describe('two members that contradict decide the junction', () => {
  test.each<readonly [string, () => readonly Formula[]]>([
    ['as they stand', () => [a, not(a)]],
    ['beside others, in either order', () => [b, not(a), any([c, d]), a]],
    ['after a clause was shortened', () => [a, any([not(a), b]), not(b)]],
    ['when nothing is left of a clause', () => [a, b, any([not(a), not(b)])]],
    ['after any number of rounds', () => [a, any([not(a), b]), any([not(b), c]), any([not(c), d]), not(d)]],
  ])('%s', (_title, given) => {
    expect(propagated('all', ...given())).toBeNull();
    expect(propagated('any', ...given().map(not))).toBeNull();
  });
});

test.each<readonly [string, () => readonly Formula[]]>([
  ['no members', () => []],
  ['literals alone', () => [a, not(b)]],
  ['no literals', () => [any([a, b]), any([not(a), c])]],
  ['literals that stand nowhere else', () => [a, any([b, all([c, d])])]],
])('members among which there is nothing to use are given back as they are: %s', (_title, given) => {
  const members = mapOf(given());
  expect(propagate('all', members, substitute)).toBe(members);
});

test('only members that hold a literal are built again', () => {
  const [touched, apart] = [any([not(a), b, c]), any([d, e])];
  const left = propagate('all', mapOf([a, touched, apart]), substitute);
  expect(left?.get(formulaId(apart))).toBe(apart);
  expect(left?.get(formulaId(any([b, c])))).toEqual(any([b, c]));
  expect(left?.has(formulaId(TRUE))).toBe(false);
});
