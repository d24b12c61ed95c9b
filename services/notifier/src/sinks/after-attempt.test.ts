import { describe, expect, it } from 'vitest';
import { afterAttempt, retryDelayMs } from './after-attempt.ts';
import type { Attempt, FailureKind } from './sink.ts';

const now = new Date('2026-11-22T12:00:00Z');
const failed = (failure: FailureKind, retryAfterMs: number | null = null): Attempt => ({
  kind: 'failed',
  failure,
  reason: 'away',
  retryAfterMs,
  progress: null,
});

describe('the delay before a message is tried again', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [9, 256_000],
    [10, 300_000],
    [1_000_000, 300_000],
  ])('after %i failures is %i ms', (attempts, delayMs) => {
    expect(retryDelayMs(attempts)).toBe(delayMs);
  });

  it.each([
    [30_000, 30_000],
    [10, 1_000],
    [86_400_000, 3_600_000],
  ])('after a Retry-After of %i ms is %i ms', (retryAfterMs, delayMs) => {
    const outcome = afterAttempt(failed('away', retryAfterMs), { attempts: 0, firstFailedAt: null }, now);
    expect(outcome).toMatchObject({ retryDelayMs: delayMs });
  });
});

describe('a message', () => {
  it.each([
    ['away', 0, null, false],
    ['away', 900, '2026-11-19T12:00:01Z', false],
    ['away', 900, '2026-11-19T12:00:00Z', true],
    ['refused', 3, '2026-11-22T11:59:00Z', false],
    ['refused', 4, '2026-11-22T11:59:00Z', true],
    ['unauthorized', 9_000, '2025-11-22T12:00:00Z', false],
  ] as const)(
    'that is %s for attempt %i + 1, since %s, is given up: %s',
    (failure, attempts, firstFailedAt, isDead) => {
      expect(afterAttempt(failed(failure), { attempts, firstFailedAt }, now)).toMatchObject({ isDead });
    },
  );
});
