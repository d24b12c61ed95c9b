import { expect, test } from 'vitest';

import { activityWindowBefore } from './activity-window.ts';

const now = new Date('2026-11-09T06:00:00Z');

test('the window ends where CloudTrail has delivered everything', () => {
  expect(activityWindowBefore(now, 7)).toEqual({
    startTime: new Date('2026-11-02T05:45:00Z'),
    endTime: new Date('2026-11-09T05:45:00Z'),
  });
});

test.each([undefined, 90, 365])('the window never starts before the 90 days that LookupEvents keeps: %s', (days) => {
  expect(activityWindowBefore(now, days).startTime).toEqual(new Date('2026-08-11T06:00:00Z'));
});
