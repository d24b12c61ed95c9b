import type { AccountKind, AccountPlan } from './account-plan.ts';
import type { GeneratorOptions } from './options.ts';
import { createRandom, type Random } from './random.ts';
import { hexOf } from '../sample-organization/identifiers.ts';

/** How much of the principals and of the repositories an account of a kind holds, against one for production. */
const SHARES: Readonly<Record<AccountKind, { readonly principals: number; readonly repositories: number }>> = {
  management: { principals: 0.2, repositories: 0.02 },
  registry: { principals: 0.7, repositories: 6 },
  security: { principals: 0.4, repositories: 0.1 },
  sandbox: { principals: 0.5, repositories: 0.4 },
  production: { principals: 1, repositories: 1 },
  development: { principals: 1.2, repositories: 1.1 },
  single: { principals: 1, repositories: 1 },
};

/** Teams own about this many repositories each. */
const REPOSITORIES_PER_TEAM = 18;

export const firstAccountId = 210_000_000_000;

/** What each account is and how much it holds. The sums are those that were asked for. */
export function planAccounts(options: GeneratorOptions): AccountPlan[] {
  const kinds = Array.from({ length: options.accounts }, (_, index) => kindOf(index, options.accounts));
  const teams = teamsOf(options.repositories);
  const principals = distribute(options.principals, weightsOf(kinds, 'principals', options.seed));
  const repositories = distribute(options.repositories, weightsOf(kinds, 'repositories', options.seed));
  return kinds.map((kind, index) => {
    const random = createRandom(`${options.seed} account ${index}`);
    return {
      id: String(firstAccountId + index * 1_000_003),
      name: `${kind}-${index + 1}`,
      kind,
      regions: regionsOf(kind, options.regions, random),
      teams: teamsIn(kind, index, options.accounts, teams),
      vpcEndpoints: [0, 1, 2].map((number) => `vpce-0${hexOf(`${options.seed} vpce ${index} ${number}`).slice(0, 16)}`),
      principalCount: principals[index] ?? 0,
      repositoryCount: repositories[index] ?? 0,
    };
  });
}

/** A single account is an ordinary member, so that every level of SCPs bears on it. */
function kindOf(index: number, count: number): AccountKind {
  if (count === 1) {
    return 'single';
  }
  const special: readonly AccountKind[] = [
    'management',
    'registry',
    'production',
    'security',
    'development',
    'sandbox',
  ];
  return special[index] ?? (index % 2 === 0 ? 'production' : 'development');
}

function teamsOf(repositories: number): string[] {
  const count = Math.max(4, Math.round(repositories / REPOSITORIES_PER_TEAM));
  return Array.from({ length: count }, (_, index) => `team-${index + 1}`);
}

/** A team works in one account for production and one for development; the others are everybody's. */
function teamsIn(kind: AccountKind, index: number, count: number, teams: readonly string[]): readonly string[] {
  if (kind !== 'production' && kind !== 'development') {
    return teams;
  }
  const pairs = Math.max(1, Math.floor(count / 2) - 2);
  const mine = teams.filter((_, team) => team % pairs === Math.floor(index / 2) % pairs);
  return mine.length === 0 ? teams : mine;
}

function regionsOf(kind: AccountKind, regions: readonly string[], random: Random): readonly string[] {
  const isWide = kind === 'registry' || kind === 'single';
  const count = isWide ? Math.min(3, regions.length) : 1 + random.below(Math.min(4, regions.length));
  return regions.slice(0, count);
}

function weightsOf(kinds: readonly AccountKind[], what: 'principals' | 'repositories', seed: string): number[] {
  const random = createRandom(`${seed} ${what}`);
  return kinds.map((kind) => SHARES[kind][what] * (0.5 + random.fraction() * 1.3));
}

/** Shares a whole number out, in whole numbers that add up to it. */
function distribute(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let weightSoFar = 0;
  let given = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const share = Math.round((total * weightSoFar) / all) - given;
    given += share;
    return share;
  });
}
