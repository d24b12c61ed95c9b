import type { Snapshot } from '@ecr-audit/access';
import type { Store } from '@ecr-audit/store';
import { readSnapshot } from './read-snapshot.ts';
import { recentlyUsed } from './recently-used.ts';

// The snapshot of an organization with 5,000 roles takes some 100 MB, and people ask about now and about last week.
const snapshotsMax = 4;

/** The snapshots that are asked about, kept for whichever route asks next. */
export interface Snapshots {
  /** The one that a scan was evaluated from. Throws `snapshotNotKept`. */
  ofScan(scanId: string): Promise<Snapshot>;
}

export function createSnapshots(store: Store): Snapshots {
  const kept = recentlyUsed<Snapshot>(snapshotsMax);
  return { ofScan: (scanId) => kept.get(scanId, () => readSnapshot(store, scanId)) };
}
