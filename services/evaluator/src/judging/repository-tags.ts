import type { Snapshot } from '@ecr-audit/access';

/** Gives the function that tells the tags of the repositories among some ARNs. */
export function repositoryTags(snapshot: Snapshot): (arns: readonly string[]) => Readonly<Record<string, string>> {
  const tags = new Map(
    [...snapshot.accounts.values()]
      .flatMap(({ regions }) => [...regions.values()])
      .flatMap((region) => [...(region.repositories?.values() ?? [])])
      .map((repository) => [repository.arn, repository.tags ?? []]),
  );
  return (arns) =>
    // A tag may be named like something that every object has.
    Object.fromEntries(arns.flatMap((arn) => tags.get(arn) ?? []).map(({ Key, Value }) => [Key, Value]));
}
