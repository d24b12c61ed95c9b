import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Atom, atomsOf, FALSE, type Formula, formulaId, type Junction, literalAtom, TRUE } from './formula.ts';
import { Propagation } from './propagation.ts';
import { all, any, not, substitute } from './simplify.ts';

const ATOM_COUNT = 5;
const RUNS = { numRuns: 300, seed: 20261122 };

function atom(index: number): Atom {
  return spelled(`k${index}`);
}

const [a, b, c, d, e] = [atom(0), atom(1), atom(2), atom(3), atom(4)];

const formula: fc.Arbitrary<Formula> = fc.letrec<{ readonly formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small' },
    fc.nat(ATOM_COUNT - 1).map(atom),
    fc.nat(ATOM_COUNT - 1).map((index) => not(atom(index))),
    fc.array(tie('formula'), { minLength: 2, maxLength: 4 }).map(all),
    fc.array(tie('formula'), { minLength: 2, maxLength: 4 }).map(any),
  ),
})).formula;

/** The truth of a formula, by nothing but its definition; bit `i` of `held` is atom `i`. */
function truthOf(part: Formula, held: number): boolean {
  switch (part.kind) {
    case 'true':
    case 'false':
      return part.kind === 'true';
    case 'all':
      return part.of.every((each) => truthOf(each, held));
    case 'any':
      return part.of.some((each) => truthOf(each, held));
    case 'not':
      return !truthOf(part.of, held);
    case 'condition':
      return (held & (1 << Number(part.key.slice(1)))) !== 0;
    default:
      throw new TypeError('expected a condition');
  }
}

function spelled(key: string): Atom {
  return { kind: 'condition', operator: 'Bool', key, values: ['true'], isGap: false };
}

function truthTable(junction: Junction, members: readonly Formula[]): boolean[] {
  return Array.from({ length: 2 ** ATOM_COUNT }, (_, held) =>
    junction === 'all' ? members.every((each) => truthOf(each, held)) : members.some((each) => truthOf(each, held)),
  );
}

function run(junction: Junction, ...members: readonly Formula[]): readonly Formula[] | null {
  const left = new Propagation(junction, substitute).run(members);
  for (const [id, member] of left ?? []) {
    expect(id).toBe(formulaId(member));
  }
  return left === null ? null : [...left.values()].toSorted((x, y) => (formulaId(x) < formulaId(y) ? -1 : 1));
}

function sorted(...formulas: readonly Formula[]): readonly Formula[] {
  return formulas.toSorted((x, y) => (formulaId(x) < formulaId(y) ? -1 : 1));
}

describe.each(['all', 'any'] as const)('propagating in %s', (junction) => {
  test('leaves as true what is left, and no literal in anything beside it', () => {
    fc.assert(
      fc.property(fc.array(formula, { maxLength: 7 }), (members) => {
        const left = run(junction, ...members);
        const [deciding, neutral] = junction === 'all' ? [FALSE, TRUE] : [TRUE, FALSE];
        // None are left where the junction is decided.
        expect(truthTable(junction, left ?? [deciding])).toEqual(truthTable(junction, members));
        const kinds = (left ?? []).map(({ kind }) => kind);
        expect(kinds.filter((kind) => [junction, deciding.kind, neutral.kind].includes(kind))).toEqual([]);
        const literals = (left ?? []).flatMap((member) => literalAtom(member) ?? []).map(formulaId);
        expect(new Set(literals).size).toBe(literals.length);
        const beside = (left ?? []).filter((member) => literalAtom(member) === null).flatMap(atomsOf);
        expect(beside.filter((each) => literals.includes(formulaId(each)))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('is decided by a constant of the one kind, and not changed by one of the other', () => {
    const [deciding, neutral] = junction === 'all' ? [FALSE, TRUE] : [TRUE, FALSE];
    expect(run(junction, a, deciding)).toBeNull();
    expect(run(junction, a, neutral, b)).toEqual(sorted(a, b));
  });
});

describe('what `all` leaves, and `any` where everything is turned around', () => {
  test.each<readonly [string, () => readonly Formula[], () => readonly Formula[] | null]>([
    ['a part that cannot hold is taken out', () => [not(a), any([a, b, c])], () => [not(a), any([b, c])]],
    ['the last part that can hold has to', () => [a, any([not(a), b])], () => [a, b]],
    ['two parts that go in one round leave one', () => [a, b, any([not(a), not(b), c])], () => [a, b, c]],
    ['nothing is left that could hold', () => [a, b, any([not(a), not(b)])], () => null],
    ['a part that holds meets the clause', () => [a, any([a, b])], () => [a]],
    ['the opposite that holds meets the clause', () => [not(a), any([not(a), b])], () => [not(a)]],
    ['met by one and shortened by the other', () => [a, b, any([not(a), b, c])], () => [a, b]],
    ['shortened by the one and met by the other', () => [a, b, any([a, not(b), c])], () => [a, b]],
    ['a part that is a junction', () => [a, any([b, all([a, c])])], () => [a, any([b, c])]],
    ['a junction beside which nothing is left', () => [a, any([not(a), all([b, c])])], () => [a, b, c]],
    [
      'both as a part and deeper',
      () => [a, any([not(a), all([b, any([not(a), c])]), d])],
      () => [a, any([all([b, c]), d])],
    ],
    ['a junction that can no longer hold', () => [not(a), any([all([a, b]), c])], () => [not(a), c]],
    [
      'a clause that is rebuilt and then shortened',
      () => [a, any([all([a, b]), c, d]), any([not(a), not(c)])],
      () => [a, not(c), any([b, d])],
    ],
    ['a junction of the same kind', () => [all([a, b]), any([not(a), not(b), c])], () => [a, b, c]],
    ['a contradiction in a junction of the same kind', () => [not(a), all([b, a])], () => null],
    ['two literals that contradict', () => [a, b, not(a)], () => null],
    ['the same literal twice', () => [a, a, any([not(a), b])], () => [a, b]],
    [
      'the same clause twice, once it is shortened',
      () => [a, any([not(a), b, c]), any([b, c])],
      () => [a, any([b, c])],
    ],
    [
      'round after round',
      () => [a, any([not(a), b]), any([not(b), c]), any([not(c), d]), any([not(d), e])],
      () => [a, b, c, d, e],
    ],
  ])('%s', (_title, given, left) => {
    const expected = left();
    expect(run('all', ...given())).toEqual(expected === null ? null : sorted(...expected));
    expect(run('any', ...given().map(not))).toEqual(expected === null ? null : sorted(...expected.map(not)));
  });

  test('what no literal touches is the object that it was', () => {
    const apart = any([b, all([c, d])]);
    expect(run('all', a, apart)?.find((each) => each.kind === 'any')).toBe(apart);
  });
});

describe('of two spellings the first one stays, in whatever order they come', () => {
  const [first, second] = [spelled('k:Team'), spelled('k:team')];

  test.each<readonly [string, (part: Atom, index: number) => readonly Formula[], () => readonly Formula[]]>([
    ['literals', (part) => [part], () => [first]],
    ['literals that come to light', (part, index) => [atom(index), any([not(atom(index)), part])], () => [a, b, first]],
    [
      'clauses that become one',
      (part, index) => [atom(index), any([not(atom(index)), part, c])],
      () => [a, b, any([first, c])],
    ],
  ])('%s', (_title, members, left) => {
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      expect(run('all', ...order.flatMap(members))).toEqual(sorted(...left()));
    }
  });
});

function areMet(members: readonly Formula[], holds: (index: number) => boolean): boolean {
  return members.every((member) => {
    const settled = substitute(member, (each) => each.kind === 'condition' && holds(Number(each.key.slice(1))));
    return settled.kind === 'true';
  });
}

/** Each link settles the next, and one part of the last member, deep inside it. */
function chainBesideGiant(length: number): Formula[] {
  const numbers = Array.from({ length }, (_, index) => index);
  return [
    atom(0),
    ...numbers.map((index) => any([not(atom(index)), atom(index + 1)])),
    any([atom(2 * length + 1), ...numbers.map((index) => all([atom(index), atom(length + 1 + index)]))]),
  ];
}

describe('a member that changes deep inside in every round', () => {
  test('is told every literal while it is no larger than a policy', () => {
    const left = run('all', ...chainBesideGiant(30));
    expect(left?.filter((member) => literalAtom(member) !== null).length).toBe(31);
  });

  test('stops the rounds once it was gone over too often; what is left is longer, and as true', () => {
    const length = 200;
    const given = chainBesideGiant(length);
    const left = run('all', ...given) ?? [];
    const literalCount = left.filter((member) => literalAtom(member) !== null).length;
    expect(literalCount).toBeGreaterThan(30);
    expect(literalCount).toBeLessThan(length);
    for (const last of [0, 1, literalCount, length - 1, length, length + 1, 2 * length + 1]) {
      const holds = (index: number): boolean => index <= last;
      expect(areMet(left, holds)).toBe(areMet(given, holds));
    }
  });
});
