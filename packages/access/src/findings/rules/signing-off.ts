import { z } from 'zod';
import { member } from '../../activity/read-fields.ts';
import { actorWords, eventPlace, timeWords } from '../event-words.ts';
import type { FindingEvent } from '../finding-events.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { listed, registryName } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html */
export const signingOff: Rule = {
  id: 'ECR-SIGN-OFF',
  kinds: ['event'],
  life: 'occurrence',
  needs: 'events',
  rests: ['events'],
  severity: 'medium',
  outsideProduction: 'medium',
  what: 'the signing configuration of a registry was taken away, or signs less',
  why: 'What is pushed from then on is not signed, and whoever verifies signatures cannot tell it from what was put in.',
  remedy: 'Put the rule back: `aws ecr put-signing-configuration`. Only the calls that set it are collected.',
  find: findSigning,
};

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutSigningConfiguration.html */
const requestSchema = z.object({
  signingConfiguration: z.object({
    rules: z.array(
      z.object({
        signingProfileArn: z.string(),
        repositoryFilters: z.array(z.object({ filter: z.string() })).default([]),
      }),
    ),
  }),
});

/** The last change of each registry, held against the one before it where that was seen. */
function* findSigning(input: FindingInput): Generator<Match> {
  const changes = (input.events ?? []).filter(
    ({ event: { eventName, outcome } }) =>
      outcome.kind === 'change' && ['PutSigningConfiguration', 'DeleteSigningConfiguration'].includes(eventName),
  );
  const byRegistry = Map.groupBy(changes, ({ event }) => registryName(event));
  for (const group of byRegistry.values()) {
    const [last, before] = group.toReversed();
    const told = last === undefined ? null : changeOf(last, before ?? null);
    if (last !== undefined && told !== null) {
      const { accountId, region, actor } = last.event;
      const place = eventPlace({ accountId, region, repository: null }, input);
      if (place !== null) {
        yield {
          ...place,
          about: [place.resource],
          principal: { id: actor.key, arn: actor.arn },
          title: `${actorWords(actor)} ${told.words} in ${accountId}, ${region}`,
          what: `${timeWords(last)}.`,
          rights: told.rights,
          isLessGrave: told.doubts.length > 0,
          doubts: told.doubts,
        };
      }
    }
  }
}

interface Told {
  readonly words: string;
  readonly rights: readonly string[];
  readonly doubts: readonly string[];
}

/** Null where as much is signed as before. */
function changeOf(last: FindingEvent, before: FindingEvent | null): Told | null {
  const [now, was] = [last, before].map((found) => (found === null ? null : rulesOf(found)));
  if (now?.length === 0) {
    return { words: 'took away the signing of images', rights: ['nothing is signed'], doubts: [] };
  }
  if (now === undefined || now === null || was === undefined || was === null) {
    return {
      words: 'set the signing configuration',
      rights: now ?? ['the signing configuration'],
      doubts: ['whether less is signed than before is not known: no earlier configuration was seen'],
    };
  }
  const lost = was.filter((rule) => !now.includes(rule));
  return lost.length === 0
    ? null
    : { words: `no longer has images signed as before (${listed(lost)})`, rights: lost, doubts: [] };
}

/** What a call leaves signed; null where its request cannot be read. A rule without a filter is for every repository. */
function rulesOf({ event: { eventName, outcome } }: FindingEvent): string[] | null {
  if (eventName === 'DeleteSigningConfiguration') {
    return [];
  }
  const request = outcome.kind === 'change' ? outcome.change.detail.request : null;
  const parsed = requestSchema.safeParse({ signingConfiguration: member(request, 'signingConfiguration') });
  return parsed.success
    ? parsed.data.signingConfiguration.rules.flatMap(({ signingProfileArn, repositoryFilters }) =>
        (repositoryFilters.length === 0 ? ['*'] : repositoryFilters.map(({ filter }) => filter)).map(
          (filter) => `${filter} by ${signingProfileArn}`,
        ),
      )
    : null;
}
