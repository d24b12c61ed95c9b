import { z } from 'zod';
import { against, duration, medianOf, megabytes, printTable } from './figures.ts';

/** What the access of the first size may take in Postgres, in bytes. */
export const FIRST_BYTES_TARGET = 100e6;
const PAGE_MS_TARGET = 20;
/** Of an answer about a time of the past. */
export const TIME_TRAVEL_MS_TARGET = 50;

export const sizesSchema = z.array(z.object({ name: z.string(), bytes: z.number() }));
export type TableSizes = z.output<typeof sizesSchema>;

export const pageTimesSchema = z.record(
  z.string(),
  z.object({ medianMs: z.number(), worstMs: z.number(), emptyShare: z.number() }),
);
export type PageTimes = z.output<typeof pageTimesSchema>;

export function totalBytes(sizes: TableSizes): number {
  return sizes.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function printSizes(sizes: TableSizes, target: number): void {
  printTable([
    ['all tables of the access', against(totalBytes(sizes), target, megabytes)],
    ...sizes.filter(({ bytes }) => bytes >= 100_000).map(({ name, bytes }) => [`  ${name}`, megabytes(bytes)]),
  ]);
}

/** Of several runs the medians, of the worst times too. */
export function printPages(runs: readonly PageTimes[], targetMs: number = PAGE_MS_TARGET): void {
  const questions = Object.keys(runs[0] ?? {});
  printTable([
    ['', 'median', 'worst', 'empty'],
    ...questions.map((question) => [
      question,
      against(
        medianOf(runs, (run) => run[question]?.medianMs ?? 0),
        targetMs,
        duration,
      ),
      against(
        medianOf(runs, (run) => run[question]?.worstMs ?? 0),
        targetMs,
        duration,
      ),
      `${((runs[0]?.[question]?.emptyShare ?? 0) * 100).toFixed(0)} %`,
    ]),
  ]);
}
