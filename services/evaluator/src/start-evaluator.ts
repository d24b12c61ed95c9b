import { SnapshotFormatError } from '@ecr-audit/access';
import { startWorker, type JobEvent, type Queues } from '@ecr-audit/jobs';
import { markScanFailed, StoreError, type Store } from '@ecr-audit/store';
import { evaluateScanJob, type EvaluationOutcome } from './evaluate-scan-job.ts';
import type { JudgingSettings } from './judging/judge-of-scan.ts';
import { maintenanceJob, type Retention } from './maintenance-job.ts';

export interface Evaluator {
  /** Takes no further job, finishes or gives back the one under way, then resolves. The store and queues stay open. */
  close(): Promise<void>;
}

/** Starts the workers that evaluate scans and that forget what is old. They need no AWS credentials. */
export async function startEvaluator(options: {
  readonly store: Store;
  readonly queues: Queues;
  readonly retention: Retention;
  readonly judging: JudgingSettings;
  readonly now: () => Date;
  readonly onEvent: (event: JobEvent) => void;
  readonly onOutcome: (scanId: string, outcome: EvaluationOutcome) => void;
  readonly onForgotten?: (forgotten: Awaited<ReturnType<typeof maintenanceJob>>) => void;
}): Promise<Evaluator> {
  const { store, queues, retention, judging, now, onEvent, onOutcome } = options;
  const workers = await Promise.all([
    startWorker(
      queues,
      'evaluate',
      {
        run: async ({ scanId }) => onOutcome(scanId, await evaluateScanJob(store, scanId, { judging, now })),
        giveUp: async ({ scanId }, cause) => {
          await markScanFailed(store.sql, scanId, `the scan could not be evaluated: ${cause.message}`);
        },
        isRetryable,
      },
      { onEvent },
    ),
    startWorker(
      queues,
      'maintenance',
      {
        run: async () => options.onForgotten?.(await maintenanceJob(store, { retention, now: now() })),
        // What stays goes the next time.
        giveUp: async () => await Promise.resolve(),
        isRetryable,
      },
      { onEvent },
    ),
  ]);
  return {
    close: async () => {
      await Promise.all(workers.map(async (worker) => await worker.close()));
    },
  };
}

/** Whether another try can end better: the same parts never do, a lost connection mostly does. */
function isRetryable(error: unknown): boolean {
  if (error instanceof SnapshotFormatError) {
    return false;
  }
  return error instanceof StoreError ? error.retryable : true;
}
