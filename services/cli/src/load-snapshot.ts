import { assembleSnapshot, type Snapshot } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { snapshotOfScan } from '@ecr-audit/evaluator';
import type { CommandContext } from './context.ts';
import { openDatabase } from './open-database.ts';
import type { DatabaseOptions } from './options/database-options.ts';
import { findStoredScan } from './stored-scan.ts';
import { userPath } from './terminal/paths.ts';

export interface SnapshotOptions extends DatabaseOptions {
  readonly snapshot?: string | undefined;
  readonly target?: string | undefined;
}

/** The snapshot of a directory, or the one that the latest completed scan stored. */
export async function loadSnapshot(context: CommandContext, options: SnapshotOptions): Promise<Snapshot> {
  if (options.snapshot !== undefined) {
    context.progress.update('reading the snapshot');
    return assembleSnapshot(await readSnapshotDirectory(userPath(options.snapshot)));
  }
  const { store } = await openDatabase(context, options);
  const { scanId } = await findStoredScan(store, options.target);
  context.progress.update('reading the snapshot of the latest scan');
  return assembleSnapshot((await snapshotOfScan(store, scanId)).parts);
}
