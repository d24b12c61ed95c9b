import { type Rehearsal, type Snapshot, useInParts, withUse } from '@ecr-audit/access';
import { withStoredUse } from '@ecr-audit/api';
import type { CommandContext } from '../context.ts';
import { loadSnapshot, type SnapshotOptions } from '../load-snapshot.ts';

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
  options: SnapshotOptions & { readonly days: number },
): Promise<RehearsedSnapshot> {
  const loaded = await loadSnapshot(context, options);
  const { snapshot, parts } = loaded;
  const since = new Date(Date.parse(snapshot.takenAt) - options.days * dayMs).toISOString();
  const withOwnUse = (rehearsal: Rehearsal): Rehearsal => {
    const use = useInParts(parts, { since, latestMs: Date.parse(snapshot.takenAt) + clockToleranceMs });
    return use === null ? rehearsal : withUse(rehearsal, use);
  };
  if (loaded.source === 'directory') {
    return { snapshot, withUse: async (rehearsal) => await Promise.resolve(withOwnUse(rehearsal)) };
  }
  const { store } = loaded;
  return {
    snapshot,
    withUse: async (rehearsal) => {
      const stored = await withStoredUse(store, rehearsal, since);
      // Where activity is not collected on its own, the events that the scan brought along are all there is.
      return stored === rehearsal ? withOwnUse(rehearsal) : stored;
    },
  };
}
