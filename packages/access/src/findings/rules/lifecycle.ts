import { actorWords, eventPlace, timeWords } from '../event-words.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
export const lifecycle: Rule = {
  id: 'ECR-LIFECYCLE',
  kinds: ['event'],
  needs: 'events',
  severity: 'medium',
  outsideProduction: 'low',
  what: 'a lifecycle policy was set or taken away',
  why: 'It deletes images of its own accord, evidence and rollbacks among them; without it they cost for ever.',
  remedy: 'Look at what it expires: `aws ecr get-lifecycle-policy`. Its text is not collected.',
  find: findLifecycles,
};

function* findLifecycles(input: FindingInput): Generator<Match> {
  for (const found of input.events ?? []) {
    const { eventName, outcome, actor } = found.event;
    if (outcome.kind !== 'change' || !['PutLifecyclePolicy', 'DeleteLifecyclePolicy'].includes(eventName)) {
      continue;
    }
    for (const resource of found.resources) {
      const place = eventPlace(resource, input);
      if (place !== null) {
        const isGone = eventName === 'DeleteLifecyclePolicy';
        yield {
          ...place,
          about: [place.resource, eventName],
          principal: { id: actor.key, arn: actor.arn },
          title: `${actorWords(actor)} ${isGone ? 'took away' : 'set'} the lifecycle policy of ${resource.repository ?? 'a repository'}`,
          what: `${timeWords(found)}.`,
          isLessGrave: isGone,
        };
      }
    }
  }
}
