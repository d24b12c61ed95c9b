import type { AccessRow, Residual } from '@ecr-audit/access';

/** What is left of an answer where it does not count by which names things could not be read, or statements are known. */
export interface NamelessAnswer {
  readonly decision: AccessRow['decision'];
  readonly residual: Residual | null;
  readonly limits: readonly string[];
  /** Without the names of policies and statements: type, effect and way. */
  readonly reasons: readonly string[];
}

/**
 * An answer without the names that a change of documents changes. Two equal formulas stay equal when the same things
 * in them are given one name, so nothing is found that is not there.
 */
export function nameless({ decision, residual, limits, reasons }: AccessRow): NamelessAnswer {
  return {
    decision,
    residual: residual === null ? null : withoutNames(residual),
    limits: limits.map(({ code }) => code),
    reasons: [...new Set(reasons.map(({ policyType, effect, via }) => `${policyType} ${effect} ${via}`))].toSorted(),
  };
}

function withoutNames(residual: Residual): Residual {
  if ('all' in residual) {
    return { all: residual.all.map(withoutNames) };
  }
  if ('any' in residual) {
    return { any: residual.any.map(withoutNames) };
  }
  if ('not' in residual) {
    return { not: withoutNames(residual.not) };
  }
  return 'unreadable' in residual ? { unreadable: 'something' } : residual;
}
