import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseTime } from './time.ts';

describe('parseTime', () => {
  test.each<readonly [string, string]>([
    ['2026', '2026-01-01T00:00:00.000Z'],
    ['2026-11', '2026-11-01T00:00:00.000Z'],
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T10:30', '2026-11-22T10:30:00.000Z'],
    ['2026-11-22T10:30Z', '2026-11-22T10:30:00.000Z'],
    ['2026-11-22T10:30:05Z', '2026-11-22T10:30:05.000Z'],
    ['2026-11-22T10:30:05', '2026-11-22T10:30:05.000Z'],
    ['2026-11-22T10:30:05.25Z', '2026-11-22T10:30:05.250Z'],
    ['2026-11-22T10:30:05+02:00', '2026-11-22T08:30:05.000Z'],
    ['2026-11-22T10:30:05-0730', '2026-11-22T18:00:05.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['1795305600', '2026-11-22T00:00:00.000Z'],
    ['1795305600.5', '2026-11-22T00:00:00.500Z'],
  ])('reads %s as %s', (text, expected) => {
    const time = parseTime(text);
    expect(time === null ? null : new Date(time).toISOString()).toBe(expected);
  });

  test.each([
    '',
    ' ',
    'now',
    '-1',
    '1e9',
    '2026-13-01',
    '2026-00-01',
    '2026-02-31',
    '2025-02-29',
    '2026-11-22T24:00Z',
    '2026-11-22T10:60Z',
    '2026-11-22T10:30:60Z',
    '2026-11-22T10Z',
    '2026-11-22 10:30',
    '2026-11-22T10:30:05z',
    '2026-11-22T10:30+2',
    '2026-11-22T10:30+25:00',
    '2026-11-22T10:30+01:60',
    '22.11.2026',
    '2026-11-22T10:30:05.1234567890Z',
  ])('refuses `%s`', (text) => {
    expect(parseTime(text)).toBeNull();
  });

  test('reads every time as it is printed', () => {
    const dates = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseTime(date.toISOString())).toBe(date.getTime());
      }),
      { seed: 20261122 },
    );
  });
});
