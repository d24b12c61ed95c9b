import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import type { Judges } from './files.ts';
import { mutationReport, type MutationReport, scoresOf, survivorOf } from './report.ts';
import { type Explanation, isExplained } from './survivors.ts';

const FOLDER = fileURLToPath(new URL('../../.stryker/memory', import.meta.url));

const memory = z.object({
  /** What its verdicts rest on; null where something is alive, and only the quick judges were asked. */
  judges: z.string().nullable(),
  /** The files of the tests as they stood, by their paths. */
  testFiles: z.record(z.string(), z.string()),
  /** Stryker's report about this one file. */
  report: mutationReport,
});
export type Memory = z.infer<typeof memory>;

/** What is remembered of a file that was changed; null where nothing is. */
export function recall(file: string): Memory | null {
  const path = pathOf(file);
  return existsSync(path) ? memory.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

interface Asked {
  readonly files: readonly string[];
  readonly by: 'quick' | 'all';
  /** As they stood before they were asked. */
  readonly judges: Judges;
}

/** Remembers each file of a report by itself, so that a run that is broken off loses only what it was at. */
export function remember(report: MutationReport, { files, by, judges }: Asked): void {
  mkdirSync(FOLDER, { recursive: true });
  const isOfRun = ([path]: [string, string]): boolean => report.testFiles[path] !== undefined;
  const testFiles = Object.fromEntries(Object.entries(judges.files).filter(isOfRun));
  for (const file of files) {
    // A file of types alone has nothing to change, and is not in the report.
    const about = report.files[file] ?? { source: '', mutants: [] };
    const own = { ...report, files: { [file]: about } };
    // Where nothing is left alive, nobody else need be asked.
    const isSettled = by === 'all' || scoresOf(own).every(({ survivors }) => survivors.length === 0);
    const known: Memory = { judges: isSettled ? judges.whole : null, testFiles, report: own };
    writeFileSync(`${pathOf(file)}.new`, JSON.stringify(known));
    renameSync(`${pathOf(file)}.new`, pathOf(file));
  }
}

interface Recollected {
  readonly judges: Judges;
  readonly explanations: readonly Explanation[];
}

/**
 * Several memories as one report for Stryker, which takes from it what need not be asked again.
 *
 * Tests of a file that has changed since are left out, so they count as new. A survivor that is made while modules are
 * loaded is reached by no test in particular, so Stryker would never ask again about it: it is left out unless explained.
 */
export function recollection(memories: readonly Memory[], { judges, explanations }: Recollected): MutationReport {
  const files: MutationReport['files'] = {};
  const testFiles: MutationReport['testFiles'] = {};
  for (const [index, { report, testFiles: known }] of memories.entries()) {
    const own = (id: string): string => `${index}:${id}`;
    for (const [path, { tests }] of Object.entries(report.testFiles)) {
      if (known[path] !== undefined && known[path] === judges.files[path]) {
        // Without its source nothing is compared: what is here is as it was.
        const all = testFiles[path] ?? { tests: [] };
        testFiles[path] = all;
        all.tests.push(...tests.map((test) => ({ ...test, id: own(test.id) })));
      }
    }
    for (const [file, about] of Object.entries(report.files)) {
      const mutants = about.mutants
        .filter(
          (mutant) =>
            !isReachedByNoTest(mutant) || isExplained(survivorOf(file, about.source.split('\n'), mutant), explanations),
        )
        .map((mutant) => ({
          ...mutant,
          ...(mutant.coveredBy === undefined ? {} : { coveredBy: mutant.coveredBy.map(own) }),
          ...(mutant.killedBy === undefined ? {} : { killedBy: mutant.killedBy.map(own) }),
        }));
      files[file] = { ...about, mutants };
    }
  }
  return { ...memories[0]?.report, files, testFiles };
}

type Mutant = MutationReport['files'][string]['mutants'][number];

function isReachedByNoTest({ static: isStatic, status }: Mutant): boolean {
  return isStatic === true && status === 'Survived';
}

function pathOf(file: string): string {
  return `${FOLDER}/${file.replaceAll('/', '_')}.json`;
}
