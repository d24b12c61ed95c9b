import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Atom, atomsOf, FALSE, type Formula, formulaId, type Junction, TRUE } from './formula.ts';
import { all, any, not, substitute } from './simplify.ts';

const RUNS = { numRuns: 1500, seed: 20261122 };

/** The rules of simplification, each tried on every member until nothing changes: slow, and easy to read. */
function plainly(junction: Junction, formulas: readonly Formula[]): Formula {
  const inner = junction === 'all' ? 'any' : 'all';
  const [neutral, absorbing] = junction === 'all' ? ([TRUE, FALSE] as const) : ([FALSE, TRUE] as const);
  const flat = formulas.flatMap((formula) => (formula.kind === junction ? formula.of : [formula]));
  const members = [...new Map(flat.map((part) => [formulaId(part), part])).values()].filter(
    (part) => part.kind !== neutral.kind,
  );
  const literals = members.filter((part) => part.kind !== 'all' && part.kind !== 'any');
  const ids = new Set(literals.map(formulaId));
  if (members.some((part) => part.kind === absorbing.kind) || literals.some((part) => ids.has(formulaId(not(part))))) {
    return absorbing;
  }
  const told = members.map((part) =>
    part.kind === inner
      ? plainSubstitute(part, (atom) => {
          const holds = ids.has(formulaId(atom)) ? true : ids.has(formulaId(not(atom))) ? false : null;
          return holds === null ? null : holds === (junction === 'all');
        })
      : part,
  );
  if (told.some((part, index) => part !== members[index])) {
    return plainly(junction, told);
  }
  const partsOf = (part: Formula): Set<string> =>
    new Set(part.kind === inner ? part.of.map(formulaId) : [formulaId(part)]);
  const kept = members
    .filter((part) => !members.some((other) => other !== part && partsOf(other).isSubsetOf(partsOf(part))))
    .toSorted((a, b) => (formulaId(a) < formulaId(b) ? -1 : 1));
  return kept.length > 1 ? { kind: junction, of: kept } : (kept[0] ?? neutral);
}

function plainSubstitute(formula: Formula, settle: (atom: Atom) => boolean | null): Formula {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula;
    case 'all':
    case 'any': {
      const parts = formula.of.map((part) => plainSubstitute(part, settle));
      return parts.some((part, index) => part !== formula.of[index]) ? plainly(formula.kind, parts) : formula;
    }
    case 'not': {
      const value = settle(formula.of);
      return value === null ? formula : value ? FALSE : TRUE;
    }
    default: {
      const value = settle(formula);
      return value === null ? formula : value ? TRUE : FALSE;
    }
  }
}

type Said =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Said[] }
  | { readonly kind: 'atom'; readonly index: number; readonly isNegated: boolean };

function saidOver(atomCount: number): fc.Arbitrary<Said> {
  return fc.letrec<{ readonly said: Said }>((tie) => ({
    said: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ kind: fc.constant('atom' as const), index: fc.nat(atomCount - 1), isNegated: fc.boolean() }),
      fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('said'), { maxLength: 7 }) }),
    ),
  })).said;
}

function build(said: Said, join: (junction: Junction, formulas: readonly Formula[]) => Formula): Formula {
  if (said.kind === 'atom') {
    const found = atom(said.index);
    return said.isNegated ? not(found) : found;
  }
  return join(
    said.kind,
    said.of.map((part) => build(part, join)),
  );
}

function joined(junction: Junction, formulas: readonly Formula[]): Formula {
  return junction === 'all' ? all(formulas) : any(formulas);
}

function atom(index: number): Atom {
  return { kind: 'condition', operator: 'Bool', key: `k${index}`, values: ['true'], isGap: false };
}

function range<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index));
}

describe('simplifying', () => {
  test.each([3, 8, 20])('comes to what the rules come to that are tried one by one, over %d atoms', (atomCount) => {
    let junctions = 0;
    fc.assert(
      fc.property(saidOver(atomCount), fc.nat(atomCount - 1), fc.boolean(), (said, index, value) => {
        const built = build(said, joined);
        junctions += built.kind === 'all' || built.kind === 'any' ? 1 : 0;
        expect(built).toEqual(build(said, plainly));
        const settle = (each: Atom): boolean | null =>
          each.kind === 'condition' && each.key === `k${index}` ? value : null;
        expect(substitute(built, settle)).toEqual(plainSubstitute(built, settle));
      }),
      RUNS,
    );
    // Were nearly everything a constant, the property would say nothing.
    expect(junctions).toBeGreaterThan(RUNS.numRuns / 20);
  });

  test('comes to the same where literals come to light one after another, and several at once', () => {
    const parts = fc.array(saidOver(9), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.constantFrom('all' as const, 'any' as const), (said, junction) => {
        // The fifth link brings two literals to light in one round.
        const links = [atom(0), ...chain(5), all([not(atom(4)), atom(6)])];
        const turned = junction === 'any' ? links : links.map(not);
        const members = (join: typeof joined): Formula[] => [...turned, ...said.map((part) => build(part, join))];
        expect(joined(junction, members(joined))).toEqual(plainly(junction, members(plainly)));
      }),
      RUNS,
    );
  });

  test('gives the same object where nothing is settled, so that what is known of it stays known', () => {
    const formula = all([any([atom(1), atom(2)]), not(atom(3))]);
    expect(substitute(formula, () => null)).toBe(formula);
    expect(not(formula)).toBe(not(formula));
  });

  test('settles atoms alone: what is decided stays as it is', () => {
    expect(substitute(TRUE, () => false)).toBe(TRUE);
    expect(substitute(FALSE, () => true)).toBe(FALSE);
  });

  test('keeps the same one of two spellings of a key, in whatever order they come', () => {
    const parts = ['aws:PrincipalTag/Team', 'aws:PrincipalTag/team', 'aws:principaltag/TEAM'].map((key): Atom => ({
      kind: 'condition',
      operator: 'Bool',
      key,
      values: ['true'],
      isGap: false,
    }));
    const [first = TRUE] = parts;
    for (const order of [parts, parts.toReversed(), [...parts.slice(1), ...parts.slice(0, 1)]]) {
      expect(all(order)).toEqual(first);
      expect(any(order.map(not))).toEqual(not(first));
      expect(any(order.map((part) => all([part, atom(1)])))).toEqual(all([first, atom(1)]));
      expect(all([...order.map((part) => any([not(atom(1)), part])), atom(1)])).toEqual(all([first, atom(1)]));
      // Two spellings that come to light in one round, late.
      const pair = order.filter((part) => part !== parts[1]);
      const late = pair.map((part, index) => all([not(atom(5 + index)), part]));
      const fork = [all([not(atom(4)), atom(5)]), all([not(atom(4)), atom(6)])];
      expect(any([...late, ...fork, ...chain(4), atom(0)])).toEqual(any([first, ...range(7, atom)]));
    }
  });
});

/** The truth of a formula, by nothing but its definition. */
function truthOf(formula: Formula, holds: (index: number) => boolean): boolean {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula.kind === 'true';
    case 'all':
      return formula.of.every((part) => truthOf(part, holds));
    case 'any':
      return formula.of.some((part) => truthOf(part, holds));
    case 'not':
      return !truthOf(formula.of, holds);
    case 'condition':
      return holds(Number(formula.key.slice(1)));
    default:
      throw new TypeError('expected a condition');
  }
}

/** Some requests in which few, half and most of the conditions hold, always the same. */
const requests = range(15, (request) => (index: number): boolean => {
  const mixed = Math.imul(index * 61 + request + 1, 2_654_435_761) >>> 8;
  return mixed % 100 < (request % 3) * 48 + 2;
});

/** Each link settles the next. */
function chain(length: number): Formula[] {
  return range(length, (index) => all([not(atom(index)), atom(index + 1)]));
}

/** A member that every link of a chain takes a part from. */
function giant(length: number): Formula {
  return all([atom(length + 1), ...range(length, (index) => not(atom(index)))]);
}

/** Where every member is gone over whenever one of them changes, a chain of these takes minutes. */
describe('what is hostile in size ends, and is as true as what was said', () => {
  test.each<readonly [string, Junction, () => readonly Formula[], number | null]>([
    ['8,000 literals', 'any', () => range(8_000, atom), 8_000],
    ['8,000 members with two parts each', 'any', () => range(8_000, (i) => all([atom(i), atom(i + 1)])), 8_000],
    ['8,000 members that share a part', 'all', () => range(8_000, (i) => any([atom(0), atom(i + 1)])), 8_000],
    [
      '8,000 of which one absorbs the others',
      'any',
      () => [...range(8_000, (i) => all([atom(0), atom(1), atom(i + 2)])), all([atom(0), atom(1)])],
      2,
    ],
    ['a chain in which each settles the next', 'any', () => [atom(0), ...chain(8_000)], 8_001],
    ['the same chain backwards', 'any', () => [...chain(8_000).toReversed(), atom(0)], 8_001],
    ['a chain that ends in a contradiction', 'any', () => [atom(0), ...chain(8_000), not(atom(8_000))], 0],
    ['a chain beside a member that every link shortens', 'any', () => [atom(0), ...chain(4_000), giant(4_000)], 4_002],
    [
      'a chain beside a member that every link changes deep inside',
      'any',
      () => [atom(0), ...chain(800), all([atom(1_000), ...range(800, (i) => any([not(atom(i)), atom(i + 6_000)]))])],
      null,
    ],
    [
      'members made of the same few parts',
      'any',
      () =>
        range(6_000, (i) =>
          all(
            range(17, (bit) => bit).flatMap((bit) =>
              (Math.imul(i, 2_654_435_761) >>> bit) % 2 === 1 ? [atom(bit)] : [],
            ),
          ),
        ),
      null,
    ],
  ])('%s', (_title, junction, make, memberCount) => {
    const members = make();
    const built = joined(junction, members);
    const count = built.kind === 'all' || built.kind === 'any' ? built.of.length : 0;
    expect(count).toBe(memberCount ?? count);
    for (const holds of requests) {
      const isMet = (member: Formula): boolean => truthOf(member, holds);
      expect(truthOf(built, holds)).toBe(junction === 'all' ? members.every(isMet) : members.some(isMet));
    }
    expect(atomsOf(not(built)).length).toBe(atomsOf(built).length);
  });
});
