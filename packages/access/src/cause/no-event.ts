import { EVERY_WRITE } from '../activity/observed.ts';
import { type Interval, missingFrom, unionOf } from '../activity/intervals.ts';
import type { ConfigurationDifference } from '../drift/configuration-difference.ts';
import type { Observation, Place } from '../over-permission/observation.ts';
import { isAwsManaged } from '../snapshot/named-document.ts';
import type { CauseEvent, NoEvent } from './cause.ts';
import type { CauseWindow } from './choose-event.ts';
import type { WantedFact } from './event-rule.ts';

/** What is known of a fact that no event explains. */
export interface Unexplained {
  readonly difference: ConfigurationDifference;
  readonly fact: WantedFact;
  readonly window: CauseWindow;
  /** Where its events stand; null where nobody knows. */
  readonly place: Place | null;
  /** Whether anything of that account's history was read, if only in part. */
  readonly isObserved: boolean;
  readonly others: readonly CauseEvent[];
}

/** Which explanation remains. A hole is told even where other calls were seen: the one that matters may stand in it. */
export function noEvent(
  { difference, fact, window, place, isObserved, others }: Unexplained,
  observation: Observation,
): NoEvent {
  const told = {
    window: stretch({ fromMs: window.fromMs, untilMs: window.untilMs }),
    accountId: place?.accountId ?? null,
    region: place?.region ?? null,
    missing: [],
    others,
  };
  if (difference.kind === 'managedPolicy' && isAwsManaged(difference.policy ?? '')) {
    return { ...told, reason: 'awsManagedPolicy' };
  }
  if (place === null || !isObserved) {
    return { ...told, reason: 'accountNotObserved' };
  }
  const missing = missingStretches(fact, window, { place, observation });
  return missing.length > 0
    ? { ...told, reason: 'windowHole', missing: missing.map(stretch) }
    : { ...told, reason: 'noEventFound' };
}

/** When some event that could have made the fact would have gone unseen. */
function missingStretches(
  { rules }: WantedFact,
  { fromMs, untilMs }: CauseWindow,
  { place, observation }: { readonly place: Place; readonly observation: Observation },
): readonly Interval[] {
  const names = new Set(rules.flatMap((rule) => rule.names));
  // Every call that changes access writes, so that a trail without reads holds them all.
  const everything = observation.seenIn([place], [EVERY_WRITE]);
  return unionOf(
    // Where it is not known which call makes it, all of them have to have been seen.
    [...(names.size === 0 ? [EVERY_WRITE] : names)].flatMap((name) =>
      missingFrom({ fromMs, untilMs }, [...everything, ...observation.seenIn([place], [name])]),
    ),
  );
}

function stretch({ fromMs, untilMs }: Interval): NoEvent['window'] {
  return { from: new Date(fromMs).toISOString(), until: new Date(untilMs).toISOString() };
}
