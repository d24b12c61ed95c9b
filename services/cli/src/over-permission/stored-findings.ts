import { SNAPSHOT_FINDINGS_VERSION, type SnapshotFindings, snapshotFindings } from '@ecr-audit/access';
import { findSnapshotFindings, saveSnapshotFindings } from '@ecr-audit/store';
import type { CommandContext } from '../context.ts';
import { type LoadedSnapshot, loadStoredSnapshot, type StoredScan } from '../load-snapshot.ts';

/**
 * What a report needs of the snapshot of a stored scan.
 *
 * The first report on a scan proves it and keeps it: for 2,000 principals and 1,000 repositories the proof takes several times the two seconds
 * that a report may take. Rejected: proving it in every scan, which would wait for what few ask of few scans.
 */
export async function storedFindings(
  context: CommandContext,
  scan: StoredScan,
  loaded: LoadedSnapshot | null,
): Promise<SnapshotFindings | null> {
  const key = { scanId: scan.asOf.scanId, version: SNAPSHOT_FINDINGS_VERSION };
  const kept = await findSnapshotFindings(scan.store.sql, key);
  if (kept !== null) {
    return kept;
  }
  const { snapshot, parts } = loaded ?? (await loadStoredSnapshot(context, scan));
  if (!parts.some(({ path }) => path.startsWith('accounts/'))) {
    // Of an old scan only the answers are kept.
    return null;
  }
  context.progress.update('trying policies one by one, which is done once for each scan');
  const findings = snapshotFindings(snapshot, parts);
  await saveSnapshotFindings(scan.store.sql, key, findings);
  return findings;
}
