import { findEcrAction } from '../../ecr/actions.ts';
import { eventPlace, timeWords } from '../event-words.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html */
export const rootUse: Rule = {
  id: 'ECR-ROOT-USE',
  kinds: ['event'],
  life: 'occurrence',
  needs: 'events',
  rests: ['events'],
  severity: 'high',
  outsideProduction: 'high',
  what: 'a root user wrote to ECR',
  why: 'No policy of the account holds for it, and nobody should need it for that.',
  remedy: 'Find out who has its password; take its credentials away where the organization can do without.',
  find: findRoot,
};

function* findRoot(input: FindingInput): Generator<Match> {
  for (const found of (input.events ?? []).toReversed()) {
    const { actor, outcome, eventName, eventSource } = found.event;
    const level = eventSource === 'ecr.amazonaws.com' ? findEcrAction(`ecr:${eventName}`)?.level : undefined;
    const isWrite = level !== undefined && level !== 'Read' && level !== 'List';
    if (actor.kind !== 'root' || !isWrite || (outcome.kind !== 'use' && outcome.kind !== 'change')) {
      continue;
    }
    for (const resource of found.resources) {
      const place = eventPlace(resource, input);
      if (place !== null) {
        yield {
          ...place,
          about: [place.resource, actor.key, eventName],
          principal: { id: actor.key, arn: actor.arn },
          rights: [eventName],
          title: `the root user of ${actor.accountId ?? 'an account'} called ${eventName}`,
          what: `${timeWords(found)}.`,
        };
      }
    }
  }
}
