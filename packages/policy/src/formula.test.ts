import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type Atom,
  atomsOf,
  compareText,
  FALSE,
  type Formula,
  formulaId,
  literalAtom,
  restsOnGap,
  TRUE,
  visitAtoms,
} from './formula.ts';
import { all, any, not, substitute } from './simplify.ts';

const RUNS = { numRuns: 1000, seed: 20261122 };

/** A formula as it was said, before anything is simplified. */
type Said =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Said[] }
  | { readonly kind: 'not'; readonly of: Said }
  | { readonly kind: 'atom'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: boolean };

const NAMES = ['a', 'b', 'c', 'd', 'e'] as const;

const said: fc.Arbitrary<Said> = fc.letrec<{ readonly said: Said }>((tie) => ({
  said: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('atom' as const), name: fc.constantFrom(...NAMES) }),
    fc.record({ kind: fc.constant('constant' as const), value: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('said'), { maxLength: 4 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('said') }),
  ),
})).said;

type Assignment = (name: string) => boolean;

const assignments: readonly Assignment[] = Array.from({ length: 2 ** NAMES.length }, (_, mask): Assignment => {
  const held = NAMES.filter((_name, index) => Math.floor(mask / 2 ** index) % 2 === 1);
  return (name) => held.some((each) => each === name);
});

function atom(name: string): Atom {
  return { kind: 'unreadable', place: name, isGap: false };
}

function nameOf(part: Atom): string {
  return part.kind === 'unreadable' ? part.place : '';
}

function build(formula: Said): Formula {
  switch (formula.kind) {
    case 'all':
      return all(formula.of.map(build));
    case 'any':
      return any(formula.of.map(build));
    case 'not':
      return not(build(formula.of));
    case 'atom':
      return atom(formula.name);
    case 'constant':
      return formula.value ? TRUE : FALSE;
  }
}

function truthOf(formula: Said, holds: Assignment): boolean {
  switch (formula.kind) {
    case 'all':
      return formula.of.every((part) => truthOf(part, holds));
    case 'any':
      return formula.of.some((part) => truthOf(part, holds));
    case 'not':
      return !truthOf(formula.of, holds);
    case 'atom':
      return holds(formula.name);
    case 'constant':
      return formula.value;
  }
}

function mirrored(formula: Said): Said {
  switch (formula.kind) {
    case 'all':
    case 'any':
      return { kind: formula.kind, of: formula.of.map(mirrored).toReversed() };
    case 'not':
      return { kind: 'not', of: mirrored(formula.of) };
    default:
      return formula;
  }
}

describe('what all, any and not build', () => {
  test('has the truth of what was said, under every assignment', () => {
    fc.assert(
      fc.property(said, (formula) => {
        const built = build(formula);
        for (const holds of assignments) {
          const value = substitute(built, (part) => holds(nameOf(part)));
          expect(value).toEqual(truthOf(formula, holds) ? TRUE : FALSE);
        }
      }),
      RUNS,
    );
  });

  test('keeps its truth when only some atoms are settled, whichever they are', () => {
    fc.assert(
      fc.property(said, fc.subarray([...NAMES]), (formula, known) => {
        for (const holds of assignments) {
          const partly = substitute(build(formula), (part) =>
            known.some((name) => name === nameOf(part)) ? holds(nameOf(part)) : null,
          );
          expect(atomsOf(partly).filter((part) => known.some((name) => name === nameOf(part)))).toEqual([]);
          expect(substitute(partly, (part) => holds(nameOf(part)))).toEqual(truthOf(formula, holds) ? TRUE : FALSE);
        }
      }),
      { ...RUNS, numRuns: 200 },
    );
  });

  test('is the same for members in any order', () => {
    fc.assert(
      fc.property(said, (formula) => {
        expect(build(mirrored(formula))).toEqual(build(formula));
        expect(formulaId(build(mirrored(formula)))).toBe(formulaId(build(formula)));
      }),
      RUNS,
    );
  });

  test('is the same for members said twice, and when it is built again from its own parts', () => {
    fc.assert(
      fc.property(said, (formula) => {
        const built = build(formula);
        expect(all([built, built])).toEqual(built);
        expect(any([built, built])).toEqual(built);
        expect(substitute(built, () => null)).toEqual(built);
      }),
      RUNS,
    );
  });

  test('never holds a constant, a junction of one, or a junction directly in one of its own kind', () => {
    const check = (formula: Formula): void => {
      if (formula.kind !== 'all' && formula.kind !== 'any') {
        return;
      }
      expect(formula.of.length).toBeGreaterThan(1);
      for (const part of formula.of) {
        expect(part.kind).not.toBe(formula.kind);
        expect(['true', 'false']).not.toContain(part.kind);
        check(part);
      }
    };
    fc.assert(
      fc.property(said, (formula) => check(build(formula))),
      RUNS,
    );
  });

  test('is opposed twice what it was', () => {
    fc.assert(
      fc.property(said, (formula) => {
        expect(not(not(build(formula)))).toEqual(build(formula));
      }),
      RUNS,
    );
  });
});

const A = atom('a');
const B = atom('b');
const C = atom('c');

describe('a formula is simplified', () => {
  test.each<readonly [string, Formula, Formula]>([
    ['all of nothing is true', all([]), TRUE],
    ['any of nothing is false', any([]), FALSE],
    ['an atom and its opposite exclude each other', all([A, not(A)]), FALSE],
    ['an atom or its opposite covers everything', any([A, not(A)]), TRUE],
    ['any(A, all(A, B)) is A', any([A, all([A, B])]), A],
    ['all(A, any(A, B)) is A', all([A, any([A, B])]), A],
    ['a member that another one implies is dropped from any', any([all([A, B]), all([A, B, C])]), all([A, B])],
    ['a member that another one implies is dropped from all', all([any([A, B]), any([A, B, C])]), any([A, B])],
    ['all(A, any(not A, B)) is all(A, B)', all([A, any([not(A), B])]), all([A, B])],
    ['any(A, all(not A, B)) is any(A, B)', any([A, all([not(A), B])]), any([A, B])],
    ['what follows from one literal settles the next', all([A, any([not(A), B]), any([not(B), C])]), all([A, B, C])],
    ['not moves to the atoms', not(all([A, any([not(B), C])])), any([not(A), all([B, not(C)])])],
  ])('%s', (_title, formula, expected) => {
    expect(formula).toEqual(expected);
  });
});

test('conditions that differ only in the case of their key are one atom', () => {
  const [one, other] = ['aws:PrincipalTag/Team', 'aws:principaltag/team'].map((key): Atom => ({
    kind: 'condition',
    operator: 'StringEquals',
    key,
    values: ['x'],
    isGap: false,
  }));
  expect(one !== undefined && other !== undefined && atomsOf(all([one, other]))).toHaveLength(1);
});

function conditionAtom(isGap: boolean): Atom {
  return { kind: 'condition', operator: 'Bool', key: 'k', values: ['true'], isGap };
}

function resourceAtom(isGap: boolean): Atom {
  return { kind: 'resource', resource: 'r', pattern: 'p', isGap };
}

function unreadableAtom(isGap: boolean): Atom {
  return { kind: 'unreadable', place: 'p', isGap };
}

/** Formulas in which an atom stands at various depths. */
function holding(part: Atom): Formula[] {
  return [part, not(part), all([A, B, any([C, not(part)])]), any([A, part])];
}

describe('what is known of a formula by its parts', () => {
  test.each([conditionAtom, resourceAtom, unreadableAtom])(
    'it rests on a gap where one of its atoms does, however deep',
    (make) => {
      const [gap, open] = [make(true), make(false)];
      expect(holding(gap).map(restsOnGap)).toEqual([true, true, true, true]);
      expect(holding(open).map(restsOnGap)).toEqual([false, false, false, false]);
      expect([TRUE, FALSE].map(restsOnGap)).toEqual([false, false]);
    },
  );

  test('its id tells it from every formula that says something else', () => {
    const atoms = [conditionAtom, resourceAtom, unreadableAtom].flatMap((make) => [make(true), make(false)]);
    const others: Atom[] = [
      { kind: 'condition', operator: 'Null', key: 'k', values: ['true'], isGap: false },
      { kind: 'condition', operator: 'Bool', key: 'ss', values: ['true'], isGap: false },
      { kind: 'condition', operator: 'Bool', key: 'ß', values: ['true'], isGap: false },
      { kind: 'condition', operator: 'Bool', key: 'k', values: ['true', 'false'], isGap: false },
      { kind: 'condition', operator: 'Bool', key: 'k', values: ['true,false'], isGap: false },
      { kind: 'resource', resource: 'r', pattern: 'q', isGap: false },
      { kind: 'resource', resource: 's', pattern: 'p', isGap: false },
      { kind: 'unreadable', place: 'q', isGap: false },
    ];
    const parts = [...atoms, ...others];
    const formulas = [TRUE, FALSE, ...parts, ...parts.map(not), all([A, B]), any([A, B]), all([A, B, C]), any([A, C])];
    expect(new Set(formulas.map(formulaId)).size).toBe(formulas.length);
    expect(formulas.map(formulaId)).not.toContain(undefined);
    expect(formulas.map((formula) => formulaId({ ...formula }))).toEqual(formulas.map(formulaId));
  });

  test('its atoms are told each once, or as often as they stand there', () => {
    const formula: Formula = { kind: 'all', of: [A, { kind: 'any', of: [{ kind: 'not', of: B }, A] }, TRUE] };
    const visited: Atom[] = [];
    visitAtoms(formula, (part) => visited.push(part));
    expect(visited).toEqual([A, B, A]);
    expect(atomsOf(formula)).toEqual([A, B]);
    expect([TRUE, FALSE].flatMap(atomsOf)).toEqual([]);
  });

  test('only an atom and its opposite are literals', () => {
    expect([A, not(A), TRUE, FALSE, all([A, B]), any([A, B])].map(literalAtom)).toEqual([A, A, null, null, null, null]);
  });

  test('texts are in the order of their code units', () => {
    expect(['b', 'a', 'B', 'a', ''].toSorted(compareText)).toEqual(['', 'B', 'a', 'a', 'b']);
    expect([compareText('a', 'b'), compareText('a', 'a'), compareText('b', 'a')]).toEqual([-1, 0, 1]);
  });
});
