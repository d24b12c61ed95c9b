import { actorWords, eventPlace, timeWords } from '../event-words.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';

export const crossAccountUse: Rule = {
  id: 'ECR-XACCT-USE',
  kinds: ['event'],
  life: 'occurrence',
  needs: 'events',
  rests: ['events'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'an account that is not ours, and that nobody expects, pulled or pushed',
  why: 'It is no longer what somebody could do: it is what somebody did.',
  remedy: 'Find out whose account it is; take it out of the policy, or name it in the configuration.',
  find: findUses,
};

/** Docker asks for layers before a push, too; by themselves these two read only. */
const PULLS: ReadonlySet<string> = new Set([
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
]);

function* findUses(input: FindingInput): Generator<Match> {
  const { parties } = input;
  for (const found of (input.events ?? []).toReversed()) {
    const { actor, outcome } = found.event;
    const use = outcome.kind === 'use' || outcome.kind === 'change' ? outcome.use : null;
    const party = actor.accountId === null ? null : parties.ofAccount(actor.accountId);
    const isPull = use !== null && PULLS.has(use.action);
    const isExpected = party === 'partner' && isPull;
    if (use === null || actor.kind === 'service' || (party !== 'stranger' && party !== 'partner') || isExpected) {
      continue;
    }
    for (const resource of found.resources) {
      const place = eventPlace(resource, input);
      if (place !== null && resource.repository !== null) {
        yield {
          ...place,
          about: [place.resource, actor.accountId ?? '', isPull ? 'pull' : 'other'],
          principal: { id: actor.key, arn: actor.arn },
          rights: [isPull ? 'pull' : 'more than pull'],
          title: `account ${actor.accountId ?? ''} ${isPull ? 'pulled from' : 'did more than pull in'} ${resource.repository}`,
          what: `${actorWords(actor)}: ${timeWords(found)}.`,
          isLessGrave: party === 'partner',
          doubts: parties.doubt === null ? [] : [parties.doubt],
        };
      }
    }
  }
}
