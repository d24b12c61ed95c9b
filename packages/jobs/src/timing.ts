import type { QueueName } from './payloads.ts';

/** How long the queues wait, and how often they try again. Times in milliseconds. */
export interface Timing {
  /** A job whose worker has not been heard of for this long belongs to the next worker. */
  readonly lockMs: number;
  /** First wait after a failed try; each further wait is twice as long. */
  readonly backoffMs: number;
  /** Wait before a worker asks a server again that did not answer. */
  readonly reconnectMs: number;
  /** Longest try of one job; null for that of its queue. */
  readonly tryMs: number | null;
  /** How long a worker that closes lets its jobs run on, before it gives them back. */
  readonly stopMs: number;
}

// A lock is renewed at half its length by the event loop, which a long step of the evaluator may hold up. 30 s is
// BullMQ's own choice; the evaluator gives the loop its turn between rows, well below that.
// Kubernetes kills 30 s after SIGTERM, and the process gives itself 20 s; 12 leave time to give back and to close.
export const timingDefault: Timing = {
  lockMs: 30_000,
  backoffMs: 5_000,
  reconnectMs: 1_000,
  tryMs: null,
  stopMs: 12_000,
};

/** Tries that end in an error, per queue. AWS throttling is waited out inside one try. */
export const attemptsMax: Readonly<Record<QueueName, number>> = {
  scan: 5,
  collect: 4,
  // The next look is minutes away, and goes on where this one ended.
  activity: 2,
  evaluate: 3,
  maintenance: 2,
};

/**
 * Starts of one job that ended with its worker. Such a job (out of memory, say) never reaches an error, so without this
 * bound it would take down one worker after the other.
 */
export const startsMax: Readonly<Record<QueueName, number>> = {
  scan: 8,
  collect: 8,
  activity: 8,
  evaluate: 6,
  maintenance: 6,
};

const hourMs = 3_600_000;

/**
 * Longest try of one job, in milliseconds; then it counts as failed and is tried again. A promise that never settles
 * (a driver that lost its connection) would otherwise hold its job for ever, because the lock is renewed meanwhile.
 * An account with 10,000 repositories in each of 17 regions, at two calls a repository and 50 a second, takes two hours.
 */
export const tryMsMax: Readonly<Record<QueueName, number>> = {
  scan: 5 * 60_000,
  collect: 3 * hourMs,
  activity: hourMs,
  evaluate: 2 * hourMs,
  maintenance: hourMs,
};

/** Jobs that one worker process holds at a time. The evaluator is bound by the CPU and by memory. */
export const concurrencyDefault: Readonly<Record<QueueName, number>> = {
  scan: 1,
  collect: 4,
  // Two requests a second in each place: nearly all of the time is waiting.
  activity: 16,
  evaluate: 1,
  maintenance: 1,
};

/** Finished jobs are kept for an operator to look at, bounded by age and by number. */
export const keepCompleted = { age: 7 * 24 * 3600, count: 2_000 };
export const keepFailed = { age: 30 * 24 * 3600, count: 2_000 };
