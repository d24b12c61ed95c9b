import { type AsOf, isKnownAccount, type Store } from '@ecr-audit/store';
import type { Context } from 'hono';
import type { ApiEnvironment } from '../api-environment.ts';
import { Problem } from '../http/problem.ts';
import { checkAccount } from '../resolve-as-of.ts';

/**
 * The accounts whose data the caller may see; null is every account. Every route that is `filtered` in `route-rights.ts` asks this,
 * and leaves out of its answer, of its totals too, what is about other accounts.
 */
export function accountsOf(context: Context<ApiEnvironment>): readonly string[] | null {
  const caller = context.get('caller');
  if (caller === undefined) {
    throw new Error('a route that anybody may ask wants to know whose accounts it may show');
  }
  caller.hasAskedAccounts = true;
  return caller.accounts;
}

/**
 * The accounts that an answer is about: the one that was asked for, else those that the caller may see; null is every account.
 *
 * Throws `accountNotFound` for what the target does not know, because an empty list would look like "nobody", and
 * `accountNotAllowed` for another account than the caller's, whether there is such a one or not.
 */
export async function wantedAccounts(
  context: Context<ApiEnvironment>,
  store: Store,
  asOf: AsOf,
  accountId: string | undefined,
): Promise<readonly string[] | null> {
  const accounts = accountsOf(context);
  if (accountId !== undefined) {
    checkAllowed(context, [accountId]);
    await checkAccount(store, asOf, accountId);
    return [accountId];
  }
  if (accounts !== null) {
    for (const each of accounts) {
      if (await isKnownAccount(store.sql, asOf, each)) {
        return accounts;
      }
    }
    throw new Problem(
      'accountNotFound',
      `target \`${asOf.targetKey}\` has none of the accounts that the credential is limited to: name another \`target\``,
    );
  }
  return null;
}

/** Throws `accountNotAllowed` unless the caller may see all of these; null is what belongs to no single account. */
export function checkAllowed(context: Context<ApiEnvironment>, accountIds: readonly (string | null)[]): void {
  if (!accountIds.every((each) => isAllowed(context, each))) {
    throw notAllowed('this is not about them alone');
  }
}

/** Whether the caller may see what belongs to an account; null belongs to no single one. */
export function isAllowed(context: Context<ApiEnvironment>, accountId: string | null): boolean {
  const accounts = accountsOf(context);
  return accounts === null || (accountId !== null && accounts.includes(accountId));
}

/** The account that an ARN names; null where it names none, or is no ARN. */
export function accountOfArn(arn: string): string | null {
  const [prefix, , , , account = ''] = arn.split(':');
  return prefix === 'arn' && /^\d{12}$/.test(account) ? account : null;
}

/** The problem of a credential that is limited to accounts and asks for more. */
export function notAllowed(why: string): Problem {
  return new Problem('accountNotAllowed', `the credential is limited to accounts, and ${why}`);
}
