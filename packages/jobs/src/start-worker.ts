import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import type { RunningWorker } from './backend/backend.ts';
import { JobsError } from './errors.ts';
import { scanIdOf } from './job-ids.ts';
import type { Queues } from './open-queues.ts';
import {
  collectPayloadSchema,
  evaluatePayloadSchema,
  scanPayloadSchema,
  type CollectPayload,
  type EvaluatePayload,
  type QueueName,
  type ScanTarget,
} from './payloads.ts';
import { attemptsMax, concurrencyDefault, startsMax, tryMsMax } from './timing.ts';

/** What a handler is given, per queue. */
export interface Work {
  readonly scan: { readonly scanId: string; readonly target: ScanTarget };
  readonly collect: CollectPayload;
  readonly evaluate: EvaluatePayload;
}

/** What a worker does with the jobs of its queue. */
export interface JobHandler<Name extends QueueName> {
  /** Does the work. It may run again after it succeeded, so it must change nothing the second time. */
  run(work: Work[Name]): Promise<void>;
  /**
   * Records that the work will never be done. Called before the job is marked as failed, and again until it succeeds,
   * so that no scan waits for a job that has been given up.
   */
  giveUp(work: Work[Name], cause: Error): Promise<void>;
  /** Whether another try of the same work can end better. */
  isRetryable(error: unknown): boolean;
}

/** What a worker tells of its jobs, for the log. */
export type JobEvent =
  | {
      readonly kind: 'started' | 'completed';
      readonly queue: QueueName;
      readonly jobId: string;
      readonly start: number;
    }
  | {
      readonly kind: 'failed' | 'givenUp';
      readonly queue: QueueName;
      readonly jobId: string;
      readonly start: number;
      readonly error: Error;
    };

/** Starts a worker for one queue; it runs until it is closed. */
export async function startWorker<Name extends QueueName>(
  queues: Queues,
  name: Name,
  handler: JobHandler<Name>,
  options: { readonly concurrency?: number; readonly onEvent?: (event: JobEvent) => void } = {},
): Promise<RunningWorker> {
  const read = readers[name];
  const processor = async (job: Job<unknown>, token?: string): Promise<void> => {
    const jobId = job.id ?? '';
    const about = { queue: name, jobId, start: job.attemptsStarted };
    const work = readWork(read, job);
    const giveUp = async (error: Error): Promise<never> => {
      options.onEvent?.({ kind: 'givenUp', ...about, error });
      await recordFailure(job, token, queues.timing.backoffMs, async () => await handler.giveUp(work, error));
      throw new UnrecoverableError(error.message);
    };

    if (job.attemptsStarted > startsMax[name]) {
      return await giveUp(new Error(`started ${startsMax[name]} times and never ended`));
    }
    options.onEvent?.({ kind: 'started', ...about });
    try {
      await within(queues.timing.tryMs ?? tryMsMax[name], async () => await handler.run(work));
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const isLast = job.attemptsMade + 1 >= attemptsMax[name];
      if (isLast || !handler.isRetryable(error)) {
        return await giveUp(error);
      }
      options.onEvent?.({ kind: 'failed', ...about, error });
      throw error;
    }
    options.onEvent?.({ kind: 'completed', ...about });
  };
  return await queues.backend.startWorker(name, processor, {
    concurrency: options.concurrency ?? concurrencyDefault[name],
    lockMs: queues.timing.lockMs,
    reconnectMs: queues.timing.reconnectMs,
    // The bound on starts above counts the starts that killed their worker, and unlike BullMQ's own bound it lets
    // the handler record the failure. So BullMQ's must never be reached first.
    maxStalledCount: startsMax[name] * 2,
    onError: queues.onError,
  });
}

const readers: { readonly [Name in QueueName]: (data: unknown, jobId: string) => Work[Name] } = {
  scan: (data, jobId) => {
    const payload = scanPayloadSchema.parse(data);
    return { scanId: scanIdOf(payload, jobId), target: payload.target };
  },
  collect: (data) => collectPayloadSchema.parse(data),
  evaluate: (data) => evaluatePayloadSchema.parse(data),
};

function readWork<T>(read: (data: unknown, jobId: string) => T, job: Job<unknown>): T {
  try {
    return read(job.data, job.id ?? '');
  } catch (cause) {
    const error = new JobsError(
      'jobPayloadInvalid',
      `cannot read the payload of job \`${job.id ?? ''}\`: it was made by another version; let that version finish its jobs first`,
      { retryable: false, cause },
    );
    throw new UnrecoverableError(error.message);
  }
}

/** Runs to the end, or fails after `limitMs`. What runs on after that finds its scan ended, or does the same again. */
async function within(limitMs: number, run: () => Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const message = `the job did not end within ${limitMs / 1_000} s`;
  const timer = setTimeout(() => reject(new JobsError('jobTimedOut', message, { retryable: true })), limitMs);
  try {
    await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
}

// A job that BullMQ counts as failed never comes back. So while the failure cannot be recorded (Postgres away), the
// job is put off instead, and tries its work and then this again.
async function recordFailure(
  job: Job<unknown>,
  token: string | undefined,
  delayMs: number,
  record: () => Promise<void>,
): Promise<void> {
  try {
    await record();
  } catch {
    await job.moveToDelayed(Date.now() + delayMs, token);
    throw new DelayedError();
  }
}
