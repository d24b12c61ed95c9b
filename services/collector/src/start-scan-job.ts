import { addScanFlow, type Queues, type ScanTarget } from '@ecr-audit/jobs';
import { findScan, markScanCollecting, markScanFailed, requestScan, type Store } from '@ecr-audit/store';
import { planSteps } from './plan-steps.ts';
import { saveManifest } from './save-manifest.ts';

/**
 * Starts a scan: records it, then adds its jobs to the queues. Running it again for the same scan changes nothing,
 * and finishes what an earlier run left undone. `now` becomes the time that the snapshot describes.
 */
export async function startScanJob(
  context: { readonly store: Store; readonly queues: Queues; readonly now: () => Date },
  work: { readonly scanId: string; readonly target: ScanTarget },
): Promise<void> {
  const { store, queues } = context;
  const { scanId, target } = work;
  const request = { scanId, target: { key: target.key }, source: 'aws', takenAt: context.now().toISOString() } as const;
  await requestScan(store.sql, request);
  const scan = await findScan(store.sql, scanId);
  if (scan === null || scan.status === 'completed' || scan.status === 'failed') {
    return;
  }
  const takenAt = scan.takenAt ?? request.takenAt;
  await saveManifest(store, { scanId, takenAt, partition: target.partition });
  await markScanCollecting(store.sql, scanId);
  await addScanFlow(queues, { scanId, steps: planSteps({ scanId, target, takenAt }) });
}

/** Records that a scan could not be started. */
export async function giveUpStartScan(
  store: Store,
  work: { readonly scanId: string; readonly target: ScanTarget },
  cause: Error,
): Promise<void> {
  await requestScan(store.sql, { scanId: work.scanId, target: { key: work.target.key }, source: 'aws' });
  await markScanFailed(store.sql, work.scanId, `the scan could not be started: ${cause.message}`);
}
