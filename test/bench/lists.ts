import path from 'node:path';
import { z } from 'zod';
import { generateOrganization } from '../organization-generator/generate.ts';
import { generatorOptions, type Size, sizes } from '../organization-generator/options.ts';
import type { BenchOptions } from './arguments.ts';
import { duration, median, megabytes, printTable, printTitle } from './figures.ts';
import { runsOf } from './fresh-process.ts';
import { inScratchSync, writeParts } from './scratch.ts';

const ROWS_A_SECOND_TARGET = 50_000;

const runSchema = z.object({
  pages: z.array(z.object({ name: z.string(), firstMs: z.number(), medianMs: z.number(), slowestMs: z.number() })),
  streams: z.array(
    z.object({
      name: z.string(),
      rows: z.number(),
      bytes: z.number(),
      ms: z.number(),
      beforeBytes: z.number(),
      peakBytes: z.number(),
    }),
  ),
  reports: z.array(z.object({ name: z.string(), firstMs: z.number(), againMs: z.number(), waitMs: z.number() })),
});

/** Prints what lists of the API take over HTTP: pages, whole lists with the memory of the server, and reports. */
export function listsPart({ runs, seed, size }: BenchOptions): void {
  const name: Size = size ?? 'account';
  const { principals, repositories } = sizes[name];
  const measured = inScratchSync((directory) => {
    const parts = generateOrganization(generatorOptions({ ...sizes[name], seed }));
    const file = writeParts(path.join(directory, 'parts.json'), parts);
    return runsOf(runs, 'lists-run.ts', { args: [file], schema: runSchema });
  });
  const [first] = measured;
  /** The median of the runs of one line. */
  const of = <Line>(
    lines: (run: z.output<typeof runSchema>) => readonly Line[],
    index: number,
    pick: (line: Line) => number,
  ): number =>
    median(
      measured.flatMap((run) =>
        lines(run)
          .slice(index, index + 1)
          .map(pick),
      ),
    );
  printTitle(`whole lists of ${principals} x ${repositories} over HTTP, medians of ${runs} runs`);
  printTable([
    ['', 'rows', 'size', 'time', 'rows a second', 'memory before', 'at most'],
    ...(first?.streams ?? []).map((line, index) => {
      const rate = of(
        ({ streams }) => streams,
        index,
        ({ rows, ms }) => (rows / ms) * 1000,
      );
      return [
        line.name,
        String(line.rows),
        megabytes(line.bytes),
        duration(
          of(
            ({ streams }) => streams,
            index,
            ({ ms }) => ms,
          ),
        ),
        `${Math.round(rate)} of ${ROWS_A_SECOND_TARGET} ${rate >= ROWS_A_SECOND_TARGET ? 'ok' : 'MISSED'}`,
        megabytes(
          of(
            ({ streams }) => streams,
            index,
            ({ beforeBytes }) => beforeBytes,
          ),
        ),
        megabytes(
          of(
            ({ streams }) => streams,
            index,
            ({ peakBytes }) => peakBytes,
          ),
        ),
      ];
    }),
  ]);
  printTitle('first pages of 100');
  printTable([
    ['', 'the very first', 'median', 'slowest of 30'],
    ...(first?.pages ?? []).map((line, index) => [
      line.name,
      duration(
        of(
          ({ pages }) => pages,
          index,
          ({ firstMs }) => firstMs,
        ),
      ),
      duration(
        of(
          ({ pages }) => pages,
          index,
          ({ medianMs }) => medianMs,
        ),
      ),
      duration(
        of(
          ({ pages }) => pages,
          index,
          ({ slowestMs }) => slowestMs,
        ),
      ),
    ]),
  ]);
  printTitle('reports, made in a thread');
  printTable([
    ['', 'the first answer', 'the next', 'longest wait of another request meanwhile'],
    ...(first?.reports ?? []).map((line, index) => [
      line.name,
      duration(
        of(
          ({ reports }) => reports,
          index,
          ({ firstMs }) => firstMs,
        ),
      ),
      duration(
        of(
          ({ reports }) => reports,
          index,
          ({ againMs }) => againMs,
        ),
      ),
      duration(
        of(
          ({ reports }) => reports,
          index,
          ({ waitMs }) => waitMs,
        ),
      ),
    ]),
  ]);
}
