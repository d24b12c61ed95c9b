import type { FindingInput } from '../finding-input.ts';
import { destinationsOf, destinationText } from '../replication-destinations.ts';
import type { Match, Rule } from '../rule.ts';
import { registryName } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html */
export const replicationOut: Rule = {
  id: 'ECR-REPL-OUT',
  kinds: ['state'],
  life: 'state',
  rests: ['ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'high',
  what: 'images are replicated to an account that is not ours',
  why: 'The copies are governed by the policies of the other side.',
  remedy:
    'Take the destination out of the replication configuration, or name the account in `findings.allowedAccounts`.',
  find: findDestinations,
};

function* findDestinations({ scan, parties }: FindingInput): Generator<Match> {
  for (const [key, { replicationConfiguration: now }] of scan.facts.registries) {
    const [accountId = '', region = ''] = key.split(' ');
    for (const destination of destinationsOf(now)) {
      const party = parties.ofAccount(destination.registryId);
      if (party === 'stranger' || party === 'partner') {
        const resource = registryName({ accountId, region });
        const place = `account ${destination.registryId} in ${destination.region}`;
        yield {
          about: [resource, destinationText(destination)],
          accountId,
          region,
          resource,
          rights: [`replicated to ${destinationText(destination)}`],
          title: `images of ${accountId} in ${region} are replicated to ${place}`,
          what: `${place} is none of ours.`,
          isLessGrave: party === 'partner',
          doubts: parties.doubt === null ? [] : [parties.doubt],
        };
      }
    }
  }
}
