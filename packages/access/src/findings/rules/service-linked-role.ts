import { member, textMember } from '../../activity/read-fields.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { isOfEcr } from '../service-linked.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/using-service-linked-roles.html */
export const serviceLinkedRole: Rule = {
  id: 'ECR-SLR',
  kinds: ['event'],
  life: 'occurrence',
  needs: 'events',
  rests: ['events'],
  severity: 'low',
  outsideProduction: 'low',
  what: 'a service-linked role of ECR was made by somebody who is no administrator',
  why: 'It announces a new flow of images: replication, a cache, or templates.',
  remedy: 'Ask who made it what for; remove the replication, cache rule or template that it serves where nobody knows.',
  find: creations,
};

function* creations({ events, isAdministrator }: FindingInput): Generator<Match> {
  for (const { event } of events ?? []) {
    const { eventName, outcome, actor, accountId } = event;
    if (eventName !== 'CreateServiceLinkedRole' || outcome.kind !== 'change') {
      continue;
    }
    const service = textMember(outcome.change.detail.request, 'aWSServiceName', 128) ?? awsServiceName(outcome);
    if (service !== null && isOfEcr(service) && !isAdministrator({ arn: actor.arn ?? '', name: actor.name ?? '' })) {
      yield {
        about: [accountId, service],
        accountId,
        region: null,
        resource: `arn:aws:iam::${accountId}:role/aws-service-role/${service}`,
        principal: { id: actor.key, arn: actor.arn },
        rights: [service],
        title: `${actor.name ?? actor.key} made the service-linked role for ${service}`,
        what: `Who made it is not among the administrators; from then on ${service} may act in account ${accountId}.`,
      };
    }
  }
}

/** The field is spelled in two ways. */
function awsServiceName(outcome: {
  readonly change: { readonly detail: { readonly request: unknown } };
}): string | null {
  const value = member(outcome.change.detail.request, 'AWSServiceName');
  return typeof value === 'string' ? value : null;
}
