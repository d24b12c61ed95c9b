import {
  EVERY_EVENT,
  EVERY_WRITE,
  type Interval,
  planLookup,
  READ_EVENTS,
  SESSION_EVENTS,
  unionOf,
} from '@ecr-audit/access';
import type { NameToLookUp } from '@ecr-audit/aws';
import type { ObservedActivity, RecordedHole } from '@ecr-audit/store';

// Who is behind a session is wanted for changes that are made within it. A large cluster begins a session a second, so these
// events are read for a day back and as far as one window reaches, never to the end of a backlog.
const sessionsKeptMs = 24 * 60 * 60 * 1000;
const sessionNames: ReadonlySet<string> = new Set(SESSION_EVENTS);
const readNames: ReadonlySet<string> = new Set(READ_EVENTS);

export interface NamePlan extends NameToLookUp {
  /** Until when the name was looked up; 0 where it never was. */
  readonly markMs: number;
  /** What can never be looked up any more, and was not seen in log files either. */
  readonly expired: readonly Interval[];
  /** Whether conclusions rest on events of this name having been seen. */
  readonly isEvidence: boolean;
}

/**
 * What to look up of each name, the one that waits longest first, so that none starves where a pass ends early.
 *
 * What log files hold is looked up all the same: a trail may leave events out, and its files do not say so. A second that
 * held too many events is not read to the same bound again. `notBeforeMs`: older events are not taken in any more.
 */
export function planNames(
  eventNames: readonly string[],
  known: { readonly observed: readonly ObservedActivity[]; readonly holes: readonly RecordedHole[] },
  time: { readonly nowMs: number; readonly notBeforeMs: number },
): readonly NamePlan[] {
  const plans = eventNames.map((eventName): NamePlan => {
    const isSession = sessionNames.has(eventName);
    const lookedUp = duringOf(known.observed, (seen) => seen.source === 'lookupEvents' && seen.eventName === eventName);
    const tooDense = duringOf(known.holes, (hole) => hole.eventName === eventName && hole.reason === 'tooDense');
    const anywhere = duringOf(known.observed, (seen) => covers(seen.eventName, eventName));
    const notBeforeMs = isSession ? Math.max(time.notBeforeMs, time.nowMs - sessionsKeptMs) : time.notBeforeMs;
    const { windows } = planLookup([...lookedUp, ...tooDense], { ...time, notBeforeMs });
    const { expired } = planLookup(anywhere, { ...time, notBeforeMs });
    return {
      eventName,
      windows: isSession ? windows.slice(0, 1) : windows,
      markMs: lookedUp.at(-1)?.untilMs ?? 0,
      expired,
      isEvidence: !isSession,
    };
  });
  return plans.toSorted((left, right) => left.markMs - right.markMs);
}

function duringOf<Seen extends ObservedActivity>(
  all: readonly Seen[],
  isMeant: (seen: Seen) => boolean,
): readonly Interval[] {
  return unionOf(all.filter(isMeant).flatMap(({ during }) => during));
}

function covers(seenName: string, eventName: string): boolean {
  return seenName === eventName || seenName === EVERY_EVENT || (seenName === EVERY_WRITE && !readNames.has(eventName));
}
