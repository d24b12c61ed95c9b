import { member, textMember } from '../../activity/read-fields.ts';
import { actorWords, eventPlace, timeWords } from '../event-words.ts';
import type { FindingEvent } from '../finding-events.ts';
import type { FindingInput } from '../finding-input.ts';
import { expiringRules } from '../lifecycle-policy.ts';
import type { Match, Rule } from '../rule.ts';
import { listed } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
export const lifecycle: Rule = {
  id: 'ECR-LIFECYCLE',
  kinds: ['event'],
  life: 'occurrence',
  needs: 'events',
  rests: ['events'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'a lifecycle policy was set that expires tagged images, or one was set or taken away',
  why: 'It deletes images of its own accord, evidence and rollbacks among them; without one they cost for ever.',
  remedy: 'Look at what it expires now: `aws ecr get-lifecycle-policy`. Only the calls that set it are collected.',
  find: findLifecycles,
};

/** Longer than AWS allows: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html */
const TEXT_LENGTH_MAX = 65_536;

/** The latest call of each kind for each repository. */
function* findLifecycles(input: FindingInput): Generator<Match> {
  const told = new Set<string>();
  for (const found of (input.events ?? []).toReversed()) {
    const { eventName, outcome } = found.event;
    if (outcome.kind !== 'change' || !['PutLifecyclePolicy', 'DeleteLifecyclePolicy'].includes(eventName)) {
      continue;
    }
    for (const resource of found.resources) {
      const place = eventPlace(resource, input);
      const key = place === null ? '' : `${place.resource} ${eventName}`;
      if (place !== null && !told.has(key)) {
        told.add(key);
        yield { ...place, ...matchOf(found, resource.repository ?? 'a repository', place.resource) };
      }
    }
  }
}

type Told = Omit<Match, 'accountId' | 'region' | 'resource' | 'repositories' | 'isProduction'>;

function matchOf(found: FindingEvent, name: string, resource: string): Told {
  const { eventName, actor } = found.event;
  const common = {
    about: [resource, eventName],
    principal: { id: actor.key, arn: actor.arn },
    what: `${timeWords(found)}.`,
  };
  if (eventName === 'DeleteLifecyclePolicy') {
    const title = `${actorWords(actor)} took away the lifecycle policy of ${name}`;
    return { ...common, title, rights: ['nothing expires'], isLessGrave: true };
  }
  const expiring = expiringRules(policyText(found) ?? '');
  if (expiring === null) {
    return {
      ...common,
      title: `${actorWords(actor)} set the lifecycle policy of ${name}`,
      rights: [eventName],
      doubts: ['what it expires is not known: its text was not kept, or not in full'],
    };
  }
  const { tagged, untagged } = expiring;
  return {
    ...common,
    title:
      tagged.length > 0
        ? `${actorWords(actor)} set ${name} to expire ${listed(tagged)}`
        : `${actorWords(actor)} set a lifecycle policy of ${name} that expires no tagged image`,
    rights: [...tagged, ...untagged].map((words) => `expires ${words}`),
    isLessGrave: tagged.length === 0,
  };
}

function policyText({ event: { outcome } }: FindingEvent): string | null {
  const request = outcome.kind === 'change' ? outcome.change.detail.request : null;
  return typeof member(request, 'lifecyclePolicyText') === 'string'
    ? textMember(request, 'lifecyclePolicyText', TEXT_LENGTH_MAX)
    : null;
}
