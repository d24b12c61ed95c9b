import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { AskedScan } from './asked-scan.ts';
import { timedCsvHeader, timedCsvLine, timedLine } from './timed-data.ts';
import type { TimedRow } from './timed-rows.ts';
import { rowsText, scanText } from './timed-text.ts';

/** A part of an answer: the rows of one repository or principal, or a sentence in their place. */
export interface AnswerPart {
  readonly title: string;
  readonly rows: AsyncIterable<TimedRow>;
  /** Said where there are no rows. */
  readonly none: string;
}

/** How an answer is to be printed. */
export interface AnswerForm {
  readonly format: 'table' | 'ndjson' | 'csv';
  readonly failOnGaps: boolean;
  readonly columns: Parameters<typeof rowsText>[1];
}

/** Prints an answer about a time, and returns the exit code. */
export async function printAnswer(
  { output, progress }: CommandContext,
  asked: AskedScan,
  parts: readonly AnswerPart[],
  { format, failOnGaps, columns }: AnswerForm,
): Promise<number> {
  progress.clear();
  if (format === 'csv') {
    await output.write(timedCsvHeader);
  }
  if (format === 'table') {
    await output.write(scanText(asked));
  } else if (!asked.asOf.isComplete) {
    // An empty list would look like "nobody".
    progress.note(`the scan of ${asked.asOf.takenAt} could not read everything: whom that hides is missing`);
  }
  for (const { title, rows, none } of parts) {
    if (format === 'table') {
      const all = await Array.fromAsync(rows);
      await output.write(`${title}\n${all.length === 0 ? `  ${none}\n` : rowsText(all, columns)}\n`);
      continue;
    }
    for await (const row of rows) {
      await output.write(format === 'csv' ? timedCsvLine(asked, row) : timedLine(asked, row));
    }
  }
  return failOnGaps && !asked.asOf.isComplete ? exitCodes.gaps : exitCodes.done;
}
