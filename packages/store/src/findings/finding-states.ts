import type { FindingState } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { findingColumns, stateOf } from './finding-rows.ts';

/** A finding with whose it is, and the exception that archives it. */
export interface FindingWithException {
  readonly targetKey: string;
  readonly state: FindingState;
  readonly exception: { readonly approvedBy: string; readonly reason: string; readonly until: string } | null;
}

const besideSchema = z.object({
  targetKey: z.string(),
  approvedBy: z.string().nullable(),
  reason: z.string().nullable(),
  until: z.string().nullable(),
});

/** How these findings stand now, in every target that has them, or in one. */
export async function findFindingStates(
  sql: Sql,
  fingerprints: readonly string[],
  targetKey: string | null = null,
): Promise<readonly FindingWithException[]> {
  const rows = await sql`
    select ${findingColumns(sql)}, target.key as "targetKey", exception.approved_by as "approvedBy", exception.reason,
      exception.until
    from audit.finding
    join audit.target on target.id = finding.target_id
    left join audit.exception on exception.id = finding.exception_id
    where finding.fingerprint in (select jsonb_array_elements_text(${JSON.stringify(fingerprints)}::text::jsonb))
      and (${targetKey}::text is null or target.key = ${targetKey})
    order by finding.id`;
  return rows.map((row) => {
    const { targetKey: key, approvedBy, reason, until } = besideSchema.parse(row);
    const exception = approvedBy === null || reason === null || until === null ? null : { approvedBy, reason, until };
    return { targetKey: key, state: stateOf(row), exception };
  });
}
