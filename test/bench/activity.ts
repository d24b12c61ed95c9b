import { z } from 'zod';
import type { BenchOptions } from './arguments.ts';
import { against, duration, medianOf, megabytes, printTable, printTitle } from './figures.ts';
import { runsOf } from './fresh-process.ts';

const runSchema = z.object({
  events: z.number(),
  bytes: z.number(),
  workMs: z.number(),
  cpuMs: z.number(),
  rssAtQuarters: z.array(z.number()).length(4),
});
type Run = z.output<typeof runSchema>;

const events = 1_000_000;
/** What the issue of collection asks for: 50,000 events a second on one core, and 15,000 into Postgres. */
const foldMsMax = (events / 50_000) * 1000;
const storeMsMax = (events / 15_000) * 1000;

/** Prints what a million events cost, from their text to what they come to, and into Postgres. */
export function activityPart({ runs }: BenchOptions): void {
  const columns = [
    linesOf(measure('fold', runs), { cpuMs: foldMsMax }),
    linesOf(measure('store', runs), { workMs: storeMsMax }),
  ];
  printTitle(
    `a million CloudTrail events, medians of ${runs} runs in fresh processes, one thread; each figure of its target`,
  );
  const [first = []] = columns;
  printTable([
    ['', 'parse and fold', 'parse, fold, into Postgres'],
    ...first.map(([title], row) => [title, ...columns.map((lines) => lines[row]?.[1] ?? '')]),
  ]);
}

function measure(mode: 'fold' | 'store', runs: number): Run[] {
  return runsOf(runs, 'activity-run.ts', { args: [mode, String(events)], schema: runSchema });
}

/** What is asked of one core is held against the time on it, the rest against the clock. */
function linesOf(
  measured: readonly Run[],
  most: { readonly workMs?: number; readonly cpuMs?: number },
): [string, string][] {
  const memoryAt = (quarter: number): string =>
    megabytes(medianOf(measured, ({ rssAtQuarters }) => rssAtQuarters[quarter] ?? 0));
  const time = (pick: (run: Run) => number, target: number | undefined): string =>
    target === undefined ? duration(medianOf(measured, pick)) : against(medianOf(measured, pick), target, duration);
  return [
    ['time', time(({ workMs }) => workMs, most.workMs)],
    ['  of it on our processor', time(({ cpuMs }) => cpuMs, most.cpuMs)],
    ['events a second', medianOf(measured, (run) => (run.events / run.workMs) * 1000).toFixed(0)],
    ['  of a core of our own', medianOf(measured, (run) => (run.events / run.cpuMs) * 1000).toFixed(0)],
    ['size of an event', `${medianOf(measured, (run) => run.bytes / run.events).toFixed(0)} bytes`],
    ['memory after a quarter', memoryAt(0)],
    ['memory after a half', memoryAt(1)],
    ['memory after three quarters', memoryAt(2)],
    ['memory at the end', memoryAt(3)],
  ];
}
