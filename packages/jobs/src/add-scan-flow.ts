import type { NewJob } from './backend/backend.ts';
import { collectJobId, evaluateJobId } from './job-ids.ts';
import type { Queues } from './open-queues.ts';
import { collectPayloadSchema, type CollectPayload, type EvaluatePayload } from './payloads.ts';
import { attemptsMax, keepCompleted, keepFailed } from './timing.ts';

/**
 * Adds the work of one scan: its collect jobs, and the evaluate job that runs when all of them have ended.
 *
 * All jobs are added or none. Their ids follow from the scan, so adding the same work again changes nothing.
 */
export async function addScanFlow(
  queues: Queues,
  options: { readonly scanId: string; readonly steps: readonly CollectPayload[] },
): Promise<void> {
  const backoff = { type: 'exponential', delay: queues.timing.backoffMs };
  const retention = { removeOnComplete: keepCompleted, removeOnFail: keepFailed };
  const payload: EvaluatePayload = { scanId: options.scanId };
  const children = options.steps.map((step): NewJob => ({
    queue: 'collect',
    name: step.step,
    data: collectPayloadSchema.parse(step),
    options: {
      jobId: collectJobId(step),
      attempts: attemptsMax.collect,
      backoff,
      ...retention,
      // A step that was given up has left its gap in the store; the scan goes on without it.
      ignoreDependencyOnFailure: true,
    },
  }));
  await queues.backend.addFlow(
    {
      queue: 'evaluate',
      name: 'evaluate',
      data: payload,
      options: { jobId: evaluateJobId(options.scanId), attempts: attemptsMax.evaluate, backoff, ...retention },
    },
    children,
  );
}
