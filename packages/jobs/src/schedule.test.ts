import { describe, expect, it } from 'vitest';
import { parseSchedule } from './schedule.ts';

describe('a schedule', () => {
  it.each([
    ['1m', { kind: 'every', everyMs: 60_000 }],
    ['90s', { kind: 'every', everyMs: 90_000 }],
    [' 6h ', { kind: 'every', everyMs: 21_600_000 }],
    ['31d', { kind: 'every', everyMs: 2_678_400_000 }],
    ['0 3 * * *', { kind: 'cron', expression: '0 3 * * *' }],
    ['30 0 3 * * MON-FRI', { kind: 'cron', expression: '30 0 3 * * MON-FRI' }],
  ])('is read from `%s`', (text, expected) => {
    expect(parseSchedule(text)).toEqual(expected);
  });

  it.each(['', '6', '6 hours', '59s', '32d', '0h', '-1h', '1.5h', '* *', '* * * * * * *'])(
    'is refused when written `%s`, with what was expected',
    (text) => {
      expect(() => parseSchedule(text)).toThrowError(
        expect.objectContaining({
          code: 'queueSettingInvalid',
          retryable: false,
          message: expect.stringMatching(/^cannot read the schedule `.*`: expected /),
        }),
      );
    },
  );
});
