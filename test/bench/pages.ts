import path from 'node:path';
import { z } from 'zod';
import { generateOrganization } from '../organization-generator/generate.ts';
import { generatorOptions, type Size, sizes } from '../organization-generator/options.ts';
import type { BenchOptions } from './arguments.ts';
import { printTitle } from './figures.ts';
import { runsOf } from './fresh-process.ts';
import { FIRST_BYTES_TARGET, pageTimesSchema, printPages, printSizes, sizesSchema } from './page-figures.ts';
import { inScratchSync, writeParts } from './scratch.ts';

const runSchema = z.object({
  pages: pageTimesSchema,
  sizes: sizesSchema,
});

/** Prints the space that the access takes after the first scan, and the time of the pages that people ask for. */
export function pagesPart({ runs, seed, size }: BenchOptions): void {
  const name: Size = size ?? 'account';
  const measured = inScratchSync((directory) => {
    const parts = generateOrganization(generatorOptions({ ...sizes[name], seed }));
    const file = writeParts(path.join(directory, 'first.json'), parts);
    return runsOf(runs, 'pages-run.ts', { args: [file, seed], schema: runSchema });
  });
  const [first] = measured;
  const { principals, repositories } = sizes[name];
  printTitle(`the access of ${principals} x ${repositories} in Postgres after the first scan, medians of ${runs} runs`);
  printSizes(first?.sizes ?? [], FIRST_BYTES_TARGET);
  printTitle('first pages of 100, over 200 picks');
  printPages(measured.map(({ pages }) => pages));
}
