import { z } from 'zod';
import type { Sql } from '../sql.ts';

const asOfSchema = z.object({
  scanId: z.string(),
  takenAt: z.string(),
  targetId: z.number(),
  targetKey: z.string(),
  targetName: z.string(),
  evaluation: z.number(),
  isComplete: z.boolean(),
  gaps: z.number(),
});

/**
 * The completed scan that an answer describes.
 *
 * Rows carry the evaluations between which they hold, so questions asked as of one scan agree with each other whatever is
 * evaluated meanwhile. `isComplete` says that nothing which access rests on was left unread; CloudTrail is not among that.
 */
export type AsOf = Readonly<z.infer<typeof asOfSchema>>;

/**
 * The scan to answer from: the one of this id, else the latest of this target, else the latest of all.
 *
 * Null where that scan does not exist or is not completed.
 */
export async function findAsOf(
  sql: Sql,
  wanted: { readonly scanId?: string; readonly targetKey?: string },
): Promise<AsOf | null> {
  const { scanId = null, targetKey = null } = wanted;
  const [row] = await sql`
    select
      scan.id as "scanId", scan.taken_at as "takenAt", scan.evaluation,
      target.id as "targetId", target.key as "targetKey", target.name as "targetName",
      exists (select from audit.coverage where scan_id = scan.id)
        and not exists (
          select from audit.coverage
          where scan_id = scan.id and source <> 'cloudtrail' and status <> 'complete'
        )
        and not exists (
          select from audit.collection_gap
          where scan_id = scan.id and not starts_with(source, 'cloudtrail')
        ) as "isComplete",
      (select count(*) from (
        select distinct account_id, region, source, resource from audit.collection_gap where scan_id = scan.id
      ) as gap) as gaps
    from audit.scan join audit.target on target.id = scan.target_id
    where scan.evaluation is not null
      and (${scanId}::uuid is null or scan.id = ${scanId})
      and (${targetKey}::text is null or target.key = ${targetKey})
    order by scan.evaluation desc
    limit 1`;
  return row === undefined ? null : asOfSchema.parse(row);
}

/** A condition on `audit.principal` or `audit.repository`: it existed at that evaluation. */
export function existsAsOf(
  sql: Sql,
  table: 'principal' | 'repository',
  { evaluation }: AsOf,
): ReturnType<Sql['unsafe']> {
  const name = sql(`audit.${table}`);
  return sql`
    ${name}.first_seen_scan <= ${evaluation}
    and (${name}.gone_since_scan is null or ${name}.gone_since_scan > ${evaluation})`;
}
