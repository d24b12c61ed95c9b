/**
 * What a decision comes down to: `true`, `false`, or a formula over what is not known.
 *
 * `condition` is a condition of the policy language on a key that is unknown (operator positive, without `IfExists`,
 * values as under Version 2012-10-17). `resource` is a pattern with a variable whose key is unknown. `unreadable` is
 * something that could not be read; `isGap` tells what was never collected, or allows nothing as it stands, from a
 * Deny that is known to exist but cannot be read in full.
 */
export type Formula =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | { readonly kind: 'all'; readonly of: readonly Formula[] }
  | { readonly kind: 'any'; readonly of: readonly Formula[] }
  | { readonly kind: 'not'; readonly of: Atom }
  | Atom;

export type Atom =
  | {
      readonly kind: 'condition';
      readonly operator: string;
      readonly key: string;
      readonly values: readonly string[];
      /** Whether the key's value could not be read, rather than being the request's to bring. */
      readonly isGap: boolean;
    }
  | { readonly kind: 'resource'; readonly resource: string; readonly pattern: string }
  | { readonly kind: 'unreadable'; readonly place: string; readonly isGap: boolean };

/** Whether a formula rests on something that could not be read. */
export function restsOnGap(formula: Formula): boolean {
  return atomsOf(formula).some((atom) => atom.kind !== 'resource' && atom.isGap);
}

export const TRUE: Formula = { kind: 'true' };
export const FALSE: Formula = { kind: 'false' };

/** Every one of the formulas; true for none. The result is simplified and in a canonical order. */
export function all(formulas: Iterable<Formula>): Formula {
  return combine('all', formulas);
}

/** At least one of the formulas; false for none. The result is simplified and in a canonical order. */
export function any(formulas: Iterable<Formula>): Formula {
  return combine('any', formulas);
}

/** The opposite, with `not` only before atoms. */
export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case 'true':
      return FALSE;
    case 'false':
      return TRUE;
    case 'all':
      return any(formula.of.map(not));
    case 'any':
      return all(formula.of.map(not));
    case 'not':
      return formula.of;
    default:
      return { kind: 'not', of: formula };
  }
}

/** The same text for the same formula: keys in lower case, values and members in order. */
export function formulaId(formula: Formula): string {
  const known = ids.get(formula);
  if (known !== undefined) {
    return known;
  }
  const id = computeId(formula);
  ids.set(formula, id);
  return id;
}

const ids = new WeakMap<Formula, string>();

function computeId(formula: Formula): string {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula.kind;
    case 'all':
    case 'any':
      return `${formula.kind}(${formula.of.map(formulaId).join(',')})`;
    case 'not':
      return `not(${formulaId(formula.of)})`;
    case 'condition':
      return JSON.stringify([formula.operator, formula.key.toLowerCase(), formula.values, formula.isGap]);
    case 'resource':
      return JSON.stringify(['resource', formula.resource, formula.pattern]);
    case 'unreadable':
      return JSON.stringify(['unreadable', formula.place, formula.isGap]);
  }
}

/** Every atom of a formula, each once. */
export function atomsOf(formula: Formula): Atom[] {
  const found = new Map<string, Atom>();
  const visit = (part: Formula): void => {
    if (part.kind === 'all' || part.kind === 'any') {
      part.of.forEach(visit);
    } else if (part.kind === 'not') {
      visit(part.of);
    } else if (part.kind !== 'true' && part.kind !== 'false') {
      found.set(formulaId(part), part);
    }
  };
  visit(formula);
  return [...found.values()];
}

/** The formula once some atoms are settled; `settle` gives null for those that stay open. */
export function substitute(formula: Formula, settle: (atom: Atom) => boolean | null): Formula {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula;
    case 'all':
      return all(formula.of.map((part) => substitute(part, settle)));
    case 'any':
      return any(formula.of.map((part) => substitute(part, settle)));
    case 'not':
      return not(substitute(formula.of, settle));
    default: {
      const value = settle(formula);
      return value === null ? formula : value ? TRUE : FALSE;
    }
  }
}

type Junction = 'all' | 'any';

function combine(junction: Junction, formulas: Iterable<Formula>): Formula {
  const absorbing = junction === 'all' ? 'false' : 'true';
  const neutral = junction === 'all' ? 'true' : 'false';
  const members = new Map<string, Formula>();
  for (const formula of formulas) {
    for (const part of formula.kind === junction ? formula.of : [formula]) {
      if (part.kind === absorbing) {
        return part;
      }
      if (part.kind !== neutral) {
        members.set(formulaId(part), part);
      }
    }
  }
  const settled = propagate(junction, members);
  if (settled !== null) {
    return settled;
  }
  const kept = absorb(junction, [...members.values()]);
  const [only] = kept;
  if (only === undefined) {
    return junction === 'all' ? TRUE : FALSE;
  }
  if (kept.length === 1) {
    return only;
  }
  return { kind: junction, of: kept.toSorted((a, b) => compareText(formulaId(a), formulaId(b))) };
}

/**
 * Uses each literal beside it: in `all(A, any(not A, B))` A holds, so `all(A, B)` is left.
 *
 * Gives the whole result where a member changed or two contradict; null where nothing did.
 */
function propagate(junction: Junction, members: ReadonlyMap<string, Formula>): Formula | null {
  const literals = new Map<string, boolean>();
  for (const member of members.values()) {
    if (member.kind === 'all' || member.kind === 'any') {
      continue;
    }
    const isNegated = member.kind === 'not';
    const id = formulaId(isNegated ? member.of : member);
    const value = junction === 'all' ? !isNegated : isNegated;
    if (literals.has(id) && literals.get(id) !== value) {
      return junction === 'all' ? FALSE : TRUE;
    }
    literals.set(id, value);
  }
  if (literals.size === 0) {
    return null;
  }
  let changed = false;
  const next = [...members.values()].map((member) => {
    if (member.kind !== 'all' && member.kind !== 'any') {
      return member;
    }
    const replaced = substitute(member, (atom) => literals.get(formulaId(atom)) ?? null);
    changed ||= formulaId(replaced) !== formulaId(member);
    return replaced;
  });
  return changed ? combine(junction, next) : null;
}

/** Drops a member that another one already decides: `any(A, all(A, B))` is A. */
function absorb(junction: Junction, members: readonly Formula[]): Formula[] {
  const inner = junction === 'all' ? 'any' : 'all';
  const partIds = (formula: Formula): Set<string> =>
    new Set(formula.kind === inner ? formula.of.map(formulaId) : [formulaId(formula)]);
  const sets = members.map(partIds);
  return members.filter((_, index) => {
    const own = sets[index] ?? new Set<string>();
    return !sets.some((other, otherIndex) => otherIndex !== index && other.size < own.size && other.isSubsetOf(own));
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
