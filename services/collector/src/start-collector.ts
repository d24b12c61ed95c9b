import type { AwsSession, CallerIdentity } from '@ecr-audit/aws';
import { scheduleScan, startWorker, type JobEvent, type Queues, type Schedule, type ScanTarget } from '@ecr-audit/jobs';
import type { Store } from '@ecr-audit/store';
import { collectStep, giveUpCollectStep } from './collect-step.ts';
import { isRetryable } from './is-retryable.ts';
import { giveUpStartScan, startScanJob } from './start-scan-job.ts';

export interface Collector {
  /** What is scanned: the account of the credentials, in the regions of the session. */
  readonly target: ScanTarget;
  /** Takes no further job, finishes those under way, then resolves. The store, queues and session stay open. */
  close(): Promise<void>;
}

/**
 * Starts the workers that read AWS, and sets up the schedule of the account where one is given. Without a schedule
 * one that exists stays, because another collector may have set it up.
 */
export async function startCollector(options: {
  readonly store: Store;
  readonly queues: Queues;
  readonly session: AwsSession;
  readonly caller: CallerIdentity;
  readonly schedule: Schedule | null;
  readonly now: () => Date;
  readonly onEvent: (event: JobEvent) => void;
}): Promise<Collector> {
  const { store, queues, session, caller, schedule, now, onEvent } = options;
  const { accountId, partition } = caller;
  const target = { key: `account:${accountId}`, accountId, partition, regions: [...session.regions] };

  const scans = await startWorker(
    queues,
    'scan',
    {
      run: async (work) => await startScanJob({ store, queues, now }, work),
      giveUp: async (work, cause) => await giveUpStartScan(store, work, cause),
      isRetryable,
    },
    { onEvent },
  );
  const steps = await startWorker(
    queues,
    'collect',
    {
      run: async (payload) => void (await collectStep({ store, session, accountId }, payload)),
      giveUp: async (payload, cause) => await giveUpCollectStep(store, payload, cause),
      isRetryable,
    },
    { onEvent },
  );
  if (schedule !== null) {
    await scheduleScan(queues, { target, schedule });
  }
  return {
    target,
    close: async () => {
      await Promise.all([scans.close(), steps.close()]);
    },
  };
}
