import { assembleSnapshot, evaluateSnapshot, EVALUATOR_VERSION } from '@ecr-audit/access';
import {
  findScan,
  hashParts,
  listActivityCoverage,
  markScanEvaluating,
  markScanFailed,
  saveGaps,
  writeEvaluation,
  type EvaluationCounts,
  type Store,
} from '@ecr-audit/store';
import { listInTurns } from './judging/in-turns.ts';
import { judgeOfScan, type JudgingSettings } from './judging/judge-of-scan.ts';
import { scanCompleted } from './scan-completed.ts';
import { snapshotOfScan } from './snapshot-of-scan.ts';
import { withActivityCoverage } from './with-activity-coverage.ts';

export type EvaluationOutcome =
  | { readonly kind: 'written' | 'alreadyWritten'; readonly counts: EvaluationCounts; readonly gaps: number }
  /** The scan had failed before, or failed now because nothing was collected. */
  | { readonly kind: 'skipped'; readonly reason: string };

/**
 * Evaluates and judges what a scan collected, and writes the difference, its findings and what is to be told, in one transaction.
 *
 * Running it again changes nothing. Throws `SnapshotFormatError` for a part that is malformed, and the store's
 * `scanSuperseded` when a newer scan of the target came first; neither is better at another try.
 */
export async function evaluateScanJob(
  store: Store,
  scanId: string,
  options: {
    readonly judging: JudgingSettings;
    readonly now: () => Date;
    readonly onProgress?: (message: string) => void;
  },
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
  // Read twice: findings look at all of it before it is written.
  const access = await listInTurns(evaluation.access);
  const { accounts, principals, repositories, registries, covered, unreadPolicies } = evaluation;
  // Workers name their target before they read: what could not be read, the organization even, must not begin another history.
  const target =
    scan === null || scan.startedAt === null ? evaluation.target : { key: scan.targetKey, name: scan.targetName };
  const coverage =
    scan === null || scan.startedAt === null
      ? evaluation.coverage
      : withActivityCoverage(evaluation.coverage, await listActivityCoverage(store.sql));
  options.onProgress?.('judging');
  const judge = await judgeOfScan(
    store,
    { snapshot, parts, targetKey: target.key, coverage, evaluated: { ...evaluation, access } },
    { settings: options.judging, now: options.now },
  );
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
    // As the store tells the time of the scan.
    outbox: (counts) => [
      scanCompleted({ target, takenAt: new Date(snapshot.takenAt).toISOString(), counts, gaps: snapshot.gaps }),
    ],
    judge,
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
