import {
  assembleSnapshot,
  type Carrier,
  carrierOf,
  type FreedPrincipals,
  type Power,
  rankCarriers,
  type SnapshotPart,
} from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { snapshotOfScan } from '@ecr-audit/evaluator';
import type { CommandContext } from '../context.ts';
import { openDatabase } from '../open-database.ts';
import type { DatabaseOptions } from '../options/database-options.ts';
import { findStoredScan } from '../stored-scan.ts';
import { userPath } from '../terminal/paths.ts';
import { readPoliciesFile } from './read-policies-file.ts';

/** A managed policy as it is listed. What it does to principals is null where no snapshot was given. */
export interface ListedPolicy extends Carrier {
  readonly principals: number | null;
  readonly boundaries: number | null;
  readonly freed: FreedPrincipals | null;
}

export interface PoliciesSource extends DatabaseOptions {
  readonly snapshot?: string | undefined;
  readonly target?: string | undefined;
  readonly policies?: string | undefined;
  readonly by: Power;
}

/**
 * The policies of a file, in its order; of a snapshot, the one that frees most first; of both, the file's with what they do to
 * the snapshot's principals. Without either, those of the latest scan.
 */
export async function listedPolicies(context: CommandContext, options: PoliciesSource): Promise<ListedPolicy[]> {
  const documents = options.policies === undefined ? undefined : await readPoliciesFile(options.policies);
  const asksDatabase = options.databaseUrl !== undefined || options.data !== undefined || options.target !== undefined;
  if (documents !== undefined && options.snapshot === undefined && !asksDatabase) {
    return documents.map((document) => ({ ...carrierOf(document), principals: null, boundaries: null, freed: null }));
  }
  const parts = await readParts(context, options);
  const snapshot = assembleSnapshot(parts);
  context.progress.update('evaluating principals without each of their policies');
  return rankCarriers(snapshot, parts, { by: options.by, ...(documents === undefined ? {} : { documents }) });
}

async function readParts(context: CommandContext, options: PoliciesSource): Promise<readonly SnapshotPart[]> {
  if (options.snapshot !== undefined) {
    context.progress.update('reading the snapshot');
    return await readSnapshotDirectory(userPath(options.snapshot));
  }
  const { store } = await openDatabase(context, options);
  const { scanId } = await findStoredScan(store, options.target);
  context.progress.update('reading the snapshot of the latest scan');
  return (await snapshotOfScan(store, scanId)).parts;
}
