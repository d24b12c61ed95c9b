import { assembleSnapshot, evaluateSnapshot, EVALUATOR_VERSION } from '@ecr-audit/access';
import {
  findScan,
  hashParts,
  markScanEvaluating,
  markScanFailed,
  saveGaps,
  writeEvaluation,
  type EvaluationCounts,
  type Store,
} from '@ecr-audit/store';
import { scanCompleted } from './scan-completed.ts';
import { snapshotOfScan } from './snapshot-of-scan.ts';

export type EvaluationOutcome =
  | { readonly kind: 'written' | 'alreadyWritten'; readonly counts: EvaluationCounts; readonly gaps: number }
  /** The scan had failed before, or failed now because nothing was collected. */
  | { readonly kind: 'skipped'; readonly reason: string };

/**
 * Evaluates what a scan collected and writes the difference, with its outbox row, in one transaction.
 *
 * Running it again changes nothing. Throws `SnapshotFormatError` for a part that is malformed, and the store's
 * `scanSuperseded` when a newer scan of the target came first; neither is better at another try.
 */
export async function evaluateScanJob(
  store: Store,
  scanId: string,
  options: { readonly onProgress?: (message: string) => void } = {},
): Promise<EvaluationOutcome> {
  const scan = await findScan(store.sql, scanId);
  if (scan?.status === 'failed') {
    return { kind: 'skipped', reason: 'the scan has failed' };
  }
  await markScanEvaluating(store.sql, scanId);
  const { parts, gaps } = await snapshotOfScan(store, scanId);
  if (!parts.some((part) => part.path.startsWith('accounts/'))) {
    const reason = nothingCollected(gaps.map((gap) => gap.message));
    await markScanFailed(store.sql, scanId, reason);
    return { kind: 'skipped', reason };
  }

  const snapshot = assembleSnapshot(parts);
  // A file that is missing shows only now.
  await saveGaps(store.sql, { scanId, step: 'assembly', gaps: snapshot.gaps });
  const evaluation = evaluateSnapshot(snapshot, {
    onProgress: ({ done, total }) => options.onProgress?.(`evaluated ${done} of ${total} principals`),
  });
  const { target, accounts, principals, repositories, registries, access, coverage, covered, unreadPolicies } =
    evaluation;
  const written = await writeEvaluation(store, {
    scanId,
    takenAt: snapshot.takenAt,
    target,
    inputHash: hashParts(parts, EVALUATOR_VERSION),
    accounts,
    principals,
    repositories,
    registries,
    access,
    coverage,
    covered,
    unreadPolicies,
    outbox: (counts) => [scanCompleted({ target, takenAt: snapshot.takenAt, counts, gaps: snapshot.gaps })],
  });
  return {
    kind: written.alreadyWritten ? 'alreadyWritten' : 'written',
    counts: written.counts,
    gaps: snapshot.gaps.length,
  };
}

function nothingCollected(messages: readonly string[]): string {
  const first = messages[0];
  return `nothing could be collected${first === undefined ? '' : `: ${first}`}${messages.length > 1 ? `, and ${messages.length - 1} more` : ''}`;
}
