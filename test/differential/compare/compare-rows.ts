import type { AccessRow } from '@ecr-audit/access';

import { compareResiduals, type ResidualVerdict } from './same-residual.ts';

/** In what two answers to one cell differ. `order`: the cells themselves do not come in the same order. */
export type Aspect = 'missing' | 'extra' | 'order' | 'decision' | 'residual' | 'reasons' | 'reasonOrder' | 'limits';

export interface Mismatch {
  readonly aspect: Aspect;
  readonly cell: string;
  readonly engine: AccessRow | null;
  readonly reference: AccessRow | null;
}

export interface RowsComparison {
  readonly cells: number;
  readonly mismatches: readonly Mismatch[];
  /** How residuals that are not null were found to be the same, or not. */
  readonly residuals: Readonly<Record<ResidualVerdict, number>>;
}

/** Mismatches that are collected before the rest is left out: the first few say it all. */
const MISMATCHES_MAX = 100;

/** Compares two lists of rows, cell by cell and in their order. */
export function compareRows(engine: Iterable<AccessRow>, reference: Iterable<AccessRow>): RowsComparison {
  const ours = [...engine];
  const theirs = [...reference];
  const residuals = { text: 0, formula: 0, keys: 0, different: 0, undecided: 0 };
  const mismatches: Mismatch[] = [];
  const isInOrder = ours.length === theirs.length && ours.every((row, index) => isSameCell(row, theirs[index] ?? null));
  // Where both lists hold the same cells in the same order, which they nearly always do, nobody needs to look for any.
  const byCell = isInOrder ? null : new Map(ours.map((row) => [cellOf(row), row]));
  for (const [index, row] of theirs.entries()) {
    const own = (byCell === null ? ours[index] : byCell.get(cellOf(row))) ?? null;
    if (own === null) {
      mismatches.push({ aspect: 'missing', cell: cellOf(row), engine: null, reference: row });
      continue;
    }
    const residual = compareResiduals(own.residual, row.residual);
    if (own.residual !== null || row.residual !== null) {
      residuals[residual] += 1;
    }
    for (const aspect of differences(own, row, residual)) {
      mismatches.push({ aspect, cell: cellOf(row), engine: own, reference: row });
    }
  }
  if (!isInOrder) {
    mismatches.push(...misplaced(ours, theirs));
  }
  return { cells: theirs.length, mismatches: mismatches.slice(0, MISMATCHES_MAX), residuals };
}

/** Cells that only the engine has, or the first that stands elsewhere where both have the same. */
function misplaced(engine: readonly AccessRow[], reference: readonly AccessRow[]): Mismatch[] {
  const wanted = new Set(reference.map(cellOf));
  const extra = engine.filter((row) => !wanted.has(cellOf(row)));
  if (extra.length > 0 || engine.length !== reference.length) {
    return extra.map((row) => ({ aspect: 'extra', cell: cellOf(row), engine: row, reference: null }));
  }
  const index = engine.findIndex((row, place) => !isSameCell(row, reference[place] ?? null));
  const [row, other] = [engine[index] ?? null, reference[index] ?? null];
  return row === null ? [] : [{ aspect: 'order', cell: cellOf(row), engine: row, reference: other }];
}

function isSameCell(row: AccessRow, other: AccessRow | null): boolean {
  return (
    other !== null &&
    row.principal.id === other.principal.id &&
    row.action === other.action &&
    row.resource === other.resource &&
    row.region === other.region &&
    row.accountId === other.accountId
  );
}

/** A cell by all that names it. */
export function cellOf({ principal, accountId, region, resource, action }: AccessRow): string {
  return [principal.id, accountId, region, resource, action].join(' ');
}

/** What differs between two answers to one cell. */
function differences(engine: AccessRow, reference: AccessRow, residual: ResidualVerdict): Aspect[] {
  const found: Aspect[] = [];
  if (engine.decision !== reference.decision || !isSame(engine.principal, reference.principal)) {
    found.push('decision');
  }
  if (residual === 'different') {
    found.push('residual');
  }
  if (!isSame(engine.reasons, reference.reasons)) {
    const isSameSet = isSame(texts(engine.reasons).toSorted(), texts(reference.reasons).toSorted());
    found.push(isSameSet ? 'reasonOrder' : 'reasons');
  }
  if (!isSame(engine.limits, reference.limits)) {
    found.push('limits');
  }
  return found;
}

function texts(reasons: AccessRow['reasons']): string[] {
  return reasons.map(canonical);
}

function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right) || canonical(left) === canonical(right);
}

/** Fields by name, so that their order says nothing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  return typeof value === 'object' && value !== null
    ? JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(value);
}
