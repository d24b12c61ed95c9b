import { setTimeout as wait } from 'node:timers/promises';

const pollMs = 25;

/**
 * Asks until the answer is neither undefined nor false, and gives it back. Fails after `timeoutMs` with what was
 * waited for and `detail`, so that a test never hangs and never sleeps for a fixed time.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  options: { readonly timeoutMs?: number; readonly detail?: () => string } = {},
): Promise<T> {
  const { timeoutMs = 60_000 } = options;
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (performance.now() > deadline) {
      throw new Error(`waited ${timeoutMs} ms for ${what}\n${options.detail?.() ?? ''}`);
    }
    await wait(pollMs);
  }
}
