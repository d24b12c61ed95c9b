import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { isOfEcr } from '../service-linked.ts';
import { trustedEntries } from '../trust.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/using-service-linked-roles.html */
export const serviceLinkedTrust: Rule = {
  id: 'ECR-SLR-TRUST',
  kinds: ['state'],
  life: 'state',
  rests: ['iam'],
  severity: 'medium',
  outsideProduction: 'medium',
  what: 'a service-linked role of ECR trusts somebody besides its service',
  why: 'AWS writes the trust policies of these roles, and lets nobody edit them.',
  remedy: 'Find out what the role is: no service-linked role of ECR looks like that.',
  find: unexpectedTrusts,
};

const PATH = ':role/aws-service-role/';

function* unexpectedTrusts({ scan }: FindingInput): Generator<Match> {
  for (const { iam, id: accountId } of scan.snapshot.accounts.values()) {
    for (const { id, arn, name } of iam?.principals ?? []) {
      const at = arn.indexOf(PATH);
      const service = at < 0 ? '' : (arn.slice(at + PATH.length).split('/', 1)[0] ?? '');
      const trust = isOfEcr(service) ? scan.facts.trusts.get(id) : undefined;
      const entries = trust === undefined ? [] : trustedEntries(trust, () => true);
      const others = entries.filter((entry) => entry.kind !== 'service' || entry.name !== service);
      if (others.length > 0) {
        yield {
          about: [id, 'trust'],
          accountId,
          region: null,
          resource: arn,
          principal: { id, arn },
          rights: others.map((entry) => JSON.stringify(entry)),
          title: `${name} trusts somebody besides ${service}`,
          what: `AWS lets only ${service} become this role, and its trust policy lets in others.`,
        };
      }
    }
  }
}
