import { z } from 'zod';
import { sizes, type Size } from '../organization-generator/options.ts';
import type { BenchOptions } from './arguments.ts';
import { duration, megabytes, printTable, printTitle } from './figures.ts';
import { runFresh } from './fresh-process.ts';
import {
  FIRST_BYTES_TARGET,
  pageTimesSchema,
  printPages,
  printSizes,
  sizesSchema,
  TIME_TRAVEL_MS_TARGET,
  totalBytes,
} from './page-figures.ts';

/** A year may take so many times the space that the first scan may take. */
const YEAR_FACTOR = 5;

const runSchema = z.object({
  documents: z.number(),
  firstSizes: sizesSchema,
  lastSizes: sizesSchema,
  writeMs: z.number(),
  writeMsMax: z.number(),
  rowsWritten: z.number(),
  rowsWrittenMax: z.number(),
  pages: pageTimesSchema,
  timeTravel: pageTimesSchema,
  writeMsEarly: z.number(),
  writeMsLate: z.number(),
});

/** A year at ten seconds a day takes an hour. */
const MINUTES_MAX = 6 * 60;

/** Prints what daily scans leave behind over a year, and what the pages cost then. One run: the days are the repetition. */
export function yearPart({ days, seed, size }: BenchOptions): void {
  const name: Size = size ?? 'account';
  const options = { args: [name, String(days), seed], schema: runSchema, minutesMax: MINUTES_MAX };
  const run = runFresh('year-run.ts', options);
  if (run === null) {
    throw new Error(`${days} days took more than ${MINUTES_MAX / 60} hours`);
  }
  const { principals, repositories } = sizes[name];
  printTitle(`${principals} x ${repositories}, after the first scan`);
  printSizes(run.firstSizes, FIRST_BYTES_TARGET);
  printTitle(`after ${days} more, ${run.documents} documents changed each day`);
  printSizes(run.lastSizes, YEAR_FACTOR * FIRST_BYTES_TARGET);
  printTitle('a day');
  printTable([
    ['', 'median', 'worst'],
    ['write', duration(run.writeMs), duration(run.writeMsMax)],
    ['write, first and last 30 days', duration(run.writeMsEarly), duration(run.writeMsLate)],
    ['access rows', String(run.rowsWritten), String(run.rowsWrittenMax)],
    ['a year in first scans', (totalBytes(run.lastSizes) / totalBytes(run.firstSizes)).toFixed(1)],
    ['growth of the tables', megabytes((totalBytes(run.lastSizes) - totalBytes(run.firstSizes)) / Math.max(1, days))],
  ]);
  printTitle('first pages of 100 after that, over 200 picks');
  printPages([run.pages]);
  printTitle(`first pages of 100 about times of these ${days} days, with from when until when each holds`);
  printPages([run.timeTravel], TIME_TRAVEL_MS_TARGET);
}
