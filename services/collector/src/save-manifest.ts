import { snapshotManifest } from '@ecr-audit/aws';
import { saveParts, type Store } from '@ecr-audit/store';

/**
 * Keeps `snapshot.json` of a scan that is collected in jobs of its own. It names no gaps: they are in their table,
 * each with its step, until the evaluation brings both together.
 */
export async function saveManifest(
  store: Store,
  options: { readonly scanId: string; readonly takenAt: string; readonly partition: string },
): Promise<void> {
  const { scanId, takenAt, partition } = options;
  const manifest = snapshotManifest({ takenAt: new Date(takenAt), partition, gaps: [] });
  await saveParts(store.sql, { scanId, parts: [manifest] });
}
