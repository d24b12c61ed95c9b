import type { AccessRow } from '@ecr-audit/access';

import { compareResiduals } from '../compare/same-residual.ts';
import { nameless } from './nameless.ts';

/** A cell whose answer a change changed, though it must not. */
export interface ChangedCell {
  readonly cell: string;
  readonly before: AccessRow | null;
  readonly after: AccessRow | null;
}

interface Compared {
  readonly before: ReadonlyMap<string, AccessRow>;
  readonly after: ReadonlyMap<string, AccessRow>;
}

/** Cells that are told; the others mostly say the same again. */
export const CELLS_TOLD_MAX = 3;

/** The first few cells that differ in more than the names of statements, or of policies that could not be read. */
export function changedCells({ before, after }: Compared): ChangedCell[] {
  const changed = [...new Set([...before.keys(), ...after.keys()])].flatMap((cell) => {
    const [was, is] = [before.get(cell) ?? null, after.get(cell) ?? null];
    return was !== null && is !== null && isSameAnswer(was, is) ? [] : [{ cell, before: was, after: is }];
  });
  return changed.slice(0, CELLS_TOLD_MAX);
}

function isSameAnswer(before: AccessRow, after: AccessRow): boolean {
  const [was, is] = [nameless(before), nameless(after)];
  return (
    JSON.stringify({ ...was, residual: null }) === JSON.stringify({ ...is, residual: null }) &&
    compareResiduals(was.residual, is.residual) !== 'different'
  );
}
