import { type PrincipalEntry, statementName } from '@ecr-audit/policy';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { type EcrStatement, ecrStatementsOf, namedAccounts, mayName } from './ecr-statements.ts';
import type { OneSidedGrant, UnknownOtherSide } from './one-sided-grant.ts';
import type { PolicyHolder } from './policy-routes.ts';

/** A statement that reaches from one account to another. */
export type TwoAccountStatement =
  | {
      readonly kind: 'pair';
      readonly side: OneSidedGrant['side'];
      readonly policy: string;
      readonly said: EcrStatement;
      readonly holders: readonly PolicyHolder[];
      /** Of the repository. */
      readonly index: number;
    }
  | {
      readonly kind: 'gone';
      readonly policy: string;
      readonly said: EcrStatement;
      readonly arn: string;
      readonly index: number;
    }
  | { readonly kind: 'unread'; readonly other: UnknownOtherSide };

function accountOf({ callers }: PolicyHolder): string {
  return callers[0]?.ref.accountId ?? '';
}

/** What identity policies say of repositories in accounts that they spell out. */
export function* identityStatements(
  snapshot: Snapshot,
  holders: readonly PolicyHolder[],
  repositories: readonly Repository[],
): Generator<TwoAccountStatement> {
  const byAccount = Map.groupBy(repositories.entries(), ([, { accountId }]) => accountId);
  for (const holder of holders) {
    for (const { policy, named } of holder.routes) {
      for (const said of ecrStatementsOf(named)?.allows ?? []) {
        const others = new Set(namedAccounts(said.statement).filter((id) => id !== accountOf(holder)));
        for (const accountId of said.repositoryActions.length === 0 ? [] : others) {
          const regions = snapshot.accounts.get(accountId)?.regions;
          const isRead = regions !== undefined && [...regions.values()].every((region) => region.repositories !== null);
          if (!isRead) {
            yield {
              kind: 'unread',
              other: { side: 'identity', policy, statement: statementName(said.statement), accountId },
            };
          }
          for (const [index, { arn }] of byAccount.get(accountId) ?? []) {
            if (mayName(said.statement, arn)) {
              yield { kind: 'pair', side: 'identity', policy, said, holders: [holder], index };
            }
          }
        }
      }
    }
  }
}

/** What policies of repositories say of accounts, users and roles elsewhere. */
export function* repositoryStatements(
  snapshot: Snapshot,
  holders: readonly PolicyHolder[],
  repositories: readonly Repository[],
): Generator<TwoAccountStatement> {
  const byAccount = Map.groupBy(holders, accountOf);
  const byArn = new Map(holders.map((holder) => [holder.principal.arn, holder]));
  for (const [index, repository] of repositories.entries()) {
    const named = repository.policy.kind === 'policy' ? repository.policy.named : null;
    for (const said of (named === null ? null : ecrStatementsOf(named))?.allows ?? []) {
      const { principal } = said.statement;
      const entries = principal?.kind === 'readable' && !principal.value.isNegated ? principal.value.entries : [];
      for (const entry of entries) {
        const who = namedBy(entry);
        if (who === null || who.accountId === repository.accountId) {
          continue;
        }
        const policy = repository.arn;
        if ((snapshot.accounts.get(who.accountId)?.iam ?? null) === null) {
          const other = {
            side: 'repository',
            policy,
            statement: statementName(said.statement),
            accountId: who.accountId,
          } as const;
          yield { kind: 'unread', other };
        } else if (who.arn === null) {
          yield { kind: 'pair', side: 'repository', policy, said, holders: byAccount.get(who.accountId) ?? [], index };
        } else {
          const holder = byArn.get(who.arn);
          const isThere = snapshot.accounts.get(who.accountId)?.iam?.principalsByArn.has(who.arn) === true;
          if (holder !== undefined) {
            yield { kind: 'pair', side: 'repository', policy, said, holders: [holder], index };
          } else if (!isThere) {
            yield { kind: 'gone', policy, said, arn: who.arn, index };
          }
        }
      }
    }
  }
}

/** The account or the user or role that an entry names; null for anybody else, of whom the lists of IAM say nothing. */
function namedBy(entry: PrincipalEntry): { readonly accountId: string; readonly arn: string | null } | null {
  if (entry.kind === 'account') {
    return { accountId: entry.accountId, arn: null };
  }
  const found = entry.kind === 'arn' ? /^arn:[^:]*:iam::(\d{12}):(?:user|role)\//.exec(entry.arn)?.[1] : undefined;
  return entry.kind === 'arn' && found !== undefined ? { accountId: found, arn: entry.arn } : null;
}
