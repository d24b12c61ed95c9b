import { describe, expect, test } from 'vitest';

import { logFileWindows } from './log-file-windows.ts';

const place = { accountId: '111122223333', region: 'eu-west-1' };
const at = (time: string): number => Date.parse(`2026-11-${time}:00Z`);

function windows(files: readonly (string | readonly [string, 'broken'])[], hasReads = true) {
  const seen = files.map((file) => ({
    deliveredAtMs: at(typeof file === 'string' ? file : file[0]),
    isBroken: typeof file !== 'string',
  }));
  const { observed, holes } = logFileWindows(place, seen, { hasReads });
  return {
    observed: observed.map((each) => `${each.eventName} ${times(each)}`),
    holes: holes.map((each) => `${each.reason} ${each.eventName} ${times(each)}`),
  };
}

function times({ fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number }): string {
  return [fromMs, untilMs].map((ms) => new Date(ms).toISOString().slice(8, 16)).join(' to ');
}

describe('what log files show', () => {
  test('reaches from the first to a quarter of an hour before the last, whatever the order', () => {
    expect(windows(['01T12:00', '01T00:05', '01T06:00'])).toEqual({ observed: ['* 01T00:05 to 01T11:45'], holes: [] });
  });

  test('is nothing where there is one file, because its events may be those of the files around it', () => {
    expect(windows(['01T12:00'])).toEqual({ observed: [], holes: [] });
  });

  test('has a hole where no file came for more than a day', () => {
    expect(windows(['01T00:00', '01T12:00', '03T00:00', '03T12:00'])).toEqual({
      observed: ['* 01T00:00 to 01T11:45', '* 03T00:00 to 03T11:45'],
      holes: ['fileMissing * 01T11:45 to 03T00:00'],
    });
  });

  test('has a hole where a file is broken, as far back as its events may reach', () => {
    expect(windows(['01T00:00', ['01T06:00', 'broken'], '01T12:00'])).toEqual({
      observed: ['* 01T00:00 to 01T05:40', '* 01T06:00 to 01T11:45'],
      holes: ['fileBroken * 01T05:40 to 01T06:00'],
    });
  });

  test('is writes only where no event reads, because the trail may leave reads out', () => {
    expect(windows(['01T00:00', '01T12:00'], false)).toEqual({
      observed: ['*write 01T00:00 to 01T11:45'],
      holes: ['writesOnly * 01T00:00 to 01T11:45'],
    });
  });
});
