import { DAY_MS, repositoryCreations, type SuggestionInput } from '@ecr-audit/access';
import { observedEverywhere, usesSince } from '@ecr-audit/store';
import type { CommandContext } from '../context.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { activityOfScan } from '../over-permission/load-input.ts';
import type { SuggestOptions } from './options.ts';

/** The snapshot that a suggestion is proved in, with what was used: from a directory, or from the database. */
export async function loadSuggestionInput(context: CommandContext, options: SuggestOptions): Promise<SuggestionInput> {
  const chosen = options.capability === undefined ? {} : { capability: options.capability };
  const loaded = await loadSnapshot(context, options);
  const { snapshot, parts } = loaded;
  const about = { snapshot, createdMs: repositoryCreations(parts), ...chosen };
  if (loaded.source === 'directory') {
    return { ...about, ...activityOfScan(loaded, options.days).activity };
  }
  context.progress.update('reading what was used');
  const { sql } = loaded.store;
  const asOfMs = context.now().getTime();
  const period = { asOfMs, fromMs: asOfMs - options.days * DAY_MS };
  const [uses, observed] = await Promise.all([usesSince(sql, new Date(period.fromMs)), observedEverywhere(sql)]);
  // Where activity is not collected on its own, the events that the scan brought along are all there is.
  return uses.length === 0 && observed.length === 0
    ? { ...about, ...activityOfScan(loaded, options.days).activity }
    : { ...about, uses, observed, period };
}
