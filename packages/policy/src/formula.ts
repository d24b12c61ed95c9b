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
      /** Whether the key's value, or that of a variable, could not be read, rather than being the request's to bring. */
      readonly isGap: boolean;
    }
  | {
      readonly kind: 'resource';
      readonly resource: string;
      readonly pattern: string;
      /** Whether the value of one of its variables could not be read. */
      readonly isGap: boolean;
    }
  | { readonly kind: 'unreadable'; readonly place: string; readonly isGap: boolean };

/** Whether a formula rests on something that could not be read. */
export function restsOnGap(formula: Formula): boolean {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return false;
    case 'all':
    case 'any':
      return formula.of.some(restsOnGap);
    case 'not':
      return restsOnGap(formula.of);
    case 'condition':
    case 'resource':
    case 'unreadable':
      return formula.isGap;
  }
}

export type Junction = 'all' | 'any';

export const TRUE: Formula = { kind: 'true' };
export const FALSE: Formula = { kind: 'false' };

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
      return JSON.stringify(['resource', formula.resource, formula.pattern, ...(formula.isGap ? [true] : [])]);
    case 'unreadable':
      return JSON.stringify(['unreadable', formula.place, formula.isGap]);
  }
}

/** Every atom of a formula, each once. */
export function atomsOf(formula: Formula): Atom[] {
  const found = new Map<string, Atom>();
  visitAtoms(formula, (atom) => found.set(formulaId(atom), atom));
  return [...found.values()];
}

/** Every atom of a formula, as often as it stands there. */
export function visitAtoms(formula: Formula, visit: (atom: Atom) => void): void {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return;
    case 'all':
    case 'any':
      for (const part of formula.of) {
        visitAtoms(part, visit);
      }
      return;
    case 'not':
      visit(formula.of);
      return;
    default:
      visit(formula);
  }
}

/** The atom of a literal, which is an atom or its opposite; null for anything else. */
export function literalAtom(formula: Formula): Atom | null {
  switch (formula.kind) {
    case 'true':
    case 'false':
    case 'all':
    case 'any':
      return null;
    case 'not':
      return formula.of;
    default:
      return formula;
  }
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
