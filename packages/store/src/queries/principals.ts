import { z } from 'zod';
import type { PrincipalKind } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { existsAsOf, type AsOf } from './as-of.ts';

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

export interface PrincipalFilter {
  readonly accountId?: string;
  readonly kind?: PrincipalKind;
  readonly arn?: string;
  readonly namePrefix?: string;
  /** The unique id of the last one of the page before. */
  readonly afterId?: string;
  readonly limit: number;
}

/** The principals that existed at a scan, by unique id. */
export async function listPrincipals(sql: Sql, asOf: AsOf, filter: PrincipalFilter): Promise<Principal[]> {
  const { accountId = null, kind = null, arn = null, namePrefix = '', afterId = '', limit } = filter;
  const rows = await sql`
    ${principalColumns(sql)}
    where principal.target_id = ${asOf.targetId} and ${existsAsOf(sql, 'principal', asOf)}
      and (${accountId}::text is null or principal.account_id = ${accountId})
      and (${kind}::text is null or principal.kind = ${kind})
      and (${arn}::text is null or principal.arn = ${arn})
      and starts_with(principal.name, ${namePrefix})
      and principal.unique_id collate "C" > ${afterId}
    order by principal.unique_id collate "C"
    limit ${limit}`;
  return rows.map((row) => principalSchema.parse(row));
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
