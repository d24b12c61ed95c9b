import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createLogger } from '@ecr-audit/runtime';
import type { Store } from '@ecr-audit/store';
import { Command } from 'commander';
import { z } from 'zod';
import type { CommandContext } from '../context.ts';
import { driftText } from '../drift/drift-text.ts';
import { driftReport } from '../drift/plain-drift.ts';
import { exitCodes } from '../exit-codes.ts';
import { findingsSummary } from '../findings/findings-summary.ts';
import { keptFindings } from '../findings/kept-findings.ts';
import { type LoadedSnapshot, loadSnapshotDirectory } from '../load-snapshot.ts';
import { openEmbedded } from '../open-database.ts';
import { exampleHelp } from '../options/help.ts';
import { readOptions, wholeNumber } from '../options/read-options.ts';
import { readReport } from '../report/read-report.ts';
import { reportText } from '../report/report-text.ts';
import { scanParts, type FinishedScan } from '../scanning/scan-parts.ts';
import { startApi } from '../serving.ts';
import { printable } from '../terminal/printable.ts';

/** An organization that does not exist, at two points in time a week apart. */
const sampleDirectory = path.join(import.meta.dirname, '../../sample-organization');

const portDefault = 8080;
const portMax = 65_535;

const schema = z.object({
  once: z.boolean().default(false),
  port: wholeNumber(0, portMax),
  data: z.string().min(1, 'expected a directory').optional(),
});

const command = new Command('demo')
  .description('scan the sample organization that ships with ecr-audit, report, and serve the API')
  .option('--once', 'exit after the report, as it does anyway where standard output is no terminal')
  .option('--port <n>', 'port of the API on 127.0.0.1; 0 takes any free one', String(portDefault))
  .option('--data <dir>', 'data directory (default: ECR_AUDIT_DATA, or the usual place of the system)')
  .addHelpText('after', exampleHelp('ecr-audit demo --once'));

export const demoCommand = { command, action: demo };

async function demo(context: CommandContext, given: unknown): Promise<number> {
  const { once, port, data } = readOptions(schema, given);
  const { output, progress, lifecycle, now } = context;
  const serves = !once && output.isTerminal;
  const database = await openEmbedded(context, data, 'demo');
  const { store } = database;
  // Before the work, so that a port in use is said at once. It answers with what is there so far.
  const logger = createLogger('demo', { level: 'error' });
  const url = serves
    ? await startApi(context, { database, logger, host: '127.0.0.1', port, authentication: 'off' })
    : null;
  const last = await scanSample(context, store);
  if (last !== null) {
    progress.update('reading the result');
    const report = await readReport(store, last.scan.scanId, last.scan.problems);
    const drift = last.before === null ? '' : `\n${await shortDrift(last.before, last.now)}`;
    const { findings } = await keptFindings(store, {
      target: undefined,
      status: 'active',
      severity: 'info',
      now: now(),
    });
    progress.clear();
    await output.write(`${reportText(report)}${drift}\n${printable(findingsSummary(findings))}`);
  }
  if (url !== null) {
    progress.note(`\nServing on ${url} until Ctrl-C. Try: curl '${url}/v1/repositories?limit=3'`);
    await lifecycle.untilStopped();
  }
  return exitCodes.done;
}

// The first differences with whose access they changed: enough to see what `drift` tells.
const driftLinesMax = 60;

async function shortDrift(before: LoadedSnapshot, now: LoadedSnapshot): Promise<string> {
  const lines = driftText(await driftReport(before, now))
    .trimEnd()
    .split('\n');
  const more = lines.length - driftLinesMax;
  const rest = more > 0 ? [`… and ${more} lines more, which \`ecr-audit drift\` tells`] : [];
  return printable([...lines.slice(0, driftLinesMax), ...rest, ''].join('\n'));
}

interface SampleScans {
  readonly scan: FinishedScan;
  readonly now: LoadedSnapshot;
  /** The point before; null where there is only one. */
  readonly before: LoadedSnapshot | null;
}

/** Scans every point of the sample in the order of time; what an earlier run has scanned is not scanned again. */
async function scanSample(context: CommandContext, store: Store): Promise<SampleScans | null> {
  let last: SampleScans | null = null;
  let before: LoadedSnapshot | null = null;
  const entries = await readdir(sampleDirectory, { withFileTypes: true });
  const points = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const point of points.toSorted()) {
    context.progress.update(`reading the sample organization of ${point}`);
    const snapshot = await loadSnapshotDirectory(context, path.join(sampleDirectory, point));
    const scan = await scanParts(context, store, { parts: snapshot.parts, source: 'snapshot' });
    last = { scan, now: snapshot, before };
    before = snapshot;
    context.progress.note(`${point}: ${scan.isNew ? 'scanned' : 'already scanned by an earlier run, reused'}`);
  }
  return last;
}
