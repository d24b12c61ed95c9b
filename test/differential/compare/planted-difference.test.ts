import {
  type AccessRow,
  assembleSnapshot,
  evaluateByReference,
  type ReferenceOptions,
  type Residual,
  type Snapshot,
} from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';

import { snapshotParts } from '../render/snapshot-parts.ts';
import { SAMPLE_PLAN } from '../sample-plan.ts';
import { compareEvaluators, type Evaluator, isHeld } from './compare-evaluators.ts';
import type { Aspect } from './compare-rows.ts';

const snapshot = assembleSnapshot(snapshotParts(SAMPLE_PLAN));

/** The reference evaluator with its rows changed. */
function changed(change: (rows: AccessRow[], options: ReferenceOptions) => AccessRow[]): Evaluator {
  return (asked: Snapshot, options) => change([...evaluateByReference(asked, options)], options);
}

/** Changes the cells of the role and one action; there is one of each. */
function inCell(action: string, change: (row: AccessRow) => AccessRow): Evaluator {
  return changed((rows) =>
    rows.map((row) => (row.action === action && row.principal.kind === 'role' ? change(row) : row)),
  );
}

function aspectsOf(engine: Evaluator): Aspect[] {
  return compareEvaluators(snapshot, { engine, reference: evaluateByReference }).mismatches.map(({ aspect }) => aspect);
}

function members(residual: Residual | null): readonly Residual[] {
  return residual !== null && 'all' in residual ? residual.all : [];
}

describe('two evaluators that differ', () => {
  test('in nothing are found to agree, cell by cell', () => {
    const comparison = compareEvaluators(snapshot, { engine: evaluateByReference, reference: evaluateByReference });
    expect(comparison.mismatches).toEqual([]);
    expect(comparison.cells).toBe(130);
    expect(comparison.residuals).toEqual({ text: 1, formula: 0, keys: 0, different: 0, undecided: 0 });
  });

  const planted: readonly (readonly [string, Evaluator, readonly Aspect[]])[] = [
    ['a decision', inCell('ecr:BatchGetImage', (row) => ({ ...row, decision: 'implicitDeny' })), ['decision']],
    [
      'the kind of a denial',
      inCell('ecr:DeleteRepository', (row) => ({ ...row, decision: 'implicitDeny' })),
      ['decision'],
    ],
    [
      'a residual with one condition less',
      inCell('ecr:PutImage', (row) => ({ ...row, residual: members(row.residual)[0] ?? null })),
      ['residual'],
    ],
    [
      'a residual with `any` for `all`',
      inCell('ecr:PutImage', (row) => ({ ...row, residual: { any: members(row.residual) } })),
      ['residual'],
    ],
    ['a residual that is not there', inCell('ecr:PutImage', (row) => ({ ...row, residual: null })), ['residual']],
    ['a reason less', inCell('ecr:PutImage', (row) => ({ ...row, reasons: [] })), ['reasons']],
    [
      'the way of a reason',
      inCell('ecr:PutImage', (row) => ({ ...row, reasons: row.reasons.map((each) => ({ ...each, via: 'attached' })) })),
      ['reasons'],
    ],
    [
      'the order of reasons',
      changed((rows) => rows.map((row) => ({ ...row, reasons: row.reasons.toReversed() }))),
      cellsThat(({ reasons }) => reasons.length > 1).map(() => 'reasonOrder' as const),
    ],
    [
      'a limit more',
      inCell('ecr:PutImage', (row) => ({ ...row, limits: [...row.limits, { code: 'rootUser', message: '' }] })),
      ['limits'],
    ],
    ['a cell that is missing', changed((rows) => rows.toSpliced(40, 1)), ['missing']],
    ['a cell that nobody asked for', changed((rows) => [...rows, ...rows.slice(-1).map(renamed)]), ['extra']],
    ['the order of cells', changed((rows) => rows.toReversed()), ['order']],
    [
      'a denied cell that is given where nobody asks for it',
      changed((rows, options) => [
        ...(options.includeDenied === true ? rows : evaluateByReference(snapshot, { includeDenied: true })),
      ]),
      cellsThat((row) => !isHeld(row)).map(() => 'extra' as const),
    ],
    [
      'a held cell that is left out where denied ones are not asked for',
      changed((rows, options) => (options.includeDenied === true ? rows : rows.slice(1))),
      ['missing'],
    ],
  ];

  test.each(planted)('in %s are told apart', (_, engine, expected) => {
    expect(aspectsOf(engine)).toEqual(expected);
  });

  test('in the spelling of a residual alone are found to agree', () => {
    const turned = inCell('ecr:PutImage', (row) => ({
      ...row,
      residual: {
        not: {
          any: members(row.residual)
            .toReversed()
            .map((part) => ({ not: part })),
        },
      },
    }));
    const comparison = compareEvaluators(snapshot, { engine: turned, reference: evaluateByReference });
    expect(comparison.mismatches).toEqual([]);
    expect(comparison.residuals.formula).toBe(1);
  });
});

function renamed(row: AccessRow): AccessRow {
  return { ...row, principal: { ...row.principal, id: 'AROAOTHER' } };
}

function cellsThat(holds: (row: AccessRow) => boolean): AccessRow[] {
  return [...evaluateByReference(snapshot, { includeDenied: true })].filter(holds);
}
