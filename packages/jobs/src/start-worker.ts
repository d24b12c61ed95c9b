import { DelayedError, UnrecoverableError, WaitingError, type Job } from 'bullmq';
import type { RunningWorker } from './backend/backend.ts';
import type { Queues } from './open-queues.ts';
import type { QueueName } from './payloads.ts';
import { PutOff } from './put-off.ts';
import { readWork, type Work } from './read-work.ts';
import { runBounded, runningJobs } from './run-bounded.ts';
import { attemptsMax, concurrencyDefault, startsMax, tryMsMax } from './timing.ts';

/** What a handler knows of its try. */
export interface Try {
  /** Aborts when the try is over for the queue: it took too long, or the worker stops and gives the job back. */
  readonly signal: AbortSignal;
  /** Whether an error now makes the job be given up. */
  readonly isLast: boolean;
}

/** What a worker does with the jobs of its queue. */
export interface JobHandler<Name extends QueueName> {
  /** Does the work. It may run again after it succeeded, so it must change nothing the second time. Throws `PutOff` to wait. */
  run(work: Work[Name], attempt: Try): Promise<void>;
  /**
   * Records that the work will never be done. Called before the job is marked as failed, and again until it succeeds,
   * so that no scan waits for a job that has been given up.
   */
  giveUp(work: Work[Name], cause: Error): Promise<void>;
  /** Whether another try of the same work can end better. */
  isRetryable(error: unknown): boolean;
}

/** What a worker tells of its jobs, for the log and for metrics. */
export type JobEvent = {
  readonly queue: QueueName;
  readonly jobId: string;
  readonly start: number;
  /** Since this start. */
  readonly durationMs: number;
} & (
  | { readonly kind: 'started' | 'completed' }
  /** Given back unfinished because the worker stops. */
  | { readonly kind: 'returned' }
  | { readonly kind: 'putOff' | 'failed' | 'givenUp'; readonly error: Error }
);

/** Starts a worker for one queue; it runs until it is closed, and gives back what it does not finish in time then. */
export async function startWorker<Name extends QueueName>(
  queues: Queues,
  name: Name,
  handler: JobHandler<Name>,
  options: { readonly concurrency?: number; readonly onEvent?: (event: JobEvent) => void } = {},
): Promise<RunningWorker> {
  const { timing } = queues;
  const running = runningJobs();
  const processor = async (job: Job<unknown>, token?: string): Promise<void> => {
    const startedAt = performance.now();
    const about = () => ({
      queue: name,
      jobId: job.id ?? '',
      start: job.attemptsStarted,
      durationMs: performance.now() - startedAt,
    });
    const work = readWork(name, { id: job.id ?? '', data: job.data });
    const putOff = async (delayMs: number): Promise<never> => {
      await job.moveToDelayed(Date.now() + delayMs, token);
      throw new DelayedError();
    };
    const giveUp = async (error: Error): Promise<never> => {
      options.onEvent?.({ kind: 'givenUp', ...about(), error });
      // A job that BullMQ counts as failed never comes back. So while the failure cannot be recorded (Postgres away),
      // the job is put off instead, and tries its work and then this again.
      try {
        await handler.giveUp(work, error);
      } catch {
        return await putOff(timing.backoffMs);
      }
      throw new UnrecoverableError(error.message);
    };

    // Not by the starts: a job that was put off or given back was started too, and did no harm.
    if (job.stalledCounter >= startsMax[name]) {
      return await giveUp(new Error(`started ${startsMax[name]} times and never ended`));
    }
    const isLast = job.attemptsMade + 1 >= attemptsMax[name];
    options.onEvent?.({ kind: 'started', ...about() });
    let ended: 'done' | 'returned';
    try {
      ended = await runBounded(
        running,
        timing.tryMs ?? tryMsMax[name],
        async (signal) => await handler.run(work, { signal, isLast }),
      );
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      if (error instanceof PutOff) {
        options.onEvent?.({ kind: 'putOff', ...about(), error });
        return await putOff(error.delayMs);
      }
      if (isLast || !handler.isRetryable(error)) {
        return await giveUp(error);
      }
      options.onEvent?.({ kind: 'failed', ...about(), error });
      throw error;
    }
    if (ended === 'returned') {
      options.onEvent?.({ kind: 'returned', ...about() });
      await job.moveToWait(token);
      throw new WaitingError();
    }
    options.onEvent?.({ kind: 'completed', ...about() });
  };
  const worker = await queues.backend.startWorker(name, processor, {
    concurrency: options.concurrency ?? concurrencyDefault[name],
    lockMs: timing.lockMs,
    reconnectMs: timing.reconnectMs,
    // The bound on starts above counts the same, and unlike BullMQ's own bound it lets the handler record the failure.
    // So BullMQ's must never be reached first.
    maxStalledCount: startsMax[name] * 2,
    onError: queues.onError,
  });
  return {
    close: async () => {
      const timer = setTimeout(() => running.giveBack(), timing.stopMs);
      try {
        await worker.close();
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
