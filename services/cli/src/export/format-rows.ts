import { setImmediate } from 'node:timers/promises';
import type { AccessRow } from '@ecr-audit/access';
import { csvHeader, csvLine } from './csv-lines.ts';
import { plainRow } from './plain-row.ts';
import { tableHeader, tableLine, type TableWidths } from './table-lines.ts';

export type RowFormat = 'ndjson' | 'csv' | 'table';

// Rows may come without a pause for minutes; Ctrl-C and the progress need their turn.
const turnEveryMs = 50;

// Few enough bytes to keep, enough that the calls do not count.
const chunkLengthMin = 32 * 1024;

/** The rows as text, piece by piece, as they come. */
export async function* formatRows(
  rows: Iterable<AccessRow> | AsyncIterable<AccessRow>,
  options: { readonly format: RowFormat; readonly keep: (row: AccessRow) => boolean; readonly widths: TableWidths },
): AsyncGenerator<string> {
  const { format, keep, widths } = options;
  let chunk = headerOf(format, widths);
  let turnAt = performance.now();
  for await (const row of rows) {
    if (performance.now() - turnAt > turnEveryMs) {
      await setImmediate();
      turnAt = performance.now();
    }
    if (!keep(row)) {
      continue;
    }
    const plain = plainRow(row);
    switch (format) {
      case 'ndjson':
        chunk += `${JSON.stringify(plain)}\n`;
        break;
      case 'csv':
        chunk += csvLine(plain);
        break;
      case 'table':
        chunk += tableLine(plain, widths);
        break;
      default:
        format satisfies never;
    }
    if (chunk.length >= chunkLengthMin) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}

function headerOf(format: RowFormat, widths: TableWidths): string {
  switch (format) {
    case 'ndjson':
      return '';
    case 'csv':
      return csvHeader;
    case 'table':
      return tableHeader(widths);
    default:
      return format satisfies never;
  }
}
