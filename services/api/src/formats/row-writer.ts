import { type Column, selectColumns, selectFields } from './columns.ts';
import { csvHeader, csvLine } from './csv.ts';
import type { Format } from './format.ts';

/** Writes the entries of a list one by one. */
export interface RowWriter {
  /** What stands before the first one. */
  readonly head: string;
  readonly line: (entry: object) => string;
}

/** One for a format, with these fields of each entry. */
export function rowWriter(
  format: Exclude<Format, 'json'>,
  columns: readonly Column[],
  fields: readonly string[] | undefined,
): RowWriter {
  const selected = selectColumns(columns, fields);
  switch (format) {
    case 'csv':
      return { head: csvHeader(selected), line: (entry) => csvLine(entry, selected) };
    case 'ndjson':
      return {
        head: '',
        // Entries hold nothing but their fields, so that choosing all of them is only work.
        line: (entry) => `${JSON.stringify(fields === undefined ? entry : selectFields(entry, selected))}\n`,
      };
    default:
      return format satisfies never;
  }
}
