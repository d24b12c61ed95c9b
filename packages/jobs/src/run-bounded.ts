import { JobsError } from './errors.ts';

/** The jobs that a worker has under way. */
export interface RunningJobs {
  /** Ends every wait for a job, now and from now on: its work may run on, but nobody waits for it. */
  giveBack(): void;
  /** Calls `end` when the jobs are given back; answers a function that takes this back. */
  onGivenBack(end: () => void): () => void;
}

export function runningJobs(): RunningJobs {
  const ends = new Set<() => void>();
  let isGivenBack = false;
  return {
    giveBack: () => {
      isGivenBack = true;
      for (const end of ends) {
        end();
      }
    },
    onGivenBack: (end) => {
      if (isGivenBack) {
        end();
      }
      ends.add(end);
      return () => void ends.delete(end);
    },
  };
}

/**
 * Runs to the end, or fails after `limitMs`, or is given back because the worker stops. Whatever comes first, the signal
 * tells the work. What runs on after that finds its lease gone or its scan ended, or does the same again.
 */
export async function runBounded(
  running: RunningJobs,
  limitMs: number,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<'done' | 'returned'> {
  const aborting = new AbortController();
  const { promise: ended, resolve, reject } = Promise.withResolvers<'returned'>();
  const message = `the job did not end within ${limitMs / 1_000} s`;
  const timer = setTimeout(() => reject(new JobsError('jobTimedOut', message, { retryable: true })), limitMs);
  const forget = running.onGivenBack(() => resolve('returned'));
  try {
    return await Promise.race([run(aborting.signal).then(() => 'done' as const), ended]);
  } finally {
    clearTimeout(timer);
    forget();
    aborting.abort();
  }
}
