import { randomUUID } from 'node:crypto';
import { assembleSnapshot, evaluateSnapshot, type SnapshotPart } from '@ecr-audit/access';
import { requestScan, saveGaps, saveParts, writeEvaluation, type Store } from '@ecr-audit/store';

/** Stores and evaluates a snapshot as a completed scan, and returns the id of that. */
export async function writeScan(store: Store, parts: readonly SnapshotPart[]): Promise<string> {
  const scanId = randomUUID();
  const snapshot = assembleSnapshot(parts);
  const { accounts, ...evaluation } = evaluateSnapshot(snapshot);
  await requestScan(store.sql, { scanId, target: evaluation.target, source: 'snapshot' });
  await saveParts(store.sql, { scanId, parts });
  await saveGaps(store.sql, { scanId, gaps: snapshot.gaps });
  await writeEvaluation(store, {
    scanId,
    takenAt: snapshot.takenAt,
    ...evaluation,
    accounts,
  });
  return scanId;
}
