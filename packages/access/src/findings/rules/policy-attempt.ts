import { actorWords, eventPlace, timeWords } from '../event-words.ts';
import type { FindingEvent } from '../finding-events.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { counted } from '../words.ts';

export const policyAttempt: Rule = {
  id: 'ECR-POLICY-ATTEMPT',
  kinds: ['event'],
  life: 'occurrence',
  needs: 'events',
  rests: ['events'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'somebody tried to change a policy, delete or push, and was refused',
  why: 'Who looks for a way in tries the doors first.',
  remedy: 'Ask who it was. A job that was set up wrongly tries again and again; a person does not.',
  find: findAttempts,
};

const NAMES: ReadonlySet<string> = new Set([
  'SetRepositoryPolicy',
  'DeleteRepositoryPolicy',
  'PutRegistryPolicy',
  'DeleteRegistryPolicy',
  'DeleteRepository',
  'BatchDeleteImage',
  'PutImage',
]);

/** As many within an hour are no slip. */
const BURST_EVENTS = 5;
const BURST_MS = 60 * 60 * 1000;

function* findAttempts(input: FindingInput): Generator<Match> {
  const groups = new Map<string, { readonly place: Placed; readonly events: FindingEvent[] }>();
  for (const found of input.events ?? []) {
    const { eventName, eventSource, errorCode, actor } = found.event;
    if (
      eventSource !== 'ecr.amazonaws.com' ||
      !NAMES.has(eventName) ||
      errorCode?.startsWith('AccessDenied') !== true
    ) {
      continue;
    }
    for (const resource of found.resources) {
      const place = eventPlace(resource, input);
      if (place !== null) {
        const key = JSON.stringify([place.resource, actor.key]);
        const group = groups.get(key) ?? { place, events: [] };
        groups.set(key, group);
        group.events.push(found);
      }
    }
  }
  for (const { place, events } of groups.values()) {
    const last = events.at(-1);
    if (last !== undefined) {
      const { actor } = last.event;
      yield {
        ...place,
        about: [place.resource, actor.key],
        principal: { id: actor.key, arn: actor.arn },
        rights: events.map(({ event }) => event.eventName),
        title: `${actorWords(actor)} was refused ${counted(events.length, 'time', 'times')} at ${place.resource}`,
        what: `Last: ${timeWords(last)}.`,
        ...(isBurst(events) ? { severity: 'high' } : {}),
      };
    }
  }
}

type Placed = NonNullable<ReturnType<typeof eventPlace>>;

/** The earliest first. */
function isBurst(events: readonly FindingEvent[]): boolean {
  return events.some((first, index) => {
    const last = events[index + BURST_EVENTS - 1];
    return last !== undefined && last.event.timeMs - first.event.timeMs <= BURST_MS;
  });
}
