import { expect, it } from 'vitest';
import { createTokenBuckets } from './token-bucket.ts';

function buckets(perSecond: number, atOnce: number) {
  let nowMs = 0;
  return {
    ...createTokenBuckets({ perSecond, atOnce }, () => nowMs),
    pass: (milliseconds: number) => void (nowMs += milliseconds),
  };
}

it('lets so many through at once, then so many a second', () => {
  const { take, pass } = buckets(2, 3);
  expect([take('a'), take('a'), take('a'), take('a')]).toEqual([0, 0, 0, 1]);
  pass(500);
  expect([take('a'), take('a')]).toEqual([0, 1]);
});

it('says how long to wait where it fills slowly', () => {
  const { take, secondsUntilNext, pass } = buckets(0.1, 1);
  expect(take('a')).toBe(0);
  expect(take('a')).toBe(10);
  pass(4_000);
  expect(secondsUntilNext('a')).toBe(6);
});

it('does not make anybody wait longer for asking while there is nothing', () => {
  const { take, pass } = buckets(1, 1);
  take('a');
  for (let time = 0; time < 9; time += 1) {
    pass(100);
    expect(take('a')).toBe(1);
  }
  pass(100);
  expect(take('a')).toBe(0);
});

it('holds no more than it may, however long somebody is silent', () => {
  const { take, pass } = buckets(5, 2);
  pass(3_600_000);
  expect([take('a'), take('a'), take('a')]).toEqual([0, 0, 1]);
});

it('counts each name by itself', () => {
  const { take } = buckets(1, 1);
  expect([take('a'), take('b'), take('a')]).toEqual([0, 0, 1]);
});
