import { describe, expect, test } from 'vitest';

import type { RateClock } from '../token-bucket.ts';
import { AdaptiveRate } from './adaptive-rate.ts';
import { PacedRetries } from './paced-retries.ts';

/** A clock that stands still until somebody waits for it. */
function standingClock(): RateClock {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    wait: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
  };
}

function retries(bounds: { readonly attemptsMax: number; readonly throttledAttemptsMax: number }) {
  const clock = standingClock();
  const rate = new AdaptiveRate({ ratePerSecond: 8, burst: 1, clock });
  const pace = {
    first: () => rate.take(),
    again: () => rate.take(),
    slowDown: (sentAtMs: number) => {
      rate.slowDown(sentAtMs);
    },
    speedUp: () => {
      rate.speedUp();
    },
  };
  return { clock, rate, strategy: new PacedRetries({ pace, bounds, clock }) };
}

const bounds = { attemptsMax: 3, throttledAttemptsMax: 5 };

/** How many attempts a call that always ends so gets. */
async function attempts(error: { readonly errorType: string; readonly error?: unknown }): Promise<number> {
  const { strategy } = retries(bounds);
  let token = await strategy.acquireInitialRetryToken();
  for (let count = 1; ; count += 1) {
    try {
      token = await strategy.refreshRetryTokenForRetry(token, error);
    } catch {
      return count;
    }
  }
}

describe('how often a call is made', () => {
  test.each([
    ['throttled', { errorType: 'THROTTLING' }, 5],
    ['failing for a moment', { errorType: 'TRANSIENT' }, 3],
    ['answered with half a body', { errorType: 'CLIENT_ERROR', error: new SyntaxError('half') }, 3],
    ['refused', { errorType: 'CLIENT_ERROR', error: new Error('denied') }, 1],
    ['failing for good', { errorType: 'SERVER_ERROR' }, 1],
  ])('that is always %s', async (_title, error, expected) => {
    expect(await attempts(error)).toBe(expected);
  });

  test('throttled attempts do not use up those for failures', async () => {
    const { strategy } = retries(bounds);
    let token = await strategy.acquireInitialRetryToken();
    for (const errorType of ['THROTTLING', 'THROTTLING', 'THROTTLING', 'TRANSIENT', 'TRANSIENT']) {
      token = await strategy.refreshRetryTokenForRetry(token, { errorType });
    }
    expect(token.getRetryCount()).toBe(5);
    await expect(strategy.refreshRetryTokenForRetry(token, { errorType: 'TRANSIENT' })).rejects.toThrow(
      'no further attempt',
    );
  });
});

test('a throttled attempt slows all calls of its place down, and answers bring the pace back', async () => {
  const { rate, strategy } = retries(bounds);
  const token = await strategy.acquireInitialRetryToken();
  await strategy.refreshRetryTokenForRetry(token, { errorType: 'THROTTLING' });
  expect(rate.ratePerSecond).toBe(4);
  strategy.recordSuccess();
  expect(rate.ratePerSecond).toBeGreaterThan(4);
});

test('the wait grows with every attempt, and the SDK waits no longer', async () => {
  const { clock, strategy } = retries({ attemptsMax: 20, throttledAttemptsMax: 20 });
  let token = await strategy.acquireInitialRetryToken();
  const waitsMs: number[] = [];
  for (let attempt = 1; attempt < 12; attempt += 1) {
    const beforeMs = clock.nowMs();
    token = await strategy.refreshRetryTokenForRetry(token, { errorType: 'TRANSIENT' });
    waitsMs.push(clock.nowMs() - beforeMs);
    expect(token.getRetryDelay()).toBe(0);
  }
  expect(waitsMs[0]).toBeLessThanOrEqual(125);
  expect(waitsMs[10]).toBeGreaterThanOrEqual(2_500);
  expect(Math.max(...waitsMs)).toBeLessThanOrEqual(5_000);
});
