import { describe, expect, it } from 'vitest';
import { isBetween, nextLocalTime } from './local-time.ts';

describe('the next time on the clocks of a zone', () => {
  it.each([
    ['2026-11-22T05:00:00Z', '07:00', 'UTC', '2026-11-22T07:00:00.000Z'],
    ['2026-11-22T07:00:00Z', '07:00', 'UTC', '2026-11-23T07:00:00.000Z'],
    ['2026-11-22T23:30:10Z', '07:00', 'Europe/Berlin', '2026-11-23T06:00:00.000Z'],
    ['2026-11-22T12:00:00Z', '09:30', 'Asia/Kolkata', '2026-11-23T04:00:00.000Z'],
    // Berlin sets its clocks forward on 2026-03-29 at 01:00 UTC, and back on 2026-10-25 at 01:00 UTC.
    ['2026-03-28T22:00:00Z', '07:00', 'Europe/Berlin', '2026-03-29T05:00:00.000Z'],
    ['2026-10-24T22:00:00Z', '07:00', 'Europe/Berlin', '2026-10-25T06:00:00.000Z'],
  ])('after %s is %s in %s at %s', (now, at, zone, expected) => {
    expect(nextLocalTime(now, at, zone)).toBe(expected);
  });

  it('that is skipped as the clocks go forward comes within the hour that follows', () => {
    expect(nextLocalTime('2026-03-28T22:00:00Z', '02:30', 'Europe/Berlin')).toMatch(/^2026-03-29T0[01]:30/);
  });
});

describe('hours', () => {
  it.each([
    ['08:59', false],
    ['09:00', true],
    ['16:59', true],
    ['17:00', false],
  ])('of one day hold at %s: %s', (clock, isInside) => {
    expect(isBetween(`2026-11-22T${clock}:00Z`, { from: '09:00', to: '17:00' }, 'UTC')).toBe(isInside);
  });

  it.each([
    ['21:59', false],
    ['22:00', true],
    ['00:00', true],
    ['05:59', true],
    ['06:00', false],
  ])('over midnight hold at %s: %s', (clock, isInside) => {
    expect(isBetween(`2026-11-22T${clock}:00Z`, { from: '22:00', to: '06:00' }, 'UTC')).toBe(isInside);
  });
});
