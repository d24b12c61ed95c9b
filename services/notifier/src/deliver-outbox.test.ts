import { describe, expect, it } from 'vitest';
import { retryDelayMs } from './deliver-outbox.ts';

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
});
