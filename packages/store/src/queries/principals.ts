import { z } from 'zod';
import type { PrincipalKind } from '@ecr-audit/access';
import type { Fragment, Sql } from '../sql.ts';
import { existsAsOf, type AsOf } from './as-of.ts';
import { isExternal, namedLike, ofAccounts } from './name-pattern.ts';

export const principalKindSchema: z.ZodType<PrincipalKind> = z.enum([
  'user',
  'role',
  'session',
  'federatedUser',
  'root',
  'service',
  'external',
]);

const principalSchema = z.object({
  id: z.string(),
  arn: z.string(),
  kind: principalKindSchema,
  accountId: z.string().nullable(),
  name: z.string(),
  firstSeenAt: z.string(),
  goneSince: z.string().nullable(),
});

/** A principal by its unique id. ARN and name are the latest; the times are those of snapshots, as for a repository. */
export type Principal = Readonly<z.infer<typeof principalSchema>>;

/** What principals can be narrowed by. */
export interface PrincipalSelection {
  /** Of one of these; null is every account. */
  readonly accountIds?: readonly string[] | null;
  readonly kind?: PrincipalKind;
  readonly arn?: string;
  readonly namePrefix?: string;
  /** A name in which `*` stands for any characters. */
  readonly name?: string;
  /** Whether it belongs to an account that the target does not have. */
  readonly isExternal?: boolean;
}

export interface PrincipalFilter extends PrincipalSelection {
  /** Of the unique id where nothing is said. */
  readonly by?: 'id' | 'arn';
  /** The last one of the page before; its ARN, too, where that is the order. */
  readonly afterId?: string;
  readonly afterArn?: string;
  readonly limit: number;
}

/** The principals that existed at a scan, by unique id or by ARN. */
export async function listPrincipals(sql: Sql, asOf: AsOf, filter: PrincipalFilter): Promise<Principal[]> {
  const { by = 'id', afterId = '', afterArn = '', limit } = filter;
  const order =
    by === 'id'
      ? sql`principal.unique_id collate "C"`
      : // Several may have had one ARN; those that are gone are left out, but not while nobody could read whether they are.
        sql`principal.arn collate "C", principal.unique_id collate "C"`;
  const rows = await sql`
    ${principalColumns(sql)}
    where ${isSelected(sql, asOf, filter)}
      and ${
        by === 'id'
          ? sql`principal.unique_id collate "C" > ${afterId}`
          : sql`(principal.arn collate "C", principal.unique_id collate "C") > (${afterArn}, ${afterId})`
      }
    order by ${order}
    limit ${limit}`;
  return rows.map((row) => principalSchema.parse(row));
}

/** How many there are. */
export async function countPrincipals(sql: Sql, asOf: AsOf, selection: PrincipalSelection): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) from audit.principal where ${isSelected(sql, asOf, selection)}`;
  return row?.count ?? 0;
}

function isSelected(sql: Sql, asOf: AsOf, selection: PrincipalSelection): Fragment {
  const { kind = null, arn = null, namePrefix = '', name } = selection;
  return sql`
    principal.target_id = ${asOf.targetId} and ${existsAsOf(sql, 'principal', asOf)}
      and ${ofAccounts(sql, sql`principal.account_id`, selection.accountIds)}
      and (${kind}::text is null or principal.kind = ${kind})
      and (${arn}::text is null or principal.arn = ${arn})
      and starts_with(principal.name, ${namePrefix})
      and ${namedLike(sql, sql`principal.name`, name)}
      and ${isExternal(sql, asOf, selection.isExternal)}`;
}

/** One principal of a target, also one that is gone; null where the target never had it. */
export async function findPrincipal(sql: Sql, asOf: AsOf, id: string): Promise<Principal | null> {
  const [row] = await sql`
    ${principalColumns(sql)} where principal.target_id = ${asOf.targetId} and principal.unique_id = ${id}`;
  return row === undefined ? null : principalSchema.parse(row);
}

function principalColumns(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`
    select
      principal.unique_id as id, principal.arn, principal.kind, principal.account_id as "accountId", principal.name,
      first.taken_at as "firstSeenAt", gone.taken_at as "goneSince"
    from audit.principal
    join audit.scan as first on first.evaluation = principal.first_seen_scan
    left join audit.scan as gone on gone.evaluation = principal.gone_since_scan`;
}
