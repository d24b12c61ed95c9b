import { type FindingException, findingScopeSchema, SEVERITIES } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';

const exceptionSchema = z.object({
  id: z.string(),
  fingerprint: z.string(),
  approvedBy: z.string(),
  reason: z.string(),
  approvedAt: z.string(),
  until: z.string(),
  severity: z.enum(SEVERITIES),
  scope: z.string().transform((text) => findingScopeSchema.parse(JSON.parse(text))),
});

/** The exceptions of a target that nobody has withdrawn, also those whose time is over; of one finding or of all. */
export async function boundExceptions(
  sql: Sql,
  targetId: number,
  fingerprint: string | null = null,
): Promise<FindingException[]> {
  const rows = await sql`
    select id, fingerprint, approved_by as "approvedBy", reason, approved_at as "approvedAt", until, severity,
      scope::text as scope
    from audit.exception
    where target_id = ${targetId} and withdrawn_at is null
      and (${fingerprint}::text is null or fingerprint = ${fingerprint})
    order by approved_at, id`;
  return rows.map((row) => exceptionSchema.parse(row));
}
