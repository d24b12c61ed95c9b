import { z } from 'zod';
import type { Sql } from '../sql.ts';
import type { AsOf } from './as-of.ts';
import { ofAccounts } from './name-pattern.ts';

const accountSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  path: z.string(),
  coverage: z.array(
    z.object({
      region: z.string().nullable(),
      source: z.enum(['iam', 'ecr', 'cloudtrail', 'organization']),
      status: z.enum(['complete', 'partial', 'notReadable']),
      detail: z.string().nullable(),
    }),
  ),
});

/** An account of a target and how much of it the scan could read, by source and region. */
export type Account = Readonly<z.infer<typeof accountSchema>>;

/** The accounts that a scan saw, by account id. `afterAccountId` is the last one of the page before. */
export async function listAccounts(
  sql: Sql,
  asOf: AsOf,
  page: {
    /** Only these; null is every account. */
    readonly accountIds?: readonly string[] | null;
    readonly afterAccountId?: string;
    readonly limit: number;
  },
): Promise<Account[]> {
  const rows = await sql`
    select account.account_id as "accountId", account.name, account.path, read.coverage
    from audit.account
    cross join lateral (
      select coalesce(
        jsonb_agg(
          jsonb_build_object('region', region, 'source', source, 'status', status, 'detail', nullif(detail, ''))
          order by region collate "C" nulls first, source collate "C"
        ), '[]') as coverage
      from audit.coverage
      where coverage.scan_id = ${asOf.scanId} and coverage.account_id = account.account_id
    ) as read
    where account.target_id = ${asOf.targetId}
      and account.first_seen_scan <= ${asOf.evaluation} and account.last_seen_scan >= ${asOf.evaluation}
      and ${ofAccounts(sql, sql`account.account_id`, page.accountIds)}
      and account.account_id collate "C" > ${page.afterAccountId ?? ''}
    order by account.account_id collate "C"
    limit ${page.limit}`;
  return rows.map((row) => accountSchema.parse(row));
}

/** Whether a target knows the account: as one of its own, or as that of a principal which a policy names. */
export async function isKnownAccount(sql: Sql, asOf: AsOf, accountId: string): Promise<boolean> {
  const [row] = await sql<{ isKnown: boolean }[]>`
    select
      exists (select from audit.account where target_id = ${asOf.targetId} and account_id = ${accountId})
      or exists (select from audit.principal where target_id = ${asOf.targetId} and account_id = ${accountId})
      as "isKnown"`;
  return row?.isKnown === true;
}
