import { assembleSnapshot, type Snapshot, type SnapshotPart } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { snapshotOfScan } from '@ecr-audit/evaluator';
import type { AsOf, Store } from '@ecr-audit/store';
import type { CommandContext } from './context.ts';
import { openDatabase } from './open-database.ts';
import type { DatabaseOptions } from './options/database-options.ts';
import { findStoredScan } from './stored-scan.ts';
import { userPath } from './terminal/paths.ts';

export interface SnapshotOptions extends DatabaseOptions {
  readonly snapshot?: string | undefined;
  readonly target?: string | undefined;
}

/** A snapshot, and where it came from: what else is asked, such as what was used, has to come from there too. */
export type LoadedSnapshot = {
  readonly snapshot: Snapshot;
  readonly parts: readonly SnapshotPart[];
} & ({ readonly source: 'directory' } | { readonly source: 'database'; readonly store: Store; readonly asOf: AsOf });

/** The snapshot of the directory of `--snapshot`, or the one that the latest completed scan stored. */
export async function loadSnapshot(context: CommandContext, options: SnapshotOptions): Promise<LoadedSnapshot> {
  return options.snapshot === undefined
    ? await loadStoredSnapshot(context, await openStoredScan(context, options))
    : await loadSnapshotDirectory(context, options.snapshot);
}

/** The snapshot of a directory with everything in it, events included. */
export async function loadSnapshotDirectory(
  { progress }: CommandContext,
  directory: string,
): Promise<LoadedSnapshot & { readonly source: 'directory' }> {
  progress.update('reading the snapshot');
  const parts = await readSnapshotDirectory(userPath(directory));
  return { source: 'directory', snapshot: assembleSnapshot(parts), parts };
}

/** A completed scan and the database that it lies in. */
export interface StoredScan {
  readonly store: Store;
  readonly asOf: AsOf;
}

/** Opens the database and finds the scan to answer from, without reading its snapshot. */
export async function openStoredScan(
  context: CommandContext,
  options: DatabaseOptions & { readonly target?: string | undefined },
): Promise<StoredScan> {
  const { store } = await openDatabase(context, options);
  return { store, asOf: await findStoredScan(store, options.target) };
}

/** The snapshot that a scan stored. */
export async function loadStoredSnapshot(
  { progress }: CommandContext,
  { store, asOf }: StoredScan,
): Promise<LoadedSnapshot & { readonly source: 'database' }> {
  progress.update('reading the snapshot of the latest scan');
  const { parts } = await snapshotOfScan(store, asOf.scanId);
  return { source: 'database', store, asOf, snapshot: assembleSnapshot(parts), parts };
}
