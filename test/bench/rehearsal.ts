import path from 'node:path';
import { z } from 'zod';
import { generateOrganization } from '../organization-generator/generate.ts';
import { generatorOptions, type Size, sizes } from '../organization-generator/options.ts';
import type { BenchOptions } from './arguments.ts';
import { against, duration, medianOf, megabytes, printTable, printTitle } from './figures.ts';
import { runsOf } from './fresh-process.ts';
import { inScratchSync, writeParts } from './scratch.ts';

const REHEARSAL_MS_TARGET = 1000;

const cases = [
  { name: 'managed', title: 'the managed policy that most hold' },
  { name: 'inline', title: 'an inline policy of one role' },
  { name: 'repository', title: 'the policy of one repository' },
  { name: 'boundary', title: 'the boundary that most have' },
  { name: 'scp', title: 'an SCP over everybody' },
] as const;

const runSchema = z.object({
  ms: z.number(),
  againMs: z.array(z.number()).optional(),
  cpuMs: z.number(),
  principals: z.number(),
  repositories: z.number(),
  groups: z.number(),
  bytes: z.number(),
  peakBytes: z.number(),
});

/** Prints what a rehearsal of one changed policy takes, and who would be freed by each managed policy. */
export function rehearsalPart({ runs, seed, size }: BenchOptions): void {
  const name: Size = size ?? 'account';
  const { principals, repositories } = sizes[name];
  inScratchSync((directory) => {
    const parts = generateOrganization(generatorOptions({ ...sizes[name], seed }));
    const file = writeParts(path.join(directory, 'parts.json'), parts);
    const run = (which: string): z.output<typeof runSchema>[] =>
      runsOf(runs, 'rehearsal-run.ts', { args: [file, which], schema: runSchema });
    const measured = cases.map(({ name: which, title }) => ({ title, figures: run(which) }));
    // A server holds the snapshot of the latest scan, and the engine stays with it: the first who asks pays for both.
    printTitle(
      `one change rehearsed on ${principals} x ${repositories}, the snapshot in memory, medians of ${runs} runs`,
    );
    printTable([
      ['', 'first of the process', 'on the processor', 'again', 'compared', 'answer', 'peak'],
      ...measured.map(({ title, figures }) => [
        title,
        against(
          medianOf(figures, ({ ms }) => ms),
          REHEARSAL_MS_TARGET,
          duration,
        ),
        duration(medianOf(figures, ({ cpuMs }) => cpuMs)),
        against(
          medianOf(
            figures.flatMap(({ againMs }) => againMs ?? []),
            (ms) => ms,
          ),
          REHEARSAL_MS_TARGET,
          duration,
        ),
        `${figures[0]?.principals ?? 0} x ${figures[0]?.repositories ?? 0}`,
        megabytes(medianOf(figures, ({ bytes }) => bytes)),
        megabytes(medianOf(figures, ({ peakBytes }) => peakBytes)),
      ]),
    ]);
    const policies = run('policies');
    printTitle('who would be freed by taking each managed policy away');
    printTable([
      ['', 'time', 'on the processor', 'policies', 'holders without one'],
      [
        'all managed policies',
        duration(medianOf(policies, ({ ms }) => ms)),
        duration(medianOf(policies, ({ cpuMs }) => cpuMs)),
        String(policies[0]?.groups ?? 0),
        String(policies[0]?.principals ?? 0),
      ],
    ]);
  });
}
