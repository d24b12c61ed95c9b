import { z } from 'zod';
import type { Sql } from '../sql.ts';

// More at a time are for the next beat.
const scansMax = 100;

/** Scans that a person asked for and nobody has started, the oldest first. */
export async function wantedScans(sql: Sql): Promise<{ readonly scanId: string; readonly targetKey: string }[]> {
  const rows = await sql`
    select scan.id as "scanId", target.key as "targetKey"
    from audit.scan join audit.target on target.id = scan.target_id
    where status = 'requested' and is_wanted
    order by scan.sequence limit ${scansMax}`;
  return rows.map((row) => wantedSchema.parse(row));
}

const wantedSchema = z.object({ scanId: z.string(), targetKey: z.string() });

const stuckSchema = z.object({ scanId: z.string(), isOverdue: z.boolean() });

/**
 * Scans that workers started and of which nothing was heard for `idleMs`: perhaps one long step, perhaps their jobs were lost.
 *
 * `isOverdue` says that one was started more than `overdueMs` ago.
 */
export async function idleScans(
  sql: Sql,
  { idleMs, overdueMs }: { readonly idleMs: number; readonly overdueMs: number },
): Promise<z.infer<typeof stuckSchema>[]> {
  const rows = await sql`
    select scan.id as "scanId",
      started_at < clock_timestamp() - ${overdueMs} * interval '1 millisecond' as "isOverdue"
    from audit.scan
    cross join lateral (
      select max(done_at) as done_at from audit.scan_step where scan_id = scan.id and carried_from is null
    ) as latest
    where status in ('collecting', 'evaluating') and started_at is not null
      and greatest(started_at, latest.done_at) < clock_timestamp() - ${idleMs} * interval '1 millisecond'
    order by scan.sequence limit ${scansMax}`;
  return rows.map((row) => stuckSchema.parse(row));
}

/** The accounts of a target and the regions in which their registries were read, as its latest completed scan knows them. */
export async function knownPlaces(
  sql: Sql,
  targetKey: string,
): Promise<{ readonly accountId: string; readonly regions: readonly string[] }[]> {
  const rows = await sql`
    select coverage.account_id as "accountId",
      coalesce(jsonb_agg(distinct coverage.region order by coverage.region) filter (where coverage.region is not null
        and coverage.source = 'ecr'), '[]') as regions
    from audit.coverage
    where scan_id = (
      select scan.id from audit.scan join audit.target on target.id = scan.target_id
      where target.key = ${targetKey} and evaluation is not null
      order by evaluation desc limit 1
    ) and (source = 'iam' or source = 'ecr')
      and exists (
        select from audit.scan_step step
        where step.scan_id = coverage.scan_id and step.account_id = coverage.account_id
      )
    group by coverage.account_id
    order by coverage.account_id`;
  return rows.map((row) => knownSchema.parse(row));
}

const knownSchema = z.object({ accountId: z.string(), regions: z.array(z.string()) });
