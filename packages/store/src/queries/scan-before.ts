import type { Sql } from '../sql.ts';
import type { AsOf } from './as-of.ts';

/** The id of the scan of the target that was completed before this one; null where it is the first. */
export async function scanBefore(sql: Sql, { targetId, evaluation }: AsOf): Promise<string | null> {
  const [row] = await sql<{ id: string }[]>`
    select id from audit.scan where target_id = ${targetId} and evaluation < ${evaluation}
    order by evaluation desc limit 1`;
  return row?.id ?? null;
}
