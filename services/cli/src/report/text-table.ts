import Table from 'cli-table3';
import { printable } from '../terminal/printable.ts';

// Only space between the columns: a report is pasted into tickets, where frames break.
const frame = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((part) => [part, '']),
);

/** Rows as aligned lines, indented by two. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const table = new Table({
    head: [...head],
    chars: { ...frame, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map((cell) => printable(cell).replaceAll('\n', ' '))));
  return table
    .toString()
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .filter((line) => line !== '');
}

/** At most so many entries, and how many more there are. */
export function atMost(lines: readonly string[], max: number): string[] {
  return lines.length <= max ? [...lines] : [...lines.slice(0, max), `  … and ${lines.length - max} more`];
}
