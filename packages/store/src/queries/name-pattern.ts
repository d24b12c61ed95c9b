import type { Fragment, Sql } from '../sql.ts';
import type { AsOf } from './as-of.ts';

/**
 * The condition that a name is like a pattern in which `*` stands for any characters, letter by letter; true without one.
 *
 * `like` of Postgres does not go back behind a wildcard once what follows it cannot be found any more, so that its time is at
 * most length times length: of names and patterns of 256 characters it is nothing.
 */
export function namedLike(sql: Sql, name: Fragment, pattern: string | undefined): Fragment {
  return pattern === undefined ? sql`true` : sql`${name} like ${likePattern(pattern)} escape '\\'`;
}

/** The condition that an account is one of these; true for null, which is every account. */
export function ofAccounts(sql: Sql, accountId: Fragment, accountIds: readonly string[] | null | undefined): Fragment {
  return accountIds === null || accountIds === undefined
    ? sql`true`
    : sql`${accountId} in (select jsonb_array_elements_text(${JSON.stringify(accountIds)}::text::jsonb))`;
}

/** A pattern of ours in the words of `like`. */
function likePattern(pattern: string): string {
  return pattern.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll(/\*+/g, '%');
}

/**
 * The condition on `audit.principal` that it belongs to an account which the target does not have, or not; true where nothing is
 * asked. Principals of an account that could not be read are of the target all the same. AWS services belong to no account.
 */
export function isExternal(sql: Sql, asOf: AsOf, wanted: boolean | undefined): Fragment {
  return wanted === undefined
    ? sql`true`
    : sql`
      (principal.kind = 'external' and not exists (
        select from audit.account
        where account.target_id = ${asOf.targetId} and account.account_id = principal.account_id
          and account.first_seen_scan <= ${asOf.evaluation} and account.last_seen_scan >= ${asOf.evaluation}
      )) = ${wanted}`;
}
