import { printable } from '../terminal/printable.ts';
import type { PlainRow } from './plain-row.ts';

/** The longest ARNs, known before the first row, so that rows can be written as they come. */
export interface TableWidths {
  readonly principal: number;
  readonly resource: number;
}

// `ecr:BatchGetRepositoryScanningConfiguration` and `explicitDeny`.
const actionWidth = 43;
const decisionWidth = 12;
const gap = '  ';

export function tableHeader(widths: TableWidths): string {
  return line(['PRINCIPAL', 'RESOURCE', 'ACTION', 'DECISION', 'CONDITION'], widths);
}

/** One row of a table for people. Actions without a repository show the registry's region. */
export function tableLine(row: PlainRow, widths: TableWidths): string {
  const resource = row.resource === '*' ? `* (${row.account} ${row.region})` : row.resource;
  return line([row.principal, resource, row.action, row.decision, row.condition ?? ''], widths);
}

function line(cells: readonly string[], widths: TableWidths): string {
  const columnWidths = [widths.principal, widths.resource, actionWidth, decisionWidth, 0];
  return `${cells
    .map((cell, index) => oneLine(cell).padEnd(columnWidths[index] ?? 0))
    .join(gap)
    .trimEnd()}\n`;
}

function oneLine(text: string): string {
  return printable(text).replaceAll('\n', '\uFFFD');
}
