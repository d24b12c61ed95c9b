import type { PrincipalRef } from '../principal.ts';
import type { ObservedUse } from './observed-use.ts';
import type { GoneUser } from './report.ts';

interface Context {
  readonly principals: readonly PrincipalRef[];
  /** The accounts whose users and roles were read. */
  readonly accountIds: ReadonlySet<string>;
}

/** Users and roles of accounts that were read, that used something and are not among those that were read. */
export function goneUsers(uses: readonly ObservedUse[], { principals, accountIds }: Context): GoneUser[] {
  const present = new Set(
    principals.flatMap(({ id, kind, accountId, name }) => [id, `${kind}:${accountId ?? ''}/${name}`]),
  );
  const byArn = new Map(principals.map((principal) => [principal.arn, principal]));
  const gone = new Map<string, GoneUser>();
  for (const { principalKey: key, principalAccountId: accountId, principalArn: arn, lastMs, events } of uses) {
    if (accountId === null || !accountIds.has(accountId) || present.has(key) || !isUserOrRole(key)) {
      continue;
    }
    const known = gone.get(key);
    gone.set(key, {
      key,
      accountId,
      arn: arn ?? known?.arn ?? null,
      lastUsedMs: Math.max(lastMs, known?.lastUsedMs ?? 0),
      events: events + (known?.events ?? 0),
      replacedBy: (arn === null ? undefined : byArn.get(arn)) ?? known?.replacedBy ?? null,
    });
  }
  return [...gone.values()].toSorted((a, b) => b.lastUsedMs - a.lastUsedMs || (a.key < b.key ? -1 : 1));
}

function isUserOrRole(key: string): boolean {
  return ['AIDA', 'AROA', 'user:', 'role:'].some((prefix) => key.startsWith(prefix));
}
