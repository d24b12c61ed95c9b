import type { RepositorySettings } from '../facts-schemas.ts';
import type { FindingInput } from '../finding-input.ts';
import type { Match, Rule } from '../rule.ts';
import { listed } from '../words.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
export const tagMutable: Rule = {
  id: 'ECR-TAG-MUTABLE',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['ecr'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'tags that could not be overwritten now can',
  why: 'Overwriting a tag is how a pushed image comes to be deployed.',
  remedy: 'Make tags immutable again: `aws ecr put-image-tag-mutability`.',
  find: findMutable,
};

function* findMutable({ scan, before }: FindingInput): Generator<Match> {
  for (const repository of scan.repositories) {
    const [was, is] = [before?.facts.repositories.get(repository.arn), scan.facts.repositories.get(repository.arn)];
    const words = was === undefined || is === undefined ? null : widened(was, is);
    if (words !== null) {
      const { arn, accountId, region, name } = repository;
      yield {
        about: [arn],
        accountId,
        region,
        resource: arn,
        title: `tags of ${name} can be overwritten: ${words}`,
        what: `Before, they could not, or fewer of them.`,
        repositories: [repository],
        rights: [words],
        // No access rests on it, so that it is none of the differences.
        because: [],
      };
    }
  }
}

/** Null where no tag can be overwritten that could not be before, as far as the patterns tell. */
function widened(was: RepositorySettings, is: RepositorySettings): string | null {
  const [wasImmutable, isImmutable] = [was, is].map(({ imageTagMutability }) =>
    imageTagMutability === undefined ? null : imageTagMutability.startsWith('IMMUTABLE'),
  );
  const [before, now] = [was, is].map(({ imageTagMutabilityExclusionFilters: filters = [] }) =>
    filters.map(({ filter }) => filter),
  );
  if (wasImmutable === null || isImmutable === null || before === undefined || now === undefined) {
    return null;
  }
  if (wasImmutable && !isImmutable) {
    return `${was.imageTagMutability ?? ''} became ${is.imageTagMutability ?? ''}`;
  }
  // Filters name the exceptions: more of them from immutability, or fewer from mutability, open tags.
  const opened = isImmutable
    ? now.filter((filter) => !before.includes(filter))
    : wasImmutable === isImmutable
      ? before.filter((filter) => !now.includes(filter))
      : [];
  return opened.length === 0 ? null : `the exceptions changed by ${listed(opened)}`;
}
