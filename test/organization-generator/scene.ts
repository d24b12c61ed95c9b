import { hexOf } from '../sample-organization/identifiers.ts';
import type { AccountPlan } from './account-plan.ts';
import type { GeneratorOptions } from './options.ts';
import { firstAccountId, planAccounts } from './plan-accounts.ts';
import { createRandom, type Random } from './random.ts';

/** What documents anywhere in the organization refer to. */
export interface Scene {
  readonly seed: string;
  readonly organizationId: string;
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly accounts: readonly AccountPlan[];
  /** The accounts whose images others pull. */
  readonly registries: readonly AccountPlan[];
  readonly offices: readonly string[];
  readonly partnerAccountIds: readonly string[];
  readonly statementFactor: number;
}

/** The account that a document is written in. */
export interface Place {
  readonly scene: Scene;
  readonly account: AccountPlan;
}

export function sceneOf(options: GeneratorOptions): Scene {
  const accounts = planAccounts(options);
  const registries = accounts.filter((account) => account.kind === 'registry' || account.kind === 'single');
  const key = hexOf(`${options.seed} organization`);
  return {
    seed: options.seed,
    organizationId: `o-${key.slice(0, 10)}`,
    rootId: `r-${key.slice(10, 14)}`,
    // An account alone is a member: somebody else manages the organization, from an account that is not collected.
    managementAccountId: accounts.find(({ kind }) => kind === 'management')?.id ?? String(firstAccountId - 1),
    accounts,
    registries,
    offices: ['203.0.113.0/24', '198.51.100.0/26', '192.0.2.128/25', '2001:db8:40::/48'],
    partnerAccountIds: ['901000000017', '902000000029', '903000000031'],
    statementFactor: options.statementFactor,
  };
}

export function streamFor(place: Place, name: string): Random {
  return createRandom(`${place.scene.seed} ${place.account.id} ${name}`);
}

/** The team that owns the thing: large teams own more. */
export function teamFor(random: Random, teams: readonly string[]): string {
  const skewed = Math.floor(random.fraction() ** 1.6 * teams.length);
  return teams[skewed] ?? random.pick(teams);
}
