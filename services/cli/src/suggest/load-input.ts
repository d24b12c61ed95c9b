import { DAY_MS, snapshotActivity, type SuggestionInput } from '@ecr-audit/access';
import { observedEverywhere, usesSince } from '@ecr-audit/store';
import type { CommandContext } from '../context.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import type { SuggestOptions } from './options.ts';

/** The snapshot that a suggestion is proved in, with what was used: from a directory, or from the database. */
export async function loadSuggestionInput(context: CommandContext, options: SuggestOptions): Promise<SuggestionInput> {
  const chosen = options.capability === undefined ? {} : { capability: options.capability };
  const loaded = await loadSnapshot(context, options);
  const { snapshot } = loaded;
  const asOfMs = loaded.source === 'directory' ? Date.parse(snapshot.takenAt) : context.now().getTime();
  const period = { asOfMs, fromMs: asOfMs - options.days * DAY_MS };
  if (loaded.source === 'directory') {
    const { uses, observed } = snapshotActivity(snapshot, loaded.parts);
    return { snapshot, uses, observed, period, ...chosen };
  }
  context.progress.update('reading what was used');
  const { sql } = loaded.store;
  const [uses, observed] = await Promise.all([usesSince(sql, new Date(period.fromMs)), observedEverywhere(sql)]);
  return { snapshot, uses, observed, period, ...chosen };
}
