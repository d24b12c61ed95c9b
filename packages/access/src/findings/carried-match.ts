import type { Carrier } from './carriers.ts';
import type { ScanView } from './finding-input.ts';
import { type Holding, holdingFrom } from './holdings.ts';
import type { Match } from './rule.ts';
import { counted, listed, registryName } from './words.ts';

/** What a policy brings, with what all findings about one have in common. */
export interface CarriedHolding {
  readonly holding: Holding;
  /** Its holders: one by name, of more how many. */
  readonly who: string;
  /** The same with some of their ARNs. */
  readonly whom: string;
  readonly places: string;
  /** The policy, or what could not be read. */
  readonly by: string;
  readonly match: Omit<Match, 'title' | 'what'>;
}

/** Holds a policy against the actions that it brings. */
export function carriedHolding(
  { policy, unread, about, accountId, parts }: Carrier,
  { actions, scan }: { readonly actions: readonly string[]; readonly scan: ScanView },
): CarriedHolding | null {
  const holders = [...new Map(parts.map(({ principal }) => [principal.id, principal])).values()];
  const [first] = holders;
  if (first === undefined) {
    return null;
  }
  const holding = holdingFrom(parts, { actions, scan, carrier: policy ?? undefined });
  const { repositories, registries, conditions, toCome, reasons, doubts } = holding;
  const only = holders.length === 1 ? first : null;
  const accounts = new Set([accountId, ...holders.map((holder) => holder.accountId)]);
  const isInline = policy === null || policy.startsWith(`${first.arn}#`);
  const [repository] = repositories;
  const isOfRepository = policy === null && repositories.length === 1 && repository !== undefined;
  return {
    holding,
    who: only === null ? `${holders.length} principals` : only.name,
    whom:
      only === null
        ? `${listed(holders.map(({ arn }) => arn))} (${counted(holders.length, 'principal', 'principals')})`
        : only.arn,
    by: policy ?? `what could not be read: ${listed(unread)}`,
    places: [
      ...(repositories.length > 0 ? [counted(repositories.length, 'repository', 'repositories')] : []),
      ...(registries.length > 0 ? [counted(registries.length, 'registry', 'registries')] : []),
    ].join(' and '),
    match: {
      about,
      accountId: accounts.size === 1 ? accountId : null,
      region: null,
      resource: isOfRepository ? repository.arn : isInline ? first.arn : policy,
      ...(only === null ? {} : { principal: { id: only.id, arn: only.arn } }),
      repositories,
      rights: [...holding.actions, ...registryRights(registries, scan)],
      conditions,
      principals: holders.map(({ id }) => id),
      toCome,
      isProduction: holding.isProduction,
      // Nobody knows that it is so.
      isLessGrave: policy === null,
      reasons,
      doubts,
    },
  };
}

/** Where actions of registries hold. One more region of an account of which all are covered makes it no wider. */
function registryRights(registries: Holding['registries'], { snapshot }: ScanView): string[] {
  return [...Map.groupBy(registries, ({ accountId }) => accountId)].flatMap(([accountId, held]) =>
    held.length === snapshot.accounts.get(accountId)?.regions.size
      ? [`every registry of ${accountId}`]
      : held.map(registryName),
  );
}
