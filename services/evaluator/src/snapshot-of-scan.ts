import { type CollectionGap, type SnapshotPart, withGaps } from '@ecr-audit/access';
import { readGaps, readParts, type Store } from '@ecr-audit/store';

/** Reads the parts of a scan, with the gaps of all of its steps in `snapshot.json`. Empty where nothing was kept. */
export async function snapshotOfScan(
  store: Store,
  scanId: string,
): Promise<{ readonly parts: readonly SnapshotPart[]; readonly gaps: readonly CollectionGap[] }> {
  const parts = await readParts(store.sql, scanId);
  const gaps = await readGaps(store.sql, scanId);
  return { parts: withGaps(parts, gaps), gaps };
}
