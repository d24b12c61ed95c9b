import { type BitSet, members } from '../bit-set.ts';
import { productionTest } from '../over-permission/production.ts';
import type { EvaluatedAccount } from '../evaluate/evaluate-snapshot.ts';
import type { Repository } from '../snapshot/model.ts';
import type { RepositoryCount } from './finding.ts';
import type { FindingSettings, RepositorySelection } from './settings.ts';

export interface JudgedRepository extends Repository {
  readonly isProduction: boolean;
  readonly isSensitive: boolean;
}

/**
 * Which repositories are production, and which are sensitive.
 *
 * One whose tags could not be read counts as chosen where tags choose: what is not known must not make it look harmless.
 */
export function judgeRepositories(
  repositories: readonly Repository[],
  accounts: readonly EvaluatedAccount[],
  { production, sensitive }: FindingSettings,
): JudgedRepository[] {
  const isProduction = selectionTest(production, accounts);
  const isSensitive = isEmptySelection(sensitive) ? isProduction : selectionTest(sensitive, accounts);
  return repositories.map((repository) => ({
    ...repository,
    isProduction: isProduction(repository),
    isSensitive: isSensitive(repository),
  }));
}

function isEmptySelection({ patterns, tags }: RepositorySelection): boolean {
  return patterns.length === 0 && Object.keys(tags).length === 0;
}

function selectionTest(
  selection: RepositorySelection,
  accounts: readonly EvaluatedAccount[],
): (repository: Repository) => boolean {
  const tags = new Map(Object.entries(selection.tags));
  const byName = productionTest(accounts, selection.patterns);
  // Tags alone choose alone; the words in names are for those who said nothing.
  const usesNames = selection.patterns.length > 0 || tags.size === 0;
  return (repository) =>
    (usesNames && byName(repository)) ||
    (tags.size > 0 && (repository.tags ?? null) === null) ||
    (repository.tags ?? []).some(({ Key, Value }) => tags.get(Key) === Value);
}

const EXAMPLES_MAX = 10;

export function countRepositories(repositories: readonly JudgedRepository[]): RepositoryCount {
  const production = repositories.filter(({ isProduction }) => isProduction);
  const others = repositories.filter(({ isProduction }) => !isProduction);
  return {
    count: repositories.length,
    inProduction: production.length,
    examples: [...production, ...others].slice(0, EXAMPLES_MAX).map(({ arn }) => arn),
  };
}

/** The repositories of a set over a list. */
export function repositoriesIn(set: BitSet, repositories: readonly JudgedRepository[]): JudgedRepository[] {
  return [...members(set)].flatMap((index) => repositories[index] ?? []);
}
