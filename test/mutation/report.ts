import { z } from 'zod';

const place = z.object({ line: z.number(), column: z.number() });

/** What is read of Stryker's report, whose schema is that of all its tools. The rest is kept as it is. */
export const mutationReport = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.string(),
      mutants: z.array(
        z.looseObject({
          mutatorName: z.string(),
          replacement: z.string().optional(),
          status: z.string(),
          location: z.object({ start: place, end: place }),
          /** Whether it takes effect while modules are loaded. */
          static: z.boolean().optional(),
          coveredBy: z.array(z.string()).optional(),
          killedBy: z.array(z.string()).optional(),
        }),
      ),
    }),
  ),
  testFiles: z.record(z.string(), z.looseObject({ tests: z.array(z.looseObject({ id: z.string() })) })),
});
export type MutationReport = z.infer<typeof mutationReport>;

type ReportFile = MutationReport['files'][string];

/** A change to the source that no test noticed. */
export interface Survivor {
  readonly file: string;
  readonly line: number;
  /** The whole line on which it begins, without its indentation. */
  readonly code: string;
  /** The part that was replaced, and by what. */
  readonly from: string;
  readonly to: string;
}

export interface FileScore {
  readonly file: string;
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

const KILLED = new Set(['Killed', 'Timeout']);
const SURVIVED = new Set(['Survived', 'NoCoverage']);

/** The files of a report with what survived in each. Mutants that do not compile count for nothing. */
export function scoresOf(report: MutationReport): FileScore[] {
  return Object.entries(report.files)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, { source, mutants }]) => ({
      file,
      killed: mutants.filter(({ status }) => KILLED.has(status)).length,
      survivors: mutants
        .filter(({ status }) => SURVIVED.has(status))
        .map((mutant) => survivorOf(file, source.split('\n'), mutant)),
    }));
}

export function survivorOf(file: string, lines: readonly string[], mutant: ReportFile['mutants'][number]): Survivor {
  const { start, end } = mutant.location;
  const text = lines.slice(start.line - 1, end.line).join('\n');
  const lastLine = lines[end.line - 1] ?? '';
  return {
    file,
    line: start.line,
    code: (lines[start.line - 1] ?? '').trim(),
    from: text.slice(start.column - 1, text.length - (lastLine.length - end.column + 1)),
    to: mutant.replacement ?? mutant.mutatorName,
  };
}

/** The share of mutants that were killed, in percent; of those too that nobody can kill. */
export function percentOf({ killed, survivors }: FileScore): string {
  const total = killed + survivors.length;
  return total === 0 ? '-' : ((100 * killed) / total).toFixed(1);
}
