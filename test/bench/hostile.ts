import { z } from 'zod';
import type { BenchOptions } from './arguments.ts';
import { duration, medianOf, megabytes, printTable, printTitle } from './figures.ts';
import { runFresh, say } from './fresh-process.ts';
import { hostileCases } from './hostile-documents.ts';

const runSchema = z.object({
  bytes: z.number(),
  parseMs: z.number(),
  decideMs: z.number(),
  decision: z.string(),
  evaluateMs: z.number(),
  peakBytes: z.number(),
});

const shares = [0.25, 0.5, 1];

/** Longer than anybody waits for one document. */
const MINUTES_MAX = 2;

/** Prints what hostile documents cost, at a quarter, a half and all of their size: twice the size, about twice the time. */
export function hostilePart({ runs }: BenchOptions): void {
  const lines = Object.keys(hostileCases).flatMap((name) => shares.map((share) => lineOf(name, share, runs)));
  printTitle(
    `hostile documents on 5 roles or 5 repositories of 60 x 35, medians of ${runs} runs in fresh processes; ${MINUTES_MAX} minutes at most`,
  );
  printTable([['', 'size', 'parse', 'one decision', 'is', 'evaluate all', 'peak memory'], ...lines]);
}

function lineOf(name: string, share: number, runCount: number): string[] {
  say(`${name}, ${share} of its size`);
  const title = share === shares[0] ? name : '';
  const runs = [];
  for (let run = 0; run < runCount; run += 1) {
    const measured = measure(name, share);
    if (typeof measured === 'string') {
      return [title, `${share}`, measured];
    }
    runs.push(measured);
  }
  return [
    title,
    `${(medianOf(runs, ({ bytes }) => bytes) / 1000).toFixed(0)} kB`,
    duration(medianOf(runs, ({ parseMs }) => parseMs)),
    duration(medianOf(runs, ({ decideMs }) => decideMs)),
    runs[0]?.decision ?? '',
    duration(medianOf(runs, ({ evaluateMs }) => evaluateMs)),
    megabytes(medianOf(runs, ({ peakBytes }) => peakBytes)),
  ];
}

/** The figures, or in words why there are none: one bad document should not hide what the others cost. */
function measure(name: string, share: number): z.output<typeof runSchema> | string {
  try {
    const options = { args: [name, String(share)], schema: runSchema, minutesMax: MINUTES_MAX };
    return runFresh('hostile-run.ts', options) ?? `more than ${MINUTES_MAX} minutes: MISSED`;
  } catch (error) {
    return `MISSED: ${error instanceof Error ? error.message : String(error)}`;
  }
}
