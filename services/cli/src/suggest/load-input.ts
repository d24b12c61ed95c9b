import { assembleSnapshot, DAY_MS, snapshotActivity, type SuggestionInput } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { snapshotOfScan } from '@ecr-audit/evaluator';
import { observedEverywhere, usesSince } from '@ecr-audit/store';
import type { CommandContext } from '../context.ts';
import { openDatabase } from '../open-database.ts';
import { findStoredScan } from '../stored-scan.ts';
import { userPath } from '../terminal/paths.ts';
import type { SuggestOptions } from './options.ts';

/** The snapshot that a suggestion is proved in, with what was used: from a directory, or from the database. */
export async function loadSuggestionInput(context: CommandContext, options: SuggestOptions): Promise<SuggestionInput> {
  const chosen = options.capability === undefined ? {} : { capability: options.capability };
  if (options.snapshot !== undefined) {
    context.progress.update('reading the snapshot');
    const parts = await readSnapshotDirectory(userPath(options.snapshot));
    const snapshot = assembleSnapshot(parts);
    const { uses, observed } = snapshotActivity(snapshot, parts);
    const asOfMs = Date.parse(snapshot.takenAt);
    return { snapshot, uses, observed, period: { asOfMs, fromMs: asOfMs - options.days * DAY_MS }, ...chosen };
  }
  const { store } = await openDatabase(context, options);
  const { scanId } = await findStoredScan(store, options.target);
  context.progress.update('reading the snapshot of the latest scan and what was used');
  const asOfMs = context.now().getTime();
  const fromMs = asOfMs - options.days * DAY_MS;
  const [stored, uses, observed] = await Promise.all([
    snapshotOfScan(store, scanId),
    usesSince(store.sql, new Date(fromMs)),
    observedEverywhere(store.sql),
  ]);
  return { snapshot: assembleSnapshot(stored.parts), uses, observed, period: { asOfMs, fromMs }, ...chosen };
}
