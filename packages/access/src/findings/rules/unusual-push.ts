import { DAY_MS } from '../../over-permission/judge-absence.ts';
import { actorWords, eventPlace, timeWords } from '../event-words.ts';
import type { FindingEvent } from '../finding-events.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';

export const unusualPush: Rule = {
  id: 'ECR-UNUSUAL-PUSH',
  kinds: ['event'],
  life: 'occurrence',
  needs: 'events',
  rests: ['events'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'somebody pushed to a repository to which others push, for the first time that was seen',
  why: 'A stolen right is used by somebody new.',
  remedy: 'Ask who it was, and what was pushed.',
  find: findFirst,
};

/** New is what was done within a week; before that, somebody else has to have pushed over two weeks at the least. */
const NEW_DAYS = 7;
const KNOWN_DAYS = 14;

function* findFirst(input: FindingInput): Generator<Match> {
  const { snapshot } = input.scan;
  const nowMs = Date.parse(snapshot.takenAt);
  const pushes = (input.events ?? []).flatMap((found) =>
    found.event.eventName === 'PutImage' && found.event.outcome.kind === 'use'
      ? found.resources.map((resource) => ({ resource, found }))
      : [],
  );
  const byRepository = Map.groupBy(pushes, ({ resource }) => JSON.stringify(resource));
  for (const group of byRepository.values()) {
    const first = new Map<string, FindingEvent>();
    for (const { found } of group) {
      const { key } = found.event.actor;
      first.set(key, first.get(key) ?? found);
    }
    const [resource] = group.map((each) => each.resource);
    const place = resource === undefined ? null : eventPlace(resource, input);
    const earliestMs = group[0]?.found.event.timeMs ?? nowMs;
    for (const found of place === null ? [] : first.values()) {
      const { event } = found;
      const isNew = event.timeMs > nowMs - NEW_DAYS * DAY_MS;
      if (place !== null && isNew && event.timeMs - earliestMs >= KNOWN_DAYS * DAY_MS) {
        const window = snapshot.accounts.get(event.accountId)?.cloudTrailWindows.get(event.region);
        yield {
          ...place,
          about: [place.resource, event.actor.key],
          principal: { id: event.actor.key, arn: event.actor.arn },
          rights: ['ecr:PutImage'],
          title: `${actorWords(event.actor)} pushed to ${resource?.repository ?? 'a repository'} for the first time`,
          what: `${timeWords(found)}; others have pushed there since ${new Date(earliestMs).toISOString()}.`,
          doubts: window?.complete === true ? [] : ['not all events were read: it may have pushed before'],
        };
      }
    }
  }
}
