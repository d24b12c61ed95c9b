import type { FindingInput } from '../finding-input.ts';
import { outsideByRegistry } from '../outside-by-registry.ts';
import type { Match, Rule } from '../rule.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html */
export const pullThroughCache: Rule = {
  id: 'ECR-REG-PTC',
  kinds: ['state'],
  life: 'state',
  rests: ['ecr', 'organization'],
  severity: 'medium',
  outsideProduction: 'low',
  what: 'somebody outside may fill the pull through cache or create repositories',
  why: 'What an upstream serves becomes an image of yours: content of others, and confusion of names.',
  remedy: 'Name the roles that fill the cache in the registry policy.',
  find: findCaches,
};

function* findCaches(input: FindingInput): Generator<Match> {
  for (const grant of outsideByRegistry(input, ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'])) {
    yield {
      ...grant.match,
      title: `${grant.who} may fill the cache of ${grant.place}`,
      what: `The policies let ${grant.who} import upstream images into ${grant.place}, or create repositories there${grant.condition}.`,
      isLessGrave: grant.isPartner,
    };
  }
}
