import { z } from 'zod';
import type { Sql } from '../sql.ts';

const progressSchema = z.object({
  status: z.enum(['requested', 'collecting', 'evaluating', 'completed', 'failed']),
  failure: z.string().nullable(),
  stepsDone: z.number(),
  stepsTotal: z.number(),
  gaps: z.number(),
});

/** How far a scan is. Steps are added while it reads: an organization tells its accounts, an account its regions. */
export type ScanProgress = Readonly<z.infer<typeof progressSchema>>;

/** Null where there is no scan with this id. */
export async function scanProgress(sql: Sql, scanId: string): Promise<ScanProgress | null> {
  const [row] = await sql`
    select scan.status, scan.failure,
      (select count(*) from audit.scan_step where scan_id = scan.id and done_at is not null) as "stepsDone",
      (select count(*) from audit.scan_step where scan_id = scan.id) as "stepsTotal",
      (select count(*) from (
        select distinct account_id, region, source, resource from audit.collection_gap where scan_id = scan.id
      ) as gap) as gaps
    from audit.scan where scan.id = ${scanId}`;
  return row === undefined ? null : progressSchema.parse(row);
}
