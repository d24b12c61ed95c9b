import type { NewJob } from './backend/backend.ts';
import { activityJobId, collectJobId, evaluateJobId, scanJobId } from './job-ids.ts';
import type { Queues } from './open-queues.ts';
import {
  activityPayloadSchema,
  collectPayloadSchema,
  evaluatePayloadSchema,
  scanPayloadSchema,
  type ActivityPayload,
  type CollectPayload,
  type QueueName,
} from './payloads.ts';
import { attemptsMax, keepCompleted, keepFailed } from './timing.ts';

/** Asks for one scan, outside of any schedule. The same `scanId` (a UUID) again asks for nothing more. */
export async function addScan(
  queues: Queues,
  { scanId, targetKey }: { readonly scanId: string; readonly targetKey: string },
): Promise<void> {
  const data = scanPayloadSchema.parse({ source: 'access', targetKey, scanId, everyMs: null });
  await queues.backend.add([
    { queue: 'scan', name: data.source, data, options: { jobId: scanJobId(scanId), ...jobOptions(queues, 'scan') } },
  ]);
}

/**
 * Adds what a scan has to read. The jobs that exist already stay as they are, so it may be asked for again and again.
 *
 * One job an account, and not one a step: a worker that reads all of an account assumes its role once, and its limits are
 * kept by one process. With a job a step, 500 accounts in 4 regions on 4 workers cost up to 2,000 AssumeRole instead of 500.
 */
export async function addCollectJobs(queues: Queues, jobs: readonly CollectPayload[]): Promise<void> {
  await queues.backend.add(
    jobs.map((job): NewJob => {
      const data = collectPayloadSchema.parse(job);
      const options = { jobId: collectJobId(data), ...jobOptions(queues, 'collect') };
      return { queue: 'collect', name: data.accountId === null ? 'organization' : 'account', data, options };
    }),
  );
}

/** Adds looks at places. A place that waits for one or has one under way gets no second one. */
export async function addActivityJobs(queues: Queues, jobs: readonly ActivityPayload[]): Promise<void> {
  await queues.backend.add(
    jobs.map((job): NewJob => {
      const data = activityPayloadSchema.parse(job);
      // A job that is kept would stand in the way of the next look, which has the same id.
      const options = {
        jobId: activityJobId(data),
        ...jobOptions(queues, 'activity'),
        removeOnComplete: true,
        removeOnFail: true,
      };
      return { queue: 'activity', name: data.source, data, options };
    }),
  );
}

/** Asks for the evaluation of a scan of which everything is read. The second time it asks for nothing. */
export async function addEvaluation(queues: Queues, scanId: string): Promise<void> {
  const data = evaluatePayloadSchema.parse({ scanId });
  const options = { jobId: evaluateJobId(scanId), ...jobOptions(queues, 'evaluate') };
  await queues.backend.add([{ queue: 'evaluate', name: 'evaluate', data, options }]);
}

/** How a job is tried, and how long it is kept. */
export function jobOptions(
  { timing }: Queues,
  queue: QueueName,
): Pick<NewJob['options'], 'attempts' | 'backoff' | 'removeOnComplete' | 'removeOnFail'> {
  return {
    attempts: attemptsMax[queue],
    backoff: { type: 'exponential', delay: timing.backoffMs },
    removeOnComplete: keepCompleted,
    removeOnFail: keepFailed,
  };
}
