import type { Formula } from './formula.ts';
import { all, any, not } from './simplify.ts';

/**
 * The condition under which access holds, as JSON. Null stands for a decision that needs none.
 *
 * A leaf is a condition of the policy language under Version 2012-10-17 (`operator` positive, without `IfExists`),
 * a resource pattern whose variable is not known, or something that could not be read.
 */
export type Residual =
  | { readonly all: readonly Residual[] }
  | { readonly any: readonly Residual[] }
  | { readonly not: Residual }
  | { readonly operator: string; readonly key: string; readonly values: readonly string[] }
  | { readonly resource: string; readonly pattern: string }
  | { readonly unreadable: string };

/** The formula as JSON; null where it is decided. */
export function toResidual(formula: Formula): Residual | null {
  return formula.kind === 'true' || formula.kind === 'false' ? null : part(formula);
}

function part(formula: Formula): Residual {
  switch (formula.kind) {
    case 'true':
      return { all: [] };
    case 'false':
      return { any: [] };
    case 'all':
      return { all: formula.of.map(part) };
    case 'any':
      return { any: formula.of.map(part) };
    case 'not':
      return { not: part(formula.of) };
    case 'condition':
      return { operator: formula.operator, key: formula.key, values: formula.values };
    case 'resource':
      return { resource: formula.resource, pattern: formula.pattern };
    case 'unreadable':
      return { unreadable: formula.place };
  }
}

/** The formula that a residual was made from. What could not be read comes back as a gap. */
export function fromResidual(residual: Residual): Formula {
  if ('all' in residual) {
    return all(residual.all.map(fromResidual));
  }
  if ('any' in residual) {
    return any(residual.any.map(fromResidual));
  }
  if ('not' in residual) {
    return not(fromResidual(residual.not));
  }
  if ('operator' in residual) {
    return { kind: 'condition', ...residual, isGap: false };
  }
  if ('resource' in residual) {
    return { kind: 'resource', ...residual, isGap: false };
  }
  return { kind: 'unreadable', place: residual.unreadable, isGap: true };
}
