import type { Interval } from '../activity/intervals.ts';
import { eventsShowing, type Right } from './evidence.ts';
import type { Observation, Place } from './observation.ts';

/** How sure it is that what was not seen was not done: it follows from the length of the window. */
export type Confidence = 'high' | 'medium' | 'low';

export type UnknownReason =
  /** No event of the account and region was read. */
  | 'noCloudTrail'
  /** Events of that name are not among those that were read. */
  | 'eventsNotRead'
  /** CloudTrail has no event of that name. */
  | 'neverRecorded'
  | 'windowTooShort'
  /** The last stretch without a hole ended a while ago. */
  | 'windowEndsEarly'
  /** Nothing shows that the owner of the repository gets the events of somebody outside. */
  | 'outsideUseNotSeen'
  /** Somebody of that account used it, and the events do not say who. */
  | 'usedBySomebodyOfTheAccount'
  /** The role was used, and events do not count its sessions apart. */
  | 'sessionsNotToldApart'
  /** What was used is an earlier repository of that name. */
  | 'repositoryMadeAgain'
  /** Who used it is an earlier principal of that name. */
  | 'principalMadeAgain'
  /** IAM says that it was used, or that an attempt was refused. */
  | 'lastAccessedSaysUsed';

/** What follows from nothing having been seen. */
export type Absence =
  | { readonly kind: 'unused'; readonly window: Interval; readonly confidence: Confidence }
  | { readonly kind: 'notKnown'; readonly reason: UnknownReason };

export interface AbsenceQuestion {
  /** Null for AWS services, and for anyone. */
  readonly callerAccountId: string | null;
  readonly registry: Place;
  readonly right: Right;
  /** Nothing before it says anything: the repository did not exist. */
  readonly sinceMs?: number;
}

/** The time that is asked about. */
export interface Period {
  readonly fromMs: number;
  readonly asOfMs: number;
}

export const DAY_MS = 24 * 60 * 60 * 1000;

// Releases and jobs come round weekly and monthly, audits and certificates quarterly: who was watched for less than a week
// may be on holiday. LookupEvents keeps 90 days, of which the first days are often lost to the first collection.
const WINDOW_DAYS_MIN: Readonly<Record<Confidence, number>> = { high: 80, medium: 30, low: 7 };

// A pass is due every day at the least, and leaves out the latest quarter of an hour.
const STALE_AFTER_DAYS = 3;

/**
 * Whether a right that was not seen in use is unused. Only the latest stretch without a hole counts: whatever happened in a
 * hole was not seen. A call is recorded in the history of the caller, and of the owner, so both must have been read.
 */
export function judgeAbsence(observation: Observation, period: Period, question: AbsenceQuestion): Absence {
  const { registry, callerAccountId, right, sinceMs = 0 } = question;
  const eventNames = eventsShowing(right);
  if (eventNames === null) {
    return { kind: 'notKnown', reason: 'neverRecorded' };
  }
  const places =
    callerAccountId === null || callerAccountId === registry.accountId
      ? [registry]
      : [registry, { accountId: callerAccountId, region: registry.region }];
  if (places.some((place) => !observation.knowsPlace(place))) {
    return { kind: 'notKnown', reason: 'noCloudTrail' };
  }
  const last = observation.seenIn(places, eventNames).at(-1);
  if (last === undefined) {
    return { kind: 'notKnown', reason: 'eventsNotRead' };
  }
  const window = {
    fromMs: Math.max(last.fromMs, period.fromMs, sinceMs),
    untilMs: Math.min(last.untilMs, period.asOfMs),
  };
  if (window.untilMs < period.asOfMs - STALE_AFTER_DAYS * DAY_MS) {
    return { kind: 'notKnown', reason: 'windowEndsEarly' };
  }
  const confidence = confidenceOf(window);
  return confidence === null ? { kind: 'notKnown', reason: 'windowTooShort' } : { kind: 'unused', window, confidence };
}

function confidenceOf({ fromMs, untilMs }: Interval): Confidence | null {
  const levels: readonly Confidence[] = ['high', 'medium', 'low'];
  return levels.find((level) => untilMs - fromMs >= WINDOW_DAYS_MIN[level] * DAY_MS) ?? null;
}

/** One sentence for each reason. */
export const UNKNOWN_REASONS: Readonly<Record<UnknownReason, string>> = {
  noCloudTrail: 'no CloudTrail events of the account and region were read',
  eventsNotRead: 'events of that name were not read',
  neverRecorded: 'CloudTrail records no event of that name',
  windowTooShort: `events were seen without a hole for less than ${WINDOW_DAYS_MIN.low} days`,
  windowEndsEarly: `the last ${STALE_AFTER_DAYS} days were not seen`,
  outsideUseNotSeen: 'nothing shows that events of principals outside reach this account',
  usedBySomebodyOfTheAccount: 'somebody of that account used it, and the events do not say who',
  sessionsNotToldApart: 'the role was used, and its sessions are not counted apart',
  repositoryMadeAgain: 'it was used before the repository was made again under the same name',
  principalMadeAgain: 'it was used by an earlier principal of the same name',
  lastAccessedSaysUsed: 'IAM tells of a use or a refused attempt that no event shows',
};
