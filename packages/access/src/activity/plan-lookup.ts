import { type Interval, missingFrom, unionOf } from './intervals.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

// CloudTrail delivers an event within about fifteen minutes, without a promise: what is younger is not asked for yet.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html
const SETTLE_MS = 15 * MINUTE_MS;
/** Days that LookupEvents answers for, less an hour in which a job may wait for its turn. */
const KEPT_MS = 90 * DAY_MS - HOUR_MS;
/*
 * How far back a pass reads again for events that came late. Two hours at each pass of five minutes would read every event
 * of a busy registry 24 times; a quarter of an hour each time and two hours once an hour read it 6 times.
 */
const OVERLAP_MS = 15 * MINUTE_MS;
const LATE_OVERLAP_MS = 2 * HOUR_MS;

export interface LookupPlan {
  /** The newest stretch first, reaching back over what was read before; then what was left in earlier passes. */
  readonly windows: readonly Interval[];
  /** What can never be read any more, though reading had begun before it. */
  readonly expired: readonly Interval[];
}

/**
 * Decides what to look up of one event name, from what was seen of it so far.
 *
 * Times are whole seconds, as those of CloudTrail. Empty where nothing new can have settled since. `notBeforeMs`: what is
 * older is not wanted, and so not missed.
 */
export function planLookup(
  observed: readonly Interval[],
  { nowMs, notBeforeMs = 0 }: { readonly nowMs: number; readonly notBeforeMs?: number },
): LookupPlan {
  const untilMs = wholeSecond(nowMs - SETTLE_MS);
  const oldestMs = wholeSecond(Math.max(nowMs - KEPT_MS, notBeforeMs));
  const seen = unionOf(observed);
  const [first] = seen;
  const last = seen.at(-1);
  const windows = missingFrom({ fromMs: oldestMs, untilMs }, seen)
    .toReversed()
    .map((window) =>
      last?.untilMs === window.fromMs ? { ...window, fromMs: Math.max(oldestMs, again(window)) } : window,
    );
  const wantedMs = Math.max(first?.fromMs ?? oldestMs, notBeforeMs);
  const expired = missingFrom({ fromMs: wantedMs, untilMs: oldestMs }, seen);
  return { windows, expired };
}

function again({ fromMs, untilMs }: Interval): number {
  const isNewHour = Math.floor(fromMs / HOUR_MS) !== Math.floor(untilMs / HOUR_MS);
  return fromMs - (isNewHour ? LATE_OVERLAP_MS : OVERLAP_MS);
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
