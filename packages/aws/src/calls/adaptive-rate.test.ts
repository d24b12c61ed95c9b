import { expect, test } from 'vitest';

import type { RateClock } from '../token-bucket.ts';
import { AdaptiveRate } from './adaptive-rate.ts';

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

test('a burst goes at once, and what follows keeps the rate', async () => {
  const clock = standingClock();
  const rate = new AdaptiveRate({ ratePerSecond: 10, burst: 3, clock });
  const atMs: number[] = [];
  for (let call = 0; call < 6; call += 1) {
    await rate.take();
    atMs.push(clock.nowMs());
  }
  expect(atMs).toEqual([0, 0, 0, 100, 200, 300]);
});

test('a pause fills the burst again, and no more than it', async () => {
  const clock = standingClock();
  const rate = new AdaptiveRate({ ratePerSecond: 10, burst: 2, clock });
  await rate.take();
  clock.advance(60_000);
  for (let call = 0; call < 4; call += 1) {
    await rate.take();
  }
  expect(clock.nowMs()).toBe(60_200);
});

test('calls refused together halve the rate once, and one sent later halves it again', async () => {
  const clock = standingClock();
  const rate = new AdaptiveRate({ ratePerSecond: 8, burst: 8, clock });
  clock.advance(1);
  rate.slowDown(0.5);
  rate.slowDown(0.5);
  expect(rate.ratePerSecond).toBe(4);
  rate.slowDown(await rate.take());
  expect(rate.ratePerSecond).toBe(2);
});

test('after a refusal the burst is gone', async () => {
  const clock = standingClock();
  const rate = new AdaptiveRate({ ratePerSecond: 10, burst: 5, clock });
  rate.slowDown(0);
  await rate.take();
  await rate.take();
  expect(clock.nowMs()).toBe(400);
});

test('the rate never falls so low that a call would wait for minutes, and answers win it back', async () => {
  const clock = standingClock();
  const rate = new AdaptiveRate({ ratePerSecond: 10, burst: 1, clock });
  for (let refusal = 0; refusal < 20; refusal += 1) {
    rate.slowDown(await rate.take());
  }
  expect(rate.ratePerSecond).toBe(0.2);
  for (let answer = 0; answer < 50; answer += 1) {
    rate.speedUp();
  }
  expect(rate.ratePerSecond).toBe(10);
});

test('an infinite rate never waits, whatever is refused', async () => {
  const clock = standingClock();
  const rate = new AdaptiveRate({ ratePerSecond: Number.POSITIVE_INFINITY, burst: 1, clock });
  await rate.take();
  rate.slowDown(clock.nowMs());
  await Promise.all([rate.take(), rate.take()]);
  expect(clock.nowMs()).toBe(0);
});
