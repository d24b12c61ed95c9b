import { expect, test } from 'vitest';
import { pastTimeOf } from './past-time.ts';

const now = new Date('2026-11-23T10:00:00.000Z');

test.each([
  ['30d', '2026-10-24T10:00:00.000Z'],
  ['2026-11-01', '2026-11-01T23:59:59.999Z'],
  ['2026-11-01T06:00:00Z', '2026-11-01T06:00:00.000Z'],
  ['2026-11-01T06:00+02:00', '2026-11-01T04:00:00.000Z'],
])('%s is read', (text, time) => {
  expect(pastTimeOf(text, now)).toBe(time);
});

test('a day that is not over stands for now, and one to come for its end', () => {
  expect(pastTimeOf('2026-11-23', now)).toBe(now.toISOString());
  expect(pastTimeOf('2026-11-24', now)).toBe('2026-11-24T23:59:59.999Z');
});

test.each(['', 'yesterday', '2026-02-30', '2026-13-01', '9999d', '2026-11-01T06:00:00', '2026-11-01T25:00:00Z'])(
  '`%s` is no time',
  (text) => {
    expect(pastTimeOf(text, now)).toBeNull();
  },
);
