import { randomUUID } from 'node:crypto';
import { assembleSnapshot, type SnapshotPart } from '@ecr-audit/access';
import { requestScan, saveParts, type Store, writeEvaluation } from '@ecr-audit/store';
import { evaluateFully, type FullEvaluation } from './evaluate-fully.ts';

export interface MeasuredScan {
  readonly scanId: string;
  readonly evaluateMs: number;
  /** Everything that goes into Postgres: the request, the parts of the snapshot and the evaluation. */
  readonly writeMs: number;
  /** Of the access, not of what it refers to. */
  readonly rowsWritten: number;
}

/** A whole scan, but for the collection. */
export async function scan(store: Store, parts: readonly SnapshotPart[]): Promise<MeasuredScan> {
  const snapshot = assembleSnapshot(parts);
  const { evaluation, evaluateMs } = evaluateFully(snapshot);
  const { scanId, writeMs, rowsWritten } = await write(store, { parts, evaluation, takenAt: snapshot.takenAt });
  return { scanId, evaluateMs, writeMs, rowsWritten };
}

export async function write(
  store: Store,
  {
    parts,
    evaluation,
    takenAt,
  }: { readonly parts: readonly SnapshotPart[]; readonly evaluation: FullEvaluation; readonly takenAt: string },
): Promise<Omit<MeasuredScan, 'evaluateMs'>> {
  const scanId = randomUUID();
  const startedAt = performance.now();
  await requestScan(store.sql, { scanId, target: evaluation.target, source: 'snapshot' });
  await saveParts(store.sql, { scanId, parts });
  const { counts } = await writeEvaluation(store, { scanId, takenAt, ...evaluation });
  return { scanId, writeMs: performance.now() - startedAt, rowsWritten: counts.rowsWritten };
}
