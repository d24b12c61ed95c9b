import { expect, test } from 'vitest';
import { against, duration, median, megabytes } from './figures.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])('the median of %j is %d', (numbers, expected) => {
  expect(median(numbers)).toBe(expected);
});

test('a target is met up to and with itself', () => {
  expect(against(2000, 2000, duration)).toBe('2.00 s of 2.00 s ok');
  expect(against(2001, 2000, duration)).toBe('2.00 s of 2.00 s MISSED');
});

test.each([
  [0.512, '0.51 ms'],
  [12.4, '12 ms'],
  [999, '999 ms'],
  [1500, '1.50 s'],
  [12_340, '12.3 s'],
])('%d ms is shown as %s', (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});

test('bytes are shown in megabytes of a million', () => {
  expect(megabytes(1_540_000)).toBe('1.5 MB');
});
