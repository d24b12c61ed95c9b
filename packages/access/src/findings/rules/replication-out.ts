import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { registryName } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html */
export const replicationOut: Rule = {
  id: 'ECR-REPL-OUT',
  kinds: ['state', 'difference'],
  severity: 'high',
  outsideProduction: 'high',
  what: 'images are replicated to an account that is not ours, or to a place that is new',
  why: 'The copies are governed by the policies of the other side.',
  remedy:
    'Take the destination out of the replication configuration, or name the account in `findings.allowedAccounts`.',
  find: findDestinations,
};

function* findDestinations({ scan, before, parties }: FindingInput): Generator<Match> {
  for (const [key, { replicationConfiguration: now }] of scan.facts.registries) {
    const [accountId = '', region = ''] = key.split(' ');
    const earlier = before?.facts.registries.get(key)?.replicationConfiguration ?? null;
    const known = earlier === null ? null : new Set(destinationsOf(earlier).map(textOf));
    for (const destination of destinationsOf(now)) {
      const party = parties.ofAccount(destination.registryId);
      const isForeign = party === 'stranger' || party === 'partner';
      const isNew = known !== null && !known.has(textOf(destination));
      if (isForeign || isNew) {
        const resource = registryName({ accountId, region });
        const place = `account ${destination.registryId} in ${destination.region}`;
        yield {
          about: [resource, textOf(destination)],
          accountId,
          region,
          resource,
          title: `images of ${accountId} in ${region} are ${isNew ? 'now ' : ''}replicated to ${place}`,
          what: isForeign ? `${place} is none of ours.` : `${place} is ours, and was no destination before.`,
          isLessGrave: !isForeign || party === 'partner',
          doubts: isForeign && parties.doubt !== null ? [parties.doubt] : [],
        };
      }
    }
  }
}

interface Destination {
  readonly region: string;
  readonly registryId: string;
}

function destinationsOf(
  configuration: { readonly rules: readonly { readonly destinations: readonly Destination[] }[] } | null,
): Destination[] {
  const all = configuration?.rules.flatMap(({ destinations }) => destinations) ?? [];
  return [...new Map(all.map((destination) => [textOf(destination), destination])).values()];
}

function textOf({ registryId, region }: Destination): string {
  return `${registryId}/${region}`;
}
