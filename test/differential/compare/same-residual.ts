import type { Residual } from '@ecr-audit/access';
import { fromResidual, settle } from '@ecr-audit/policy';

import { isEquivalent } from './implies.ts';
import { readResidual } from './residual-formula.ts';

/**
 * `text`: written the same. `formula`: the same truth in every case. `keys`: the same in every case that the values of
 * the keys leave possible (one endpoint at a time). `undecided`: too large to tell, so it is counted and never hidden.
 */
export type ResidualVerdict = 'text' | 'formula' | 'keys' | 'different' | 'undecided';

/** Compares two residuals as logical formulas, exactly where it decides. */
export function compareResiduals(left: Residual | null, right: Residual | null): ResidualVerdict {
  if (JSON.stringify(left) === JSON.stringify(right)) {
    return 'text';
  }
  if (left === null || right === null) {
    return 'different';
  }
  const verdict = isEquivalent(readResidual(left, true), readResidual(right, true));
  if (verdict === 'yes') {
    return 'formula';
  }
  // One holds and the other does not: never so where the conditions of each key exclude and cover each other.
  const differ: Residual = { any: [{ all: [left, { not: right }] }, { all: [{ not: left }, right] }] };
  if (settle(fromResidual(differ)).kind === 'false') {
    return 'keys';
  }
  return verdict === 'undecided' ? 'undecided' : 'different';
}
