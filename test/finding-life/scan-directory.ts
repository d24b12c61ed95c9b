import { randomUUID } from 'node:crypto';
import { assembleSnapshot, evaluateSnapshot, type SnapshotPart } from '@ecr-audit/access';
import { evaluateScanJob, type JudgingSettings } from '@ecr-audit/evaluator';
import { configurationFromEnvironment } from '@ecr-audit/runtime';
import { requestScan, saveGaps, saveParts, type Store } from '@ecr-audit/store';

const { findings, alerts } = configurationFromEnvironment({});

const plainSettings: JudgingSettings = { findings, alerts };

/** Scans parts as a worker does, at a time of the test's own; gives the id of the scan. */
export async function scanParts(
  store: Store,
  parts: readonly SnapshotPart[],
  { now, judging = plainSettings }: { readonly now: string; readonly judging?: JudgingSettings },
): Promise<string> {
  const scanId = randomUUID();
  const snapshot = assembleSnapshot(parts);
  await requestScan(store.sql, {
    scanId,
    target: evaluateSnapshot(snapshot).target,
    source: 'snapshot',
    takenAt: snapshot.takenAt,
  });
  await saveParts(store.sql, { scanId, parts });
  await saveGaps(store.sql, { scanId, step: 'snapshot', gaps: snapshot.gaps });
  await evaluateScanJob(store, scanId, { judging, now: () => new Date(now) });
  return scanId;
}

/** The same parts as if they had been taken at another time. */
export function takenAt(parts: readonly SnapshotPart[], time: string): SnapshotPart[] {
  return parts.map((part) =>
    part.path === 'snapshot.json'
      ? { path: part.path, content: JSON.stringify({ ...JSON.parse(part.content), takenAt: time }) }
      : part,
  );
}
