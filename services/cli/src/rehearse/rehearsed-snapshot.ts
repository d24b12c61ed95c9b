import { assembleSnapshot, type Rehearsal, type Snapshot, useInParts, withUse } from '@ecr-audit/access';
import { withStoredUse } from '@ecr-audit/api';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { snapshotOfScan } from '@ecr-audit/evaluator';
import type { CommandContext } from '../context.ts';
import { openDatabase } from '../open-database.ts';
import type { DatabaseOptions } from '../options/database-options.ts';
import { findStoredScan } from '../stored-scan.ts';
import { userPath } from '../terminal/paths.ts';

export interface RehearsedSnapshot {
  readonly snapshot: Snapshot;
  /** Adds who used what they would lose, as far as that is known. */
  readonly withUse: (rehearsal: Rehearsal) => Promise<Rehearsal>;
}

const dayMs = 24 * 60 * 60 * 1000;
// Clocks differ by minutes.
const clockToleranceMs = 60 * 60 * 1000;

/** The snapshot of a directory with the events in it, or of the latest scan with the activity of the database. */
export async function rehearsedSnapshot(
  context: CommandContext,
  options: DatabaseOptions & {
    readonly snapshot?: string | undefined;
    readonly target?: string | undefined;
    readonly days: number;
  },
): Promise<RehearsedSnapshot> {
  const sinceOf = ({ takenAt }: Snapshot): string => new Date(Date.parse(takenAt) - options.days * dayMs).toISOString();
  if (options.snapshot !== undefined) {
    context.progress.update('reading the snapshot');
    const parts = await readSnapshotDirectory(userPath(options.snapshot));
    const snapshot = assembleSnapshot(parts);
    const latestMs = Date.parse(snapshot.takenAt) + clockToleranceMs;
    return {
      snapshot,
      withUse: async (rehearsal) => {
        const use = useInParts(parts, { since: sinceOf(snapshot), latestMs });
        return await Promise.resolve(use === null ? rehearsal : withUse(rehearsal, use));
      },
    };
  }
  const { store } = await openDatabase(context, options);
  const { scanId } = await findStoredScan(store, options.target);
  context.progress.update('reading the snapshot of the latest scan');
  const snapshot = assembleSnapshot((await snapshotOfScan(store, scanId)).parts);
  return { snapshot, withUse: async (rehearsal) => await withStoredUse(store, rehearsal, sinceOf(snapshot)) };
}
