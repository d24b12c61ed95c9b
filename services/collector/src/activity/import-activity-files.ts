import type { ActivityHole, ObservedInterval } from '@ecr-audit/access';
import { readLogFiles } from '@ecr-audit/aws';
import { findImportedFile, type Store } from '@ecr-audit/store';
import { ActivityKeeper, type KeptActivity } from './keep-batches.ts';

// Clocks differ; an event that is later than this is not of our time.
const clockToleranceMs = 60 * 60 * 1000;
const namedMax = 20;

export interface ImportOutcome extends KeptActivity {
  readonly files: ImportedFiles;
  /** The first of those that could not be read to their end, with what is wrong. */
  readonly broken: readonly { readonly path: string; readonly message: string }[];
  /** What the files show to have been seen, and what is missing; empty where the import was stopped. */
  readonly observed: readonly ObservedInterval[];
  readonly holes: readonly ActivityHole[];
  readonly isWhole: boolean;
}

export interface ImportedFiles {
  readonly read: number;
  /** Read by an earlier import, by name and content. */
  readonly known: number;
  readonly broken: number;
  /** No log files by their names, such as digests. */
  readonly ignored: number;
}

/**
 * Takes in the log files of a directory, for the time before LookupEvents begins and for trails that see more.
 *
 * May be stopped or killed at any moment and called again: files that were read to their end are skipped, events are counted
 * once. What the files show to have been seen is kept at the end only. Throws `logDirectoryUnreadable`.
 */
export async function importActivityFiles(
  context: { readonly store: Store },
  work: {
    readonly directory: string;
    readonly now: Date;
    readonly signal?: AbortSignal;
    readonly onProgress?: (progress: { readonly files: ImportedFiles; readonly events: number }) => void;
  },
): Promise<ImportOutcome> {
  const { store } = context;
  const keeper = new ActivityKeeper(store, {
    source: 'logFile',
    recordedIn: null,
    latestMs: work.now.getTime() + clockToleranceMs,
  });
  const files = { read: 0, known: 0, broken: 0, ignored: 0 };
  const broken: { readonly path: string; readonly message: string }[] = [];
  const observed: ObservedInterval[] = [];
  const holes: ActivityHole[] = [];
  let events = 0;
  const readings = readLogFiles(work.directory, {
    findImported: async (file) => await findImportedFile(store.sql, file),
    ...(work.signal === undefined ? {} : { signal: work.signal }),
  });
  for await (const reading of readings) {
    switch (reading.kind) {
      case 'events':
        events += reading.batch.events.length;
        await keeper.add(reading.batch);
        break;
      case 'read':
        files.read += 1;
        keeper.addFile({ ...reading.file, hasReads: reading.hasReads });
        break;
      case 'known':
        files.known += 1;
        break;
      case 'broken':
        files.broken += 1;
        if (broken.length < namedMax) {
          broken.push({ path: reading.path, message: reading.message });
        }
        break;
      case 'ignored':
        files.ignored += 1;
        break;
      case 'windows':
        observed.push(...reading.batch.observed);
        holes.push(...reading.batch.holes);
        await keeper.add(reading.batch);
        break;
      default:
        reading satisfies never;
    }
    work.onProgress?.({ files: { ...files }, events });
  }
  await keeper.keep();
  return { ...keeper.kept(), files, broken, observed, holes, isWhole: work.signal?.aborted !== true };
}
