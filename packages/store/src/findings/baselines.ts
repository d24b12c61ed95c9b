import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { shown } from './finding-rows.ts';

const baselineSchema = z.object({
  id: z.number(),
  targetKey: z.string(),
  accountId: z.string().nullable(),
  scanId: z.string(),
  takenAt: z.string(),
  approvedBy: z.string(),
  approvedAt: z.string(),
  reason: z.string().nullable(),
});

/** A scan that somebody agreed to, for one account or, where that is null, for the whole target. Times are ISO, UTC. */
export type Baseline = z.output<typeof baselineSchema>;

export interface BaselineToApprove {
  /** A completed scan. */
  readonly scanId: string;
  readonly accountId: string | null;
  readonly by: string;
  readonly at: string;
  readonly reason: string | null;
}

/** Agrees to what a scan found. Null where there is no such completed scan, or it has no such account. */
export async function approveBaseline(sql: Sql, wanted: BaselineToApprove): Promise<Baseline | null> {
  const { scanId, accountId, by, at, reason } = wanted;
  const [row] = await sql<{ id: number }[]>`
    insert into audit.baseline (target_id, account_id, scan_id, approved_by, approved_at, reason)
    select target_id, ${accountId}::text, id, ${shown(by)}, ${at}, ${reason === null ? null : shown(reason)}
    from audit.scan
    where id = ${scanId} and evaluation is not null
      and (${accountId}::text is null or exists (
        select from audit.account where account.target_id = scan.target_id and account_id = ${accountId}))
    returning id`;
  if (row === undefined) {
    return null;
  }
  const [baseline] = await sql`${baselineColumns(sql)} where baseline.id = ${row.id}`;
  return baselineSchema.parse(baseline);
}

/** Those in force, one for each account and one for the target, or all that ever were, the newest first. */
export async function listBaselines(
  sql: Sql,
  { targetKey = null, isHistory = false }: { readonly targetKey?: string | null; readonly isHistory?: boolean },
): Promise<Baseline[]> {
  const rows = await sql`
    ${baselineColumns(sql)}
    where (${targetKey}::text is null or target.key = ${targetKey})
      and (${isHistory} or not exists (
        select from audit.baseline newer
        where newer.target_id = baseline.target_id and newer.account_id is not distinct from baseline.account_id
          and newer.id > baseline.id))
    order by baseline.id desc`;
  return rows.map((row) => baselineSchema.parse(row));
}

function baselineColumns(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`
    select baseline.id, target.key as "targetKey", baseline.account_id as "accountId", baseline.scan_id as "scanId",
      scan.taken_at as "takenAt", approved_by as "approvedBy", approved_at as "approvedAt", reason
    from audit.baseline
    join audit.target on target.id = baseline.target_id
    join audit.scan on scan.id = baseline.scan_id`;
}
