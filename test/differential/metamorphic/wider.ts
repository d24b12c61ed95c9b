import type { AccessRow, Residual } from '@ecr-audit/access';
import { fromResidual, settle } from '@ecr-audit/policy';

import { implies } from '../compare/implies.ts';
import { readResidual } from '../compare/residual-formula.ts';

/** Always and never, as formulas. */
const ALWAYS: Residual = { all: [] };
const NEVER: Residual = { any: [] };

/** When the cell has access: what could not be read is a condition like any other, under its own name. */
export function conditionOf({ decision, residual }: AccessRow): Residual {
  return residual ?? (decision === 'allowed' ? ALWAYS : NEVER);
}

/**
 * Whether the first cell has access in a case in which the second has none. Where it is too much to tell it says no,
 * so it proves nothing there.
 */
export function isWider(first: AccessRow, second: AccessRow): boolean {
  const [left, right] = [conditionOf(first), conditionOf(second)];
  return (
    JSON.stringify(left) !== JSON.stringify(right) &&
    implies(readResidual(left, true), readResidual(right, true)) === 'no' &&
    settle(fromResidual({ all: [left, { not: right }] })).kind !== 'false'
  );
}
