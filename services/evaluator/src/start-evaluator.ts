import { SnapshotFormatError } from '@ecr-audit/access';
import { startWorker, type JobEvent, type Queues } from '@ecr-audit/jobs';
import { markScanFailed, StoreError, type Store } from '@ecr-audit/store';
import { evaluateScanJob, type EvaluationOutcome } from './evaluate-scan-job.ts';

export interface Evaluator {
  /** Takes no further job, finishes the one under way, then resolves. The store and queues stay open. */
  close(): Promise<void>;
}

/** Starts the worker that evaluates scans. It needs no AWS credentials. */
export async function startEvaluator(options: {
  readonly store: Store;
  readonly queues: Queues;
  readonly onEvent: (event: JobEvent) => void;
  readonly onOutcome: (scanId: string, outcome: EvaluationOutcome) => void;
}): Promise<Evaluator> {
  const { store, queues, onEvent, onOutcome } = options;
  return await startWorker(
    queues,
    'evaluate',
    {
      run: async ({ scanId }) => onOutcome(scanId, await evaluateScanJob(store, scanId)),
      giveUp: async ({ scanId }, cause) => {
        await markScanFailed(store.sql, scanId, `the scan could not be evaluated: ${cause.message}`);
      },
      isRetryable,
    },
    { onEvent },
  );
}

/** Whether another try can end better: the same parts never do, a lost connection mostly does. */
function isRetryable(error: unknown): boolean {
  if (error instanceof SnapshotFormatError) {
    return false;
  }
  return error instanceof StoreError ? error.retryable : true;
}
