import { aboutAll, differencesOf } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import { destinationsOf, destinationText } from '../replication-destinations.ts';
import type { Match, Rule } from '../rule.ts';
import { registryName } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html */
export const newReplication: Rule = {
  id: 'ECR-REPL-NEW',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['ecr'],
  severity: 'medium',
  outsideProduction: 'medium',
  what: 'images are replicated to a place that is new',
  why: 'Images of yours are now in one more place, under the policies of that place.',
  remedy: 'Ask who wanted it; take the destination out of the replication configuration where nobody did.',
  find: findDestinations,
};

/** To our own accounts: others are told by ECR-REPL-OUT for as long as they are destinations. */
function* findDestinations({ scan, before, drift, parties }: FindingInput): Generator<Match> {
  for (const [key, { replicationConfiguration: now }] of scan.facts.registries) {
    const [accountId = '', region = ''] = key.split(' ');
    const earlier = before?.facts.registries.get(key)?.replicationConfiguration ?? null;
    const known = new Set(destinationsOf(earlier).map(destinationText));
    for (const destination of earlier === null ? [] : destinationsOf(now)) {
      const party = parties.ofAccount(destination.registryId);
      if ((party === 'ours' || party === 'allowed') && !known.has(destinationText(destination))) {
        const resource = registryName({ accountId, region });
        const place = `account ${destination.registryId} in ${destination.region}`;
        yield {
          about: [resource, destinationText(destination)],
          accountId,
          region,
          resource,
          because: differencesOf(drift, ['registrySetting'], aboutAll(resource, 'setting:replicationConfiguration')),
          rights: [`replicated to ${destinationText(destination)}`],
          title: `images of ${accountId} in ${region} are now replicated to ${place}`,
          what: `${place} was no destination before.`,
        };
      }
    }
  }
}
