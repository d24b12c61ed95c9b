import path from 'node:path';
import { z } from 'zod';
import { generateOrganization } from '../organization-generator/generate.ts';
import { generatorOptions, type GeneratorOptions, sizes } from '../organization-generator/options.ts';
import type { BenchOptions } from './arguments.ts';
import { duration, medianOf, megabytes, printTable, printTitle } from './figures.ts';
import { runsOf } from './fresh-process.ts';
import { inScratchSync, writeParts } from './scratch.ts';

const runSchema = z.object({ evaluateMs: z.number(), evaluateCpuMs: z.number(), peakBytes: z.number() });

/** Prints the time of the evaluation with one thing doubled at a time, and doubled again. */
export function growthPart({ runs, seed, size }: BenchOptions): void {
  const base = generatorOptions({ ...sizes[size ?? 'account'], seed });
  const grown: readonly (readonly [string, GeneratorOptions])[] = [
    ['as it is', base],
    ...[2, 4].flatMap((factor): [string, GeneratorOptions][] => [
      [`principals x ${factor}`, { ...base, principals: base.principals * factor }],
      [`repositories x ${factor}`, { ...base, repositories: base.repositories * factor }],
      [`statements x ${factor}`, { ...base, statementFactor: factor }],
    ]),
  ];
  const measured = inScratchSync((directory) =>
    grown.map(([title, options], index) => {
      const file = writeParts(path.join(directory, `${index}.json`), generateOrganization(options));
      return { title, runs: runsOf(runs, 'evaluate-run.ts', { args: [file], schema: runSchema }) };
    }),
  );
  const baseMs = medianOf(measured[0]?.runs ?? [], ({ evaluateMs }) => evaluateMs);
  const baseCpuMs = medianOf(measured[0]?.runs ?? [], ({ evaluateCpuMs }) => evaluateCpuMs);
  printTitle(
    `growth from ${base.principals} principals and ${base.repositories} repositories, medians of ${runs} runs in fresh processes`,
  );
  printTable([
    ['', 'evaluate', 'times', 'on the processor', 'times', 'peak memory'],
    ...measured.map(({ title, runs }) => {
      const ms = medianOf(runs, ({ evaluateMs }) => evaluateMs);
      const cpuMs = medianOf(runs, ({ evaluateCpuMs }) => evaluateCpuMs);
      return [
        title,
        duration(ms),
        (ms / baseMs).toFixed(2),
        duration(cpuMs),
        (cpuMs / baseCpuMs).toFixed(2),
        megabytes(medianOf(runs, ({ peakBytes }) => peakBytes)),
      ];
    }),
  ]);
}
