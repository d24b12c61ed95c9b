import { describeResidual } from '@ecr-audit/access';
import { describeGap } from '../report/describe-gap.ts';
import { textTable } from '../report/text-table.ts';
import { printable } from '../terminal/printable.ts';
import type { AskedScan } from './asked-scan.ts';
import type { TimedRow } from './timed-rows.ts';

/** Which scan tells, and what it could not read: first, because everything below rests on it. */
export function scanText({ at, asOf, times: { scan, next }, gaps }: AskedScan): string {
  const lines = [
    ...(at === null ? [] : [`At ${at}:`]),
    `Told by the scan of ${scan.takenAt}, evaluated ${scan.completedAt}${next === null ? ', the latest.' : '.'}`,
    ...(next === null
      ? []
      : [
          `The next scan was taken ${next.takenAt}, evaluated ${next.completedAt}; what changed in between shows there only.`,
        ]),
    ...(asOf.isComplete
      ? []
      : [
          'The scan could not read everything: what rests on that is unknown, and whom it hides is missing here.',
          ...gaps.map((gap) => `  - ${describeGap(gap)}`),
          ...(asOf.gaps > gaps.length ? [`  … ${asOf.gaps - gaps.length} more`] : []),
        ]),
    '',
  ];
  return printable(`${lines.join('\n')}\n`);
}

const head = ['Decision', 'Valid from', 'until', 'Known from', 'until', 'If', 'Remarks'];

/** Rows as a table; `first` names the first columns of each. */
export function rowsText(
  rows: readonly TimedRow[],
  first: { readonly head: readonly string[]; readonly cells: (row: TimedRow) => readonly string[] },
): string {
  const table = textTable(
    [...first.head, ...head],
    rows.map((row) => [...first.cells(row), ...timeCells(row)]),
  );
  return `${table.join('\n')}\n`;
}

function timeCells({ cell: { decision, residual }, validity }: TimedRow): string[] {
  const { valid, known } = validity;
  return [
    decision,
    valid.from,
    valid.until ?? 'still',
    known.from,
    known.until ?? '',
    describeResidual(residual) ?? '',
    remarks(validity).join('; '),
  ];
}

function remarks({ isUnreadAfter, unread }: TimedRow['validity']): string[] {
  return [
    ...unread.map(({ from, until }) => `not read from ${from} until ${until}`),
    ...(isUnreadAfter ? ['not read any more since then'] : []),
  ];
}
