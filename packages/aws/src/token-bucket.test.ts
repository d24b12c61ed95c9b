import { expect, test } from 'vitest';

import { TokenBucket } from './token-bucket.ts';
import type { RateClock } from './token-bucket.ts';

/** A clock that stands still until somebody waits for it. */
function standingClock(): RateClock & { advance(ms: number): void } {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    wait: (ms) => {
      nowMs += ms;
      return Promise.resolve();
    },
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

test('no second sees more calls than the rate, however they cluster', async () => {
  const clock = standingClock();
  const bucket = new TokenBucket({ ratePerSecond: 2, clock });
  const takenAtMs: number[] = [];
  for (let call = 0; call < 9; call += 1) {
    await bucket.take();
    takenAtMs.push(clock.nowMs());
  }
  expect(takenAtMs).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]);
});

test('a pause does not save up calls', async () => {
  const clock = standingClock();
  const bucket = new TokenBucket({ ratePerSecond: 2, clock });
  await bucket.take();
  clock.advance(60_000);
  await bucket.take();
  await bucket.take();
  expect(clock.nowMs()).toBe(60_500);
});

test('an infinite rate never waits', async () => {
  const clock = standingClock();
  const bucket = new TokenBucket({ ratePerSecond: Number.POSITIVE_INFINITY, clock });
  await Promise.all([bucket.take(), bucket.take(), bucket.take()]);
  expect(clock.nowMs()).toBe(0);
});
