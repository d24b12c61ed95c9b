import { describe, expect, test } from 'vitest';
import { DAY_MS, judgeAbsence } from './judge-absence.ts';
import { type ObservedEvents, observationOf } from './observation.ts';

const asOfMs = Date.parse('2026-11-22T00:00:00Z');
const period = { asOfMs, fromMs: asOfMs - 90 * DAY_MS };
const owner = { accountId: '111122223333', region: 'eu-west-1' };
const caller = { accountId: '222233334444', region: 'eu-west-1' };

/** Days before the time of the report, as `[from, until]`. */
function seen(
  place: { readonly accountId: string; readonly region: string },
  eventName: string,
  ...days: readonly (readonly [number, number])[]
): ObservedEvents {
  return {
    ...place,
    eventName,
    during: days.map(([from, until]) => ({ fromMs: asOfMs - from * DAY_MS, untilMs: asOfMs - until * DAY_MS })),
  };
}

function judged(
  observed: readonly ObservedEvents[],
  right: string,
  callerAccountId: string | null = owner.accountId,
  more: { readonly sinceMs?: number } = {},
): string {
  const absence = judgeAbsence(observationOf(observed), period, { registry: owner, callerAccountId, right, ...more });
  return absence.kind === 'notKnown'
    ? absence.reason
    : `${absence.confidence} ${(absence.window.untilMs - absence.window.fromMs) / DAY_MS}`;
}

describe('unused is only said inside a window that was wholly seen', () => {
  test.each([
    ['the whole period', [[90, 0]], 'high 90'],
    ['more than the period', [[200, 0]], 'high 90'],
    ['forty days', [[40, 0]], 'medium 40'],
    ['a week', [[7, 0]], 'low 7'],
    ['less than a week', [[6.9, 0]], 'windowTooShort'],
    [
      'a hole: only what follows it counts',
      [
        [90, 30],
        [20, 0],
      ],
      'low 20',
    ],
    [
      'a hole of last week',
      [
        [90, 8],
        [5, 0],
      ],
      'windowTooShort',
    ],
    [
      'stretches that touch are one',
      [
        [90, 30],
        [30, 0],
      ],
      'high 90',
    ],
    ['a window that ended two days ago', [[90, 2]], 'high 88'],
    ['a window that ended last week', [[90, 7]], 'windowEndsEarly'],
    ['only what is older than the period', [[200, 100]], 'windowEndsEarly'],
  ] as const)('%s', (_, days, expected) => {
    expect(judged([seen(owner, 'BatchGetImage', ...days)], 'pull')).toBe(expected);
  });

  test('no CloudTrail at all', () => {
    expect(judged([], 'pull')).toBe('noCloudTrail');
  });

  test('the histories of the caller and of the owner must both have been read', () => {
    const own = seen(owner, 'PutImage', [90, 0]);
    expect(judged([own], 'push', caller.accountId)).toBe('noCloudTrail');
    expect(judged([own, seen(caller, 'BatchGetImage', [90, 0])], 'push', caller.accountId)).toBe('eventsNotRead');
    expect(judged([own, seen(caller, 'PutImage', [35, 0])], 'push', caller.accountId)).toBe('medium 35');
  });

  test('another region says nothing', () => {
    expect(judged([seen({ ...owner, region: 'us-east-1' }, 'PutImage', [90, 0])], 'push')).toBe('noCloudTrail');
  });

  test('events that are not looked up leave their actions not known', () => {
    const observed = [seen(owner, 'BatchGetImage', [90, 0])];
    expect(judged(observed, 'ecr:DescribeImages')).toBe('eventsNotRead');
    expect(judged(observed, 'ecr:GetDownloadUrlForLayer')).toBe('eventsNotRead');
  });

  test('a log of everything shows every action, a log of writes only those that write', () => {
    expect(judged([seen(owner, '*', [90, 0])], 'ecr:DescribeImages')).toBe('high 90');
    expect(judged([seen(owner, '*write', [90, 0])], 'push')).toBe('high 90');
    expect(judged([seen(owner, '*write', [90, 0])], 'pull')).toBe('eventsNotRead');
    expect(judged([seen(owner, '*write', [90, 0])], 'ecr:DescribeImages')).toBe('eventsNotRead');
  });

  test('what CloudTrail never records is never unused', () => {
    expect(judged([seen(owner, '*', [90, 0])], 'ecr:ReplicateImage')).toBe('neverRecorded');
    expect(judged([seen(owner, '*', [90, 0])], 'ecr:BatchImportUpstreamImage')).toBe('neverRecorded');
    expect(judged([seen(owner, '*', [90, 0])], 'replicate')).toBe('neverRecorded');
  });

  test('a capability of several actions needs the events of each', () => {
    expect(judged([seen(owner, 'SetRepositoryPolicy', [90, 0])], 'administer')).toBe('eventsNotRead');
    expect(
      judged(
        [seen(owner, 'SetRepositoryPolicy', [90, 0]), seen(owner, 'DeleteRepositoryPolicy', [50, 0])],
        'administer',
      ),
    ).toBe('medium 50');
  });

  test('a repository that was made again was not there before', () => {
    const observed = [seen(owner, 'PutImage', [90, 0])];
    expect(judged(observed, 'push', owner.accountId, { sinceMs: asOfMs - 10 * DAY_MS })).toBe('low 10');
    expect(judged(observed, 'push', owner.accountId, { sinceMs: asOfMs - DAY_MS })).toBe('windowTooShort');
  });
});
