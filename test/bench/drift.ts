import path from 'node:path';
import { documentSlots } from '../organization-generator/document-slots.ts';
import { organizationFor } from '../organization-generator/generate.ts';
import { nextDay } from '../organization-generator/next-day.ts';
import { generatorOptions, type Size, sizes } from '../organization-generator/options.ts';
import { renderSnapshot } from '../organization-generator/render-snapshot.ts';
import { z } from 'zod';
import type { BenchOptions } from './arguments.ts';
import { guardedFromRoot } from './guarded-from-root.ts';
import { against, duration, medianOf, megabytes, printTable, printTitle } from './figures.ts';
import { runsOf } from './fresh-process.ts';
import { inScratchSync, writeParts } from './scratch.ts';

// On top of the evaluation of the later snapshot, for the larger size with one document in a hundred edited.
const ALL_MS_TARGET = 3000;
const EDITED_SHARE = 0.01;

const timeSchema = z.object({ ms: z.number(), cpuMs: z.number() });
const runSchema = z.object({
  assemble: timeSchema,
  evaluate: timeSchema,
  differences: timeSchema,
  drift: timeSchema,
  findings: timeSchema,
  counts: z.object({ differences: z.number(), drifts: z.number(), findings: z.number() }),
  peakBytes: z.number(),
});
type Run = z.output<typeof runSchema>;

/** Prints what drift and findings take after the evaluation of the later of two snapshots. */
export function driftPart({ runs, seed, size }: BenchOptions): void {
  const names: readonly Size[] = size === null ? ['account', 'organization'] : [size];
  for (const name of names) {
    inScratchSync((directory) => {
      const first = organizationFor(generatorOptions({ ...sizes[name], seed }));
      const documents = Math.max(1, Math.round(documentSlots(first).length * EDITED_SHARE));
      const parts = renderSnapshot(first);
      const before = writeParts(path.join(directory, 'before.json'), parts);
      const edited = renderSnapshot(nextDay(first, { documents }));
      const cases = [
        { title: `${documents} documents edited`, later: edited },
        { title: 'and an SCP at the root', later: guardedFromRoot(edited) },
      ];
      const measured = cases.map(({ title, later }, index) => {
        const after = writeParts(path.join(directory, `after-${index}.json`), later);
        return { title, figures: runsOf(runs, 'drift-run.ts', { args: [before, after], schema: runSchema }) };
      });
      const { principals, repositories } = sizes[name];
      printTitle(`drift and findings on ${principals} x ${repositories}, medians of ${runs} runs`);
      printTable([
        ['', 'differences', 'drift', 'findings', 'together', 'on the processor', 'evaluation', 'earlier files', 'peak'],

        ...measured.map(({ title, figures }) => lineOf(title, figures)),
      ]);
      const [counts] = measured.map(({ figures: [run] }) => run?.counts);
      printTable([[`${counts?.differences} differences, ${counts?.drifts} drifts, ${counts?.findings} findings`]]);
    });
  }
}

function lineOf(title: string, figures: readonly Run[]): string[] {
  const steps = ['differences', 'drift', 'findings'] as const;
  const time = (step: Exclude<keyof Run, 'counts' | 'peakBytes'>): string =>
    duration(medianOf(figures, (run) => run[step].ms));
  const all = (run: Run): number => steps.reduce((sum, step) => sum + run[step].ms, 0);
  return [
    title,
    ...steps.map(time),
    against(medianOf(figures, all), ALL_MS_TARGET, duration),
    steps.map((step) => duration(medianOf(figures, (run) => run[step].cpuMs))).join(' + '),
    time('evaluate'),
    time('assemble'),
    megabytes(medianOf(figures, ({ peakBytes }) => peakBytes)),
  ];
}
