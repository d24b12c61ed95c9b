import path from 'node:path';
import { z } from 'zod';
import type { DocumentKind } from '../organization-generator/document-slots.ts';
import { organizationFor } from '../organization-generator/generate.ts';
import { nextDay } from '../organization-generator/next-day.ts';
import { generatorOptions, type Size, sizes } from '../organization-generator/options.ts';
import { renderSnapshot } from '../organization-generator/render-snapshot.ts';
import type { BenchOptions } from './arguments.ts';
import { against, duration, median, medianOf, megabytes, printTable, printTitle } from './figures.ts';
import { runsOf, say } from './fresh-process.ts';
import { inScratchSync, writeParts } from './scratch.ts';

interface Targets {
  readonly title: string;
  readonly evaluateMs: number;
  readonly evaluateBytes: number;
  readonly firstWriteMs: number;
  /** On top of the evaluation. */
  readonly unchangedMs: number;
  readonly changedMs: number;
}

/** What the issue of the engine asks for. */
const targets: Readonly<Record<Size, Targets>> = {
  small: {
    title: 'small',
    evaluateMs: 200,
    evaluateBytes: 512e6,
    firstWriteMs: 1000,
    unchangedMs: 500,
    changedMs: 1000,
  },
  account: {
    title: '1 account, 2,000 x 1,000',
    evaluateMs: 2000,
    evaluateBytes: 512e6,
    firstWriteMs: 5000,
    unchangedMs: 500,
    changedMs: 1000,
  },
  organization: {
    title: '20 accounts, 10,000 x 5,000',
    evaluateMs: 15_000,
    evaluateBytes: 1500e6,
    firstWriteMs: 30_000,
    unchangedMs: 3000,
    changedMs: 3000,
  },
};

const scanSchema = z.object({ evaluateMs: z.number(), writeMs: z.number(), rowsWritten: z.number() });
type Scan = z.output<typeof scanSchema>;
const runSchema = z.object({
  evaluateMs: z.number(),
  evaluateCpuMs: z.number(),
  evaluatePeakBytes: z.number(),
  firstWriteMs: z.number(),
  firstRows: z.number(),
  unchanged: scanSchema,
  changes: z.array(scanSchema),
  peakBytes: z.number(),
});
type Run = z.output<typeof runSchema>;

/** Other documents change nothing here: most of them are about something else. */
const oneChange = { documents: 1, isAboutImages: true, hasComingsAndGoings: false };

/** Changed in turn, one document each time. */
const changedKinds: readonly DocumentKind[] = ['managed', 'managed', 'managed', 'inline', 'repository', 'repository'];

/** Changed at last, and told apart: what an SCP says bears on every principal below it. */
const widestKind: DocumentKind = 'organization';

/** Prints evaluation, first write and the scans after it, beside their targets. */
export function tablePart({ runs, seed, size }: BenchOptions): void {
  const names: readonly Size[] = size === null ? ['account', 'organization'] : [size];
  const columns = names.map((name) => linesOf(targets[name], measure(name, seed, runs)));
  const [first = []] = columns;
  printTitle(
    `evaluation and Postgres, medians of ${runs} runs in fresh processes, one thread; each figure of its target`,
  );
  printTable([
    ['', ...names.map((name) => targets[name].title)],
    ...first.map(([title], row) => [title, ...columns.map((lines) => lines[row]?.[1] ?? '')]),
  ]);
}

function measure(name: Size, seed: string, runs: number): Run[] {
  return inScratchSync((directory) => {
    say(`making the organization of the size \`${name}\``);
    const first = organizationFor(generatorOptions({ ...sizes[name], seed }));
    const days = [first, nextDay(first, { documents: 0, hasComingsAndGoings: false })];
    for (const kind of [...changedKinds, widestKind]) {
      days.push(nextDay(days.at(-1) ?? first, { ...oneChange, kinds: [kind] }));
    }
    const files = days.map((day, index) => writeParts(path.join(directory, `day-${index}.json`), renderSnapshot(day)));
    return runsOf(runs, 'table-run.ts', { args: files, schema: runSchema });
  });
}

function linesOf(target: Targets, runs: readonly Run[]): [string, string][] {
  const few = changedKinds.length;
  const again = runs.flatMap((run) => [run.unchanged, ...run.changes]);
  const slowest = runs.map((run) => Math.max(...run.changes.slice(0, few).map(writeMsOf)));
  const widest = runs.flatMap((run) => run.changes.slice(few));
  const changesBy = [...new Set(changedKinds)].map((kind): [string, string] => {
    const changes = runs.flatMap((run) => run.changes.filter((_, index) => changedKinds[index] === kind));
    return [`  ${kind}: write, access rows`, `${duration(medianOf(changes, writeMsOf))}, ${medianOf(changes, rowsOf)}`];
  });
  const held = (figure: (run: Run) => number, most: number, show: (figure: number) => string): string =>
    against(medianOf(runs, figure), most, show);
  return [
    ['evaluate', held((run) => run.evaluateMs, target.evaluateMs, duration)],
    ['  time on the processor', duration(medianOf(runs, (run) => run.evaluateCpuMs))],
    ['  peak memory', held((run) => run.evaluatePeakBytes, target.evaluateBytes, megabytes)],
    ['  evaluated again in the same process', duration(medianOf(again, ({ evaluateMs }) => evaluateMs))],
    ['first write', held((run) => run.firstWriteMs, target.firstWriteMs, duration)],
    ['  access rows', String(medianOf(runs, (run) => run.firstRows))],
    ['nothing changed, write', held((run) => run.unchanged.writeMs, target.unchangedMs, duration)],
    ['  access rows', held((run) => run.unchanged.rowsWritten, 0, String)],
    ['one policy changed, slowest write of six', against(median(slowest), target.changedMs, duration)],
    ...changesBy,
    ['an SCP or RCP changed, write', against(medianOf(widest, writeMsOf), target.changedMs, duration)],
    ['  access rows', String(medianOf(widest, rowsOf))],
    ['peak memory of all that', megabytes(medianOf(runs, (run) => run.peakBytes))],
  ];
}

function writeMsOf({ writeMs }: Scan): number {
  return writeMs;
}

function rowsOf({ rowsWritten }: Scan): number {
  return rowsWritten;
}
