import type { AccessRow } from '@ecr-audit/access';

import type { Mismatch } from './compare/compare-rows.ts';
import type { Counterexample, DifferentialFigures } from './run-differential.ts';
import { snapshotFiles } from './render/snapshot-parts.ts';

/** Cells that are shown whole; of the others only their names, and only so many. */
const CELLS_SHOWN_MAX = 3;
const CELLS_NAMED_MAX = 20;

/** The organization as files, the cells with both answers, and how to see it again. */
export function describeCounterexample({ plan, comparison, seed, path }: Counterexample): string {
  const files = [...snapshotFiles(plan)].map(([name, content]) => `--- ${name}\n${JSON.stringify(content, null, 2)}`);
  return [
    'The evaluators differ. The smallest organization found:',
    ...files,
    '',
    ...(comparison instanceof Error ? [describeError(comparison)] : describeMismatches(comparison.mismatches)),
    '',
    `Run it again: pnpm differential --seed ${seed} --path ${path}`,
  ].join('\n');
}

function describeError(error: Error): string {
  return `one of them threw ${error.stack ?? String(error)}`;
}

function describeMismatches(mismatches: readonly Mismatch[]): string[] {
  const cells = [...Map.groupBy(mismatches, ({ cell }) => cell).values()];
  const others = cells.slice(CELLS_SHOWN_MAX).map(nameOf);
  return [
    ...cells.slice(0, CELLS_SHOWN_MAX).map(describeCell),
    ...(others.length === 0 ? [] : [`and ${others.length} more:`, ...others.slice(0, CELLS_NAMED_MAX)]),
  ];
}

/** In what one cell differs, which may be several things at once. */
function nameOf(mismatches: readonly Mismatch[]): string {
  return `${mismatches.map(({ aspect }) => aspect).join(', ')}: ${mismatches[0]?.cell ?? ''}`;
}

function describeCell(mismatches: readonly Mismatch[]): string {
  const [first] = mismatches;
  return [
    nameOf(mismatches),
    `  engine    ${describeRow(first?.engine ?? null)}`,
    `  reference ${describeRow(first?.reference ?? null)}`,
  ].join('\n');
}

function describeRow(row: AccessRow | null): string {
  if (row === null) {
    return 'has no such cell';
  }
  const { principal, decision, residual, reasons, limits } = row;
  return JSON.stringify({
    principal: principal.arn,
    decision,
    residual,
    reasons,
    limits: limits.map(({ code }) => code),
  });
}

/** What was compared, in one line. */
export function describeFigures({ organizations, cells, decisions, residuals }: DifferentialFigures): string {
  const counts = Object.entries(decisions).map(([decision, count]) => `${decision} ${count}`);
  const open = Object.entries(residuals).filter(([kind, count]) => kind !== 'text' && count > 0);
  const residualNote =
    open.length === 0 ? '' : `; residuals the same by ${open.map(([kind, count]) => `${kind} ${count}`).join(', ')}`;
  return `${organizations} organizations, ${cells} cells: ${counts.join(', ')}${residualNote}`;
}
