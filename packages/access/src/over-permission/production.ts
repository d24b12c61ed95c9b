import { matchTemplate } from '@ecr-audit/policy';
import type { EvaluatedAccount, EvaluatedRepository } from '../evaluate/evaluate-snapshot.ts';

type Template = Parameters<typeof matchTemplate>[0];

const WORDS: ReadonlySet<string> = new Set(['prod', 'production', 'prd', 'live']);
const NEGATIONS: ReadonlySet<string> = new Set(['non', 'not', 'pre', 'no']);

/**
 * Tells the repositories of production.
 *
 * A pattern has `*` for any characters and is held against the name of the repository, of its account, the account's id and
 * the organizational units above it, without regard to case. Without patterns the words decide that people use in such
 * names: `prod`, `production`, `prd` and `live`, unless `non`, `not` or `pre` stands before one. Rejected: any name that
 * holds `prod`, which makes production of `preprod`, `nonprod` and `product`.
 */
export function productionTest(
  accounts: readonly EvaluatedAccount[],
  patterns: readonly string[],
): (repository: EvaluatedRepository) => boolean {
  const templates = patterns.map((pattern) => templateOf(pattern.toLowerCase()));
  const isProduction = (name: string): boolean =>
    templates.length === 0
      ? hasProductionWord(name)
      : templates.some((template) => matchTemplate(template, name.toLowerCase()) === 'yes');
  const byAccount = new Map(
    accounts.map(({ id, name, path }) => [id, [id, name, ...path.split('/')].some(isProduction)]),
  );
  return ({ accountId, name }) => (byAccount.get(accountId) ?? isProduction(accountId)) || isProduction(name);
}

function hasProductionWord(name: string): boolean {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.some((word, index) => WORDS.has(word) && !NEGATIONS.has(words[index - 1] ?? ''));
}

function templateOf(pattern: string): Template {
  return pattern
    .split('*')
    .flatMap((text, index): Template => [
      ...(index === 0 ? [] : [{ kind: 'star' } as const]),
      ...(text === '' ? [] : [{ kind: 'text', text } as const]),
    ]);
}
