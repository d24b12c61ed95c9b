import path from 'node:path';
import { z } from 'zod';
import { generateOrganization } from '../organization-generator/generate.ts';
import { generatorOptions, type Size, sizes } from '../organization-generator/options.ts';
import type { BenchOptions } from './arguments.ts';
import { against, duration, medianOf, printTable, printTitle } from './figures.ts';
import { runsOf } from './fresh-process.ts';
import { inScratchSync, writeParts } from './scratch.ts';

const EVENTS = 1_000_000;
const REPORT_MS_TARGET = 2000;
const SUGGESTION_MS_TARGET = 200;

const runSchema = z.object({
  rows: z.number(),
  reports: z
    .array(z.object({ totalMs: z.number(), readMs: z.number(), judgeMs: z.number(), cpuMs: z.number() }))
    .min(1),
  findingsMs: z.number(),
  /** Ascending. */
  suggestionMs: z.array(z.number()).min(1),
});

/** Prints what the over-permission report and a suggestion with its proof take, from Postgres. */
export function usagePart({ runs, seed, size }: BenchOptions): void {
  const name: Size = size ?? 'account';
  const { principals, repositories } = sizes[name];
  inScratchSync((directory) => {
    const parts = generateOrganization(generatorOptions({ ...sizes[name], seed }));
    const file = writeParts(path.join(directory, 'parts.json'), parts);
    const measured = runsOf(runs, 'usage-run.ts', { args: [file, String(EVENTS)], schema: runSchema });
    const reports = measured.flatMap((run) => run.reports);
    const at = (share: number) => (run: z.output<typeof runSchema>) =>
      run.suggestionMs[Math.min(run.suggestionMs.length - 1, Math.floor(run.suggestionMs.length * share))] ?? 0;
    printTitle(
      `use against rights, ${principals} x ${repositories} and ${EVENTS} events in ${measured[0]?.rows ?? 0} rows, medians of ${runs} runs`,
    );
    printTable([
      ['', 'time', 'on the processor'],
      [
        'the whole report from Postgres',
        against(
          medianOf(reports, ({ totalMs }) => totalMs),
          REPORT_MS_TARGET,
          duration,
        ),
        duration(medianOf(reports, ({ cpuMs }) => cpuMs)),
      ],
      [
        'which policies add nothing, proved once for each scan',
        duration(medianOf(measured, ({ findingsMs }) => findingsMs)),
        '',
      ],
      [
        'one suggestion with its proof, the snapshot and the uses in memory: median',
        against(medianOf(measured, at(0.5)), SUGGESTION_MS_TARGET, duration),
        '',
      ],
      ['the same, 95 of 100', against(medianOf(measured, at(0.95)), SUGGESTION_MS_TARGET, duration), ''],
    ]);
  });
}
