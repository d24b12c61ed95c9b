import { actorWords, eventPlace, timeWords } from '../event-words.ts';
import type { FindingEvent } from '../finding-events.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { counted, listed } from '../words.ts';

export const massDelete: Rule = {
  id: 'ECR-MASS-DELETE',
  kinds: ['event'],
  life: 'occurrence',
  needs: 'events',
  rests: ['events'],
  severity: 'critical',
  outsideProduction: 'high',
  what: 'many images or repositories were deleted in a short time',
  why: 'It is what sabotage and ransom look like.',
  remedy: 'Stop the principal now; look for copies in replicas and caches.',
  find: findDeletions,
};

/** One call deletes a hundred images, so that clearing up by hand takes few. */
const CALLS = 10;
const WITHIN_MS = 10 * 60 * 1000;

function* findDeletions(input: FindingInput): Generator<Match> {
  const deletions = (input.events ?? []).filter(
    ({ event: { eventName, outcome } }) =>
      (eventName === 'BatchDeleteImage' && outcome.kind === 'use') ||
      (eventName === 'DeleteRepository' && outcome.kind === 'change'),
  );
  const byActor = Map.groupBy(deletions, ({ event }) => JSON.stringify([event.actor.key, event.accountId]));
  for (const group of byActor.values()) {
    const burst = burstIn(group);
    const [first] = burst;
    if (first === undefined) {
      continue;
    }
    const { actor, accountId, region } = first.event;
    const places = burst.flatMap(({ resources }) => resources.flatMap((resource) => eventPlace(resource, input) ?? []));
    const names = [...new Set(places.map(({ resource }) => resource))];
    if (names.length > 0) {
      const isProduction = places.some(
        ({ repositories }) => repositories === undefined || repositories.some((each) => each.isProduction),
      );
      yield {
        about: [accountId, actor.key],
        accountId,
        region,
        resource: actor.arn ?? actor.key,
        principal: { id: actor.key, arn: actor.arn },
        title: `${actorWords(actor)} deleted ${counted(burst.length, 'time', 'times')} within ten minutes`,
        what: `In ${listed(names)}; first ${timeWords(first)}.`,
        isProduction,
        rights: names.map((name) => `deleted in ${name}`),
      };
    }
  }
}

/** The longest run of calls within the time, where it is long enough; the earliest first. */
function burstIn(events: readonly FindingEvent[]): readonly FindingEvent[] {
  let [from, best]: [number, readonly FindingEvent[]] = [0, []];
  for (const [until, { event }] of events.entries()) {
    while (event.timeMs - (events[from]?.event.timeMs ?? 0) > WITHIN_MS) {
      from += 1;
    }
    if (until - from + 1 > best.length) {
      best = events.slice(from, until + 1);
    }
  }
  return best.length >= CALLS ? best : [];
}
