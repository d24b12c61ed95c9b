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
}

// A lock is renewed at half its length by the event loop, which a long step of the evaluator may hold up. 30 s is
// BullMQ's own choice; the evaluator gives the loop its turn between rows, well below that.
export const timingDefault: Timing = { lockMs: 30_000, backoffMs: 5_000, reconnectMs: 1_000, tryMs: null };

/** Tries that end in an error, per queue. AWS throttling is waited out by the SDK inside one try. */
export const attemptsMax: Readonly<Record<QueueName, number>> = { scan: 5, collect: 4, evaluate: 3 };

/**
 * Starts of one job, whatever ended them. A job that kills its worker (out of memory, say) never reaches an error,
 * so without this bound it would take down one worker after the other.
 */
export const startsMax: Readonly<Record<QueueName, number>> = { scan: 8, collect: 8, evaluate: 6 };

/**
 * Longest try of one job, in milliseconds; then it counts as failed and is tried again. A promise that never settles
 * (a driver that lost its connection) would otherwise hold its job for ever, because the lock is renewed meanwhile.
 * Reading 90 names of CloudTrail events with 100 pages each takes 75 minutes at two requests a second.
 */
export const tryMsMax: Readonly<Record<QueueName, number>> = {
  scan: 5 * 60_000,
  collect: 2 * 3_600_000,
  evaluate: 2 * 3_600_000,
};

/** Jobs that one worker process holds at a time. The evaluator is bound by the CPU and by memory. */
export const concurrencyDefault: Readonly<Record<QueueName, number>> = {
  scan: 1,
  collect: 4,
  evaluate: 1,
};

/** Finished jobs are kept for an operator to look at, bounded by age and by number. */
export const keepCompleted = { age: 7 * 24 * 3600, count: 2_000 };
export const keepFailed = { age: 30 * 24 * 3600, count: 2_000 };
