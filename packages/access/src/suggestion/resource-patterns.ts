/** A repository that a statement is meant for. */
interface Meant {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

/** A prefix under which every repository is meant. */
export interface MeantPrefix extends Meant {
  /** Ends with `/`. */
  readonly name: string;
  /** How many repositories are under it. */
  readonly repositories: number;
}

// Two names are as short as a pattern, and say more.
const UNDER_PREFIX_MIN = 3;

/** Every prefix of which all repositories that exist are meant. Who uses one as a pattern means those to come, too. */
export function wholePrefixes(meant: readonly Meant[], existing: readonly Meant[]): MeantPrefix[] {
  const isMeant = new Set(meant.map(({ arn }) => arn));
  const counts = new Map<string, { meant: number; existing: number; readonly place: Meant }>();
  for (const repository of existing) {
    for (const name of prefixesOf(repository.name)) {
      const key = `${repository.accountId} ${repository.region} ${name}`;
      const arn = `${repository.arn.slice(0, -repository.name.length)}${name}`;
      const entry = counts.get(key) ?? { meant: 0, existing: 0, place: { ...repository, arn, name } };
      counts.set(key, entry);
      entry.existing += 1;
      entry.meant += isMeant.has(repository.arn) ? 1 : 0;
    }
  }
  return [...counts.values()]
    .filter((entry) => entry.meant === entry.existing && entry.meant >= UNDER_PREFIX_MIN)
    .map(({ place, existing: repositories }) => ({ ...place, repositories }));
}

function prefixesOf(name: string): string[] {
  return [...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index + 1));
}

/** The patterns of a Resource element for these repositories: a prefix where it is whole, else their ARNs. */
export function resourcePatterns(meant: readonly Meant[], prefixes: readonly MeantPrefix[]): string[] {
  const isUnder = (each: Meant, prefix: MeantPrefix): boolean =>
    each.accountId === prefix.accountId && each.region === prefix.region && each.name.startsWith(prefix.name);
  const whole = prefixes.filter(
    (prefix) => meant.filter((each) => isUnder(each, prefix)).length === prefix.repositories,
  );
  const shortest = whole.filter((prefix) => !whole.some((other) => other !== prefix && isUnder(prefix, other)));
  return [
    ...shortest.map(({ arn }) => `${literalPattern(arn)}*`),
    ...meant.filter((each) => !shortest.some((prefix) => isUnder(each, prefix))).map(({ arn }) => literalPattern(arn)),
  ].toSorted();
}

/**
 * The text with what a policy would read as a wildcard or a variable taken literally: names come from others.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 *
 * @internal exported for its test
 */
export function literalPattern(text: string): string {
  return text.replaceAll(/[*?]|\$(?=\{)/g, (char) => `\${${char}}`);
}
