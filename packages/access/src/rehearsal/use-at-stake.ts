import { capabilitiesShownBy } from '../activity/capability-use.ts';
import { has } from '../bit-set.ts';
import type { EvaluatedRepository } from '../evaluate/evaluate-snapshot.ts';
import type { PrincipalRef } from '../principal.ts';
import type { AccessChange, ChangedPrincipals } from './fold-changes.ts';
import type { ChangeKind } from './side.ts';

/** What somebody was seen to do, and when last. */
export interface LatestUse {
  /** As activity is kept under: the unique id of a user or role, `root:ACCOUNT`, `service:NAME`. */
  readonly principalId: string;
  /** Null where it is not known. */
  readonly principalArn: string | null;
  readonly principalAccountId: string | null;
  /** Null for an action of the registry itself. */
  readonly repositoryArn: string | null;
  /** Of the registry. */
  readonly accountId: string;
  readonly region: string;
  readonly action: string;
  /** ISO 8601. */
  readonly lastUsedAt: string;
}

/** A use that would not be possible any more, or only under another condition. */
export interface UseAtStake {
  readonly principal: PrincipalRef;
  readonly use: LatestUse;
  readonly kind: Extract<ChangeKind, 'lost' | 'narrowed' | 'altered'>;
  /** False where it is not known whether the access is there before or after. */
  readonly isCertain: boolean;
  /** The action that was used, and what else falls with it: capabilities that its use shows. */
  readonly loses: readonly string[];
}

/** Finds the uses that a change would take away or bind to another condition, the latest first. */
export function usesAtStake(
  groups: readonly ChangedPrincipals[],
  {
    uses,
    repositories,
    everybody,
  }: {
    readonly uses: readonly LatestUse[];
    readonly repositories: readonly EvaluatedRepository[];
    /** Every principal that was compared or not: a use of one that is listed is never that of "anyone". */
    readonly everybody: readonly PrincipalRef[];
  },
): UseAtStake[] {
  const indices = new Map(repositories.map(({ arn }, index) => [arn, index]));
  const users = createUsers(uses, everybody);
  return groups
    .flatMap(({ principals, changes }) => {
      const risky = changes.filter(({ kind }) => kind === 'lost' || kind === 'narrowed' || kind === 'altered');
      return risky.length === 0
        ? []
        : principals.flatMap((principal) => users(principal).flatMap((use) => stakeOf(principal, use, risky, indices)));
    })
    .toSorted((a, b) => (a.use.lastUsedAt < b.use.lastUsedAt ? 1 : a.use.lastUsedAt > b.use.lastUsedAt ? -1 : 0));
}

function stakeOf(
  principal: PrincipalRef,
  use: LatestUse,
  changes: readonly AccessChange[],
  indices: ReadonlyMap<string, number>,
): UseAtStake[] {
  const index = use.repositoryArn === null ? undefined : indices.get(use.repositoryArn);
  const shown: readonly string[] = capabilitiesShownBy(use.action);
  const hits = changes.flatMap((change) => {
    const isThere =
      change.set === null
        ? change.registries.some(({ accountId, region }) => accountId === use.accountId && region === use.region)
        : index !== undefined && has(change.set, index);
    const loses = [...change.actions, ...change.capabilities].filter(
      (name) => name === use.action || shown.includes(name),
    );
    return isThere && loses.length > 0 ? [{ change, loses }] : [];
  });
  const worst = KINDS.find((kind) => hits.some(({ change }) => change.kind === kind));
  if (worst === undefined) {
    return [];
  }
  const alike = hits.filter(({ change }) => change.kind === worst);
  return [
    {
      principal,
      use,
      kind: worst,
      isCertain: alike.some(({ change }) => change.isCertain),
      loses: [...new Set(alike.flatMap(({ loses }) => loses))],
    },
  ];
}

const KINDS = ['lost', 'narrowed', 'altered'] as const;

/**
 * The uses of a principal. A session is its role's, since activity is kept by role. An account that is not ours stands for its
 * principals, and anyone for whoever is not ours, save those that are listed by themselves.
 */
function createUsers(
  uses: readonly LatestUse[],
  everybody: readonly PrincipalRef[],
): (principal: PrincipalRef) => readonly LatestUse[] {
  const byId = Map.groupBy(uses, ({ principalId }) => principalId);
  const byArn = Map.groupBy(
    uses.filter(({ principalArn }) => principalArn !== null),
    ({ principalArn }) => principalArn,
  );
  const ownAccounts = new Set(everybody.filter(({ kind }) => kind !== 'external').map(({ accountId }) => accountId));
  const listed = new Set(everybody.map(({ arn }) => arn));
  const accounts = new Set(everybody.filter(isAccount).map(({ accountId }) => accountId));
  const strangers = uses.filter(
    ({ principalArn, principalAccountId }) =>
      principalAccountId !== null &&
      !ownAccounts.has(principalAccountId) &&
      !(principalArn !== null && listed.has(principalArn)),
  );
  const byAccount = Map.groupBy(strangers, ({ principalAccountId }) => principalAccountId);
  const unclaimed = strangers.filter(({ principalAccountId }) => !accounts.has(principalAccountId));
  return (principal) => {
    switch (principal.kind) {
      case 'session':
        return byId.get(principal.id.slice(0, principal.id.indexOf(':'))) ?? [];
      case 'external':
        return principal.arn === '*'
          ? unclaimed
          : isAccount(principal)
            ? (byAccount.get(principal.accountId) ?? [])
            : (byArn.get(principal.arn) ?? []);
      default:
        // Events that lack the unique id are kept under the name.
        return [
          ...(byId.get(principal.id) ?? []),
          ...(byId.get(`${principal.kind}:${principal.accountId ?? ''}/${principal.name}`) ?? []),
        ];
    }
  };
}

function isAccount({ kind, arn }: PrincipalRef): boolean {
  return kind === 'external' && arn.endsWith(':root');
}
