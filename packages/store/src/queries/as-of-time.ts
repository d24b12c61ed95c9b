import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { type AsOf, findAsOf } from './as-of.ts';

const momentSchema = z.object({ scanId: z.string(), takenAt: z.string(), completedAt: z.string() });

/** A completed scan in both times, ISO: `takenAt` is when it was so, `completedAt` when we knew. */
export type ScanMoment = Readonly<z.infer<typeof momentSchema>>;

/** What is known of a time. */
export type KnownOfTime =
  | { readonly kind: 'scanned'; readonly asOf: AsOf }
  /** It is before the first scan of the target that was evaluated. */
  | { readonly kind: 'beforeFirst'; readonly first: ScanMoment }
  | { readonly kind: 'neverScanned' };

/** The scan that tells of a time (ISO): the last one of a target that was taken no later. */
export async function findAsOfTime(
  sql: Sql,
  { targetKey, at }: { readonly targetKey: string; readonly at: string },
): Promise<KnownOfTime> {
  const [row] = await sql<{ id: string }[]>`
    select scan.id from audit.scan join audit.target on target.id = scan.target_id
    where target.key = ${targetKey} and scan.evaluation is not null and scan.taken_at <= ${at}
    order by scan.evaluation desc
    limit 1`;
  const asOf = row === undefined ? null : await findAsOf(sql, { scanId: row.id });
  if (asOf !== null) {
    return { kind: 'scanned', asOf };
  }
  const [first] = await sql`
    select scan.id as "scanId", scan.taken_at as "takenAt", scan.completed_at as "completedAt"
    from audit.scan join audit.target on target.id = scan.target_id
    where target.key = ${targetKey} and scan.evaluation is not null
    order by scan.evaluation
    limit 1`;
  return first === undefined ? { kind: 'neverScanned' } : { kind: 'beforeFirst', first: momentSchema.parse(first) };
}

/** A scan and the one of its target after it, which is null for the latest. */
export interface ScanTimes {
  readonly scan: ScanMoment;
  readonly next: ScanMoment | null;
}

/** Between which scans an answer stands: what changed in between shows in the next one only. */
export async function scanTimes(sql: Sql, { targetId, evaluation }: AsOf): Promise<ScanTimes> {
  const rows = await sql`
    select id as "scanId", taken_at as "takenAt", completed_at as "completedAt"
    from audit.scan
    where target_id = ${targetId} and evaluation >= ${evaluation}
    order by evaluation
    limit 2`;
  const [scan, next = null] = rows.map((row) => momentSchema.parse(row));
  if (scan === undefined) {
    throw new Error(`evaluation ${evaluation} is not in the database`);
  }
  return { scan, next };
}
