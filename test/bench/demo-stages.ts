import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { assembleSnapshot, evaluateSnapshot, type PrincipalAccess, type SnapshotPart } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { readReport, reportText } from '@ecr-audit/cli';
import {
  migrate,
  openStore,
  requestScan,
  saveParts,
  startEmbeddedPostgres,
  type Store,
  writeEvaluation,
} from '@ecr-audit/store';
import { z } from 'zod';

/*
 * Prints how long each stage of the demo takes, and how much memory the process needed at most up to its end.
 *
 * Every run is a process of its own with a fresh data directory, because the peak of a process never falls. Both points
 * of the sample count together. Evaluation and writing take turns principal by principal, so their times are told apart and their
 * peak is one. The memory of Postgres is not counted.
 */

const stages = ['start Postgres', 'read', 'assemble', 'evaluate', 'write', 'report'] as const;
type Stage = (typeof stages)[number];

const measurementSchema = z.record(z.enum(stages), z.object({ ms: z.number(), peakMb: z.number() }));
type Measurement = z.output<typeof measurementSchema>;

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const runsDefault = '3';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: runsDefault },
    'one-run': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
  strict: false,
});
if (values.help === true) {
  process.stdout.write(`Usage: pnpm bench demo [--runs N]

Prints the median time and the peak memory of each stage of the demo over N runs (default: ${runsDefault}).
`);
  process.exit(0);
}
if (values['one-run']) {
  process.stdout.write(JSON.stringify(await measureRun()));
} else {
  printMedians(Number(values.runs));
}

function printMedians(runs: number): void {
  const measurements: Measurement[] = [];
  for (let run = 1; run <= runs; run += 1) {
    process.stderr.write(`run ${run} of ${runs}\n`);
    const text = execFileSync(process.execPath, [import.meta.filename, '--one-run'], { encoding: 'utf8' });
    measurements.push(measurementSchema.parse(JSON.parse(text)));
  }
  process.stdout.write(`demo, two points, medians of ${runs} runs in fresh processes\n`);
  printLine(['stage', 'time ms', 'peak MB']);
  for (const stage of stages) {
    const of = (pick: (measured: { ms: number; peakMb: number }) => number): number =>
      median(measurements.map((measurement) => pick(measurement[stage])));
    printLine([stage, of(({ ms }) => ms).toFixed(0), of(({ peakMb }) => peakMb).toFixed(0)]);
  }
  const totals = measurements.map((measurement) => stages.reduce((sum, stage) => sum + measurement[stage].ms, 0));
  printLine(['all', median(totals).toFixed(0), '']);
}

function printLine([name = '', ...numbers]: readonly string[]): void {
  process.stdout.write(`${name.padEnd(16)}${numbers.map((cell) => cell.padStart(14)).join('')}\n`);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

async function measureRun(): Promise<Measurement> {
  const measured = Object.fromEntries(stages.map((stage) => [stage, { ms: 0, peakMb: 0 }]));
  const add = (stage: Stage, ms: number): void => {
    const entry = measured[stage];
    if (entry !== undefined) {
      entry.ms += ms;
      entry.peakMb = process.resourceUsage().maxRSS / 1024;
    }
  };
  const timed = async <Result>(stage: Stage, work: () => Result | Promise<Result>): Promise<Result> => {
    const startedAt = performance.now();
    const result = await work();
    add(stage, performance.now() - startedAt);
    return result;
  };
  const directory = mkdtempSync(path.join(process.getuid?.() === 0 ? '/var/tmp' : '/tmp', 'ecr-audit-bench-'));
  chmodSync(directory, 0o755);
  const { postgres, store } = await timed('start Postgres', async () => await openFresh(directory));
  let scanId = '';
  for (const point of readdirSync(sample, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const parts = await timed('read', async () => await readSnapshotDirectory(path.join(sample, point.name)));
    const snapshot = await timed('assemble', () => assembleSnapshot(parts));
    scanId = randomUUID();
    const startedAt = performance.now();
    const { evaluateMs } = await write(store, { scanId, parts, snapshot });
    add('evaluate', evaluateMs);
    add('write', performance.now() - startedAt - evaluateMs);
  }
  await timed('report', async () => reportText(await readReport(store, scanId, [])));
  await store.close();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
  return measurementSchema.parse(measured);
}

async function openFresh(
  directory: string,
): Promise<{ postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>; store: Store }> {
  const postgres = await startEmbeddedPostgres({ directory });
  const store = await openStore(postgres.url);
  await migrate(store);
  return { postgres, store };
}

async function write(
  store: Store,
  scan: {
    readonly scanId: string;
    readonly parts: readonly SnapshotPart[];
    readonly snapshot: ReturnType<typeof assembleSnapshot>;
  },
): Promise<{ readonly evaluateMs: number }> {
  const { scanId, parts, snapshot } = scan;
  let evaluateMs = 0;
  const startedAt = performance.now();
  const { access, ...evaluation } = evaluateSnapshot(snapshot);
  evaluateMs += performance.now() - startedAt;
  function* timedAccess(): Generator<PrincipalAccess> {
    const iterator = access[Symbol.iterator]();
    for (;;) {
      const from = performance.now();
      const next = iterator.next();
      evaluateMs += performance.now() - from;
      if (next.done === true) {
        return;
      }
      yield next.value;
    }
  }
  await requestScan(store.sql, { scanId, target: evaluation.target, source: 'snapshot' });
  await saveParts(store.sql, { scanId, parts });
  await writeEvaluation(store, { scanId, takenAt: snapshot.takenAt, ...evaluation, access: timedAccess() });
  return { evaluateMs };
}
