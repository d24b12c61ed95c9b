import { assembleSnapshot, type Snapshot, SnapshotFormatError, type SnapshotPart, withGaps } from '@ecr-audit/access';
import { type AsOf, findAsOf, readGaps, readParts, type Store } from '@ecr-audit/store';
import { Problem } from '../http/problem.ts';
import { scanNotFound } from '../resolve-as-of.ts';
import { recentlyUsed } from '../snapshots/recently-used.ts';

/** The snapshot of a stored scan with the files that it was assembled from. */
export interface ReadScan {
  readonly asOf: AsOf;
  readonly snapshot: Snapshot;
  readonly parts: readonly SnapshotPart[];
}

// Two for a comparison, and one that is asked about meanwhile.
const scansMax = 3;

/** Reads scans for reports, and keeps the latest. */
export interface ScanReader {
  readonly store: Store;
  /** Throws `scanNotFound`. */
  asOf(scanId: string): Promise<AsOf>;
  /** Throws `scanNotFound` and `snapshotNotKept`. */
  read(scanId: string): Promise<ReadScan>;
}

export function scanReader(store: Store): ScanReader {
  const kept = recentlyUsed<ReadScan>(scansMax);
  const asOf = async (scanId: string): Promise<AsOf> => {
    const found = await findAsOf(store.sql, { scanId });
    if (found === null) {
      throw scanNotFound(scanId);
    }
    return found;
  };
  return {
    store,
    asOf,
    read: (scanId) => kept.get(scanId, async () => ({ asOf: await asOf(scanId), ...(await assembled(store, scanId)) })),
  };
}

async function assembled({ sql }: Store, scanId: string): Promise<Omit<ReadScan, 'asOf'>> {
  const parts = withGaps(await readParts(sql, scanId), await readGaps(sql, scanId));
  try {
    return { snapshot: assembleSnapshot(parts), parts };
  } catch (error) {
    if (!(error instanceof SnapshotFormatError)) {
      throw error;
    }
    throw new Problem(
      'snapshotNotKept',
      `scan \`${scanId}\` cannot be looked into: ${error.message}; name a scan whose snapshot is kept, or scan again`,
    );
  }
}
