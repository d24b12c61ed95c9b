import {
  type AccessRow,
  evaluateByReference,
  evaluateSnapshot,
  type ReferenceOptions,
  type Snapshot,
} from '@ecr-audit/access';

import { compareRows, type RowsComparison } from './compare-rows.ts';

/** Whatever gives the rows of a snapshot. */
export type Evaluator = (snapshot: Snapshot, options: ReferenceOptions) => Iterable<AccessRow>;

/** The two that must agree. */
export const EVALUATORS: { readonly engine: Evaluator; readonly reference: Evaluator } = {
  engine: (snapshot, options) => evaluateSnapshot(snapshot, options).rows,
  reference: evaluateByReference,
};

export interface EvaluatorsComparison extends RowsComparison {
  /** Cells by decision, as the reference decides them. */
  readonly decisions: Readonly<Record<AccessRow['decision'], number>>;
}

/**
 * Compares the engine with the reference evaluator: every cell in its order, then those that are not denied, which
 * the engine gives where nobody asks for the others.
 */
export function compareEvaluators(snapshot: Snapshot, { engine, reference } = EVALUATORS): EvaluatorsComparison {
  const expected = [...reference(snapshot, { includeDenied: true })];
  const whole = compareRows(engine(snapshot, { includeDenied: true }), expected);
  const held = compareRows(engine(snapshot, {}), expected.filter(isHeld));
  const decisions = { allowed: 0, conditional: 0, unknown: 0, explicitDeny: 0, implicitDeny: 0 };
  for (const { decision } of expected) {
    decisions[decision] += 1;
  }
  return {
    cells: whole.cells,
    mismatches: [
      ...whole.mismatches,
      // Said once: what is wrong in the whole list is no better in the short one.
      ...(whole.mismatches.length > 0
        ? []
        : held.mismatches.map((each) => ({ ...each, cell: `${each.cell} (where denied cells are not asked for)` }))),
    ],
    residuals: whole.residuals,
    decisions,
  };
}

/** Whether there is access, perhaps under a condition. */
export function isHeld({ decision }: AccessRow): boolean {
  return decision !== 'explicitDeny' && decision !== 'implicitDeny';
}
