import { absorb } from './absorb.ts';
import { type Atom, compareText, FALSE, type Formula, formulaId, type Junction, TRUE } from './formula.ts';
import { gather } from './gather.ts';
import { propagate } from './propagate.ts';

/** Every one of the formulas; true for none. The result is simplified and in a canonical order. */
export function all(formulas: Iterable<Formula>): Formula {
  return combine('all', formulas);
}

/** At least one of the formulas; false for none. The result is simplified and in a canonical order. */
export function any(formulas: Iterable<Formula>): Formula {
  return combine('any', formulas);
}

/** The opposite, with `not` only before atoms. The opposite of a simplified formula is as simple as it. */
export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case 'true':
      return FALSE;
    case 'false':
      return TRUE;
    case 'all':
    case 'any': {
      const known = opposites.get(formula);
      if (known !== undefined) {
        return known;
      }
      const opposite = inOrder(formula.kind === 'all' ? 'any' : 'all', byId(formula.of.map(not)));
      opposites.set(formula, opposite);
      return opposite;
    }
    case 'not':
      return formula.of;
    default:
      return { kind: 'not', of: formula };
  }
}

/** A Deny of a thousand conditions is turned around once, and not for every request. */
const opposites = new WeakMap<Formula, Formula>();

/** The formula once some atoms are settled; `settle` gives null for those that stay open. */
export function substitute(formula: Formula, settle: (atom: Atom) => boolean | null): Formula {
  return replaceAtoms(formula, (atom) => {
    const value = settle(atom);
    return value === null ? atom : value ? TRUE : FALSE;
  });
}

/** The formula with something else in the place of its atoms, simplified again. */
export function replaceAtoms(formula: Formula, replace: (atom: Atom) => Formula): Formula {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula;
    case 'all':
    case 'any': {
      const parts = formula.of.map((part) => replaceAtoms(part, replace));
      return parts.every((part, index) => part === formula.of[index]) ? formula : combine(formula.kind, parts);
    }
    case 'not': {
      const replaced = replace(formula.of);
      return replaced === formula.of ? formula : not(replaced);
    }
    default:
      return replace(formula);
  }
}

/**
 * Near linear in the size of the formulas. Where simplifying further would cost far more than that, `propagate` and
 * `absorb` stop early: the result is then longer than it need be, and as right.
 */
function combine(junction: Junction, formulas: Iterable<Formula>): Formula {
  const gathered = gather(junction, formulas);
  const members = gathered === null ? null : propagate(junction, gathered, substitute);
  if (members === null) {
    return junction === 'all' ? FALSE : TRUE;
  }
  const kept = absorb(junction, members);
  if (kept.size > 1) {
    return inOrder(junction, kept);
  }
  const [only] = kept.values();
  return only ?? (junction === 'all' ? TRUE : FALSE);
}

function byId(formulas: readonly Formula[]): Map<string, Formula> {
  return new Map(formulas.map((formula) => [formulaId(formula), formula]));
}

function inOrder(junction: Junction, members: ReadonlyMap<string, Formula>): Formula {
  const entries = [...members].toSorted(([a], [b]) => compareText(a, b));
  return { kind: junction, of: entries.map(([, member]) => member) };
}
