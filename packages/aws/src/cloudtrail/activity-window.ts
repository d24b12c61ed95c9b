import type { ActivityWindow } from './lookup-events.ts';

const dayMs = 24 * 60 * 60 * 1000;
// CloudTrail delivers an event within about fifteen minutes, without a promise. A window that ends later would
// claim to have seen what is still on its way.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
const settleMs = 15 * 60 * 1000;
/** LookupEvents reaches back this far. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
export const activityWindowDaysMax = 90;

/** Gives the longest window of at most `days` days that CloudTrail can answer for at `now`. */
export function activityWindowBefore(now: Date, days: number = activityWindowDaysMax): ActivityWindow {
  const endMs = now.getTime() - settleMs;
  const oldestMs = now.getTime() - activityWindowDaysMax * dayMs;
  return { startTime: new Date(Math.max(endMs - days * dayMs, oldestMs)), endTime: new Date(endMs) };
}
