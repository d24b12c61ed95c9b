import type { Coverage, FindingException, FindingState, Severity } from '@ecr-audit/access';
import { SEVERITIES } from '@ecr-audit/access';
import { z } from 'zod';
import { listCoverage } from '../queries/coverage.ts';
import type { Sql } from '../sql.ts';
import { boundExceptions } from './bound-exceptions.ts';
import { findingColumns, stateOf } from './finding-rows.ts';

/** What is known of a target before another scan of it is judged. */
export interface JudgedBefore {
  /** The scan before; null for the first one. */
  readonly scanId: string | null;
  /** Version of the rules that judged it; null where none did. */
  readonly judgedBy: string | null;
  readonly coverage: readonly Coverage[] | null;
  /** Those that are not resolved, and of the others those that were asked for. */
  readonly states: readonly FindingState[];
  /** Bound to what they approve, and not withdrawn. */
  readonly exceptions: readonly FindingException[];
  /** What people have been told; null before they were told anything at all. */
  readonly said: readonly { readonly fingerprint: string; readonly severity: Severity }[] | null;
}

const saidSchema = z.object({ fingerprint: z.string(), severity: z.enum(SEVERITIES) });

// More lines than any organization has: accounts by regions by sources.
const coverageLinesMax = 1_000_000;

/**
 * Reads what the findings of a target were. Those that are resolved come only for these fingerprints. Until the transaction
 * ends nobody else changes one of them: what people do meanwhile comes after the scan.
 */
export async function readJudgedBefore(
  sql: Sql,
  { targetId, scanId, fingerprints }: { targetId: number; scanId: string; fingerprints: readonly string[] },
): Promise<JudgedBefore> {
  const [before] = await sql<{ id: string; judgedBy: string | null }[]>`
    select id, judged_by as "judgedBy" from audit.scan
    where target_id = ${targetId} and evaluation is not null and id <> ${scanId}
    order by evaluation desc limit 1`;
  const [judged] = await sql`
    select from audit.scan where target_id = ${targetId} and judged_by is not null and id <> ${scanId} limit 1`;
  const states = await sql`
    select ${findingColumns(sql)} from audit.finding
    where target_id = ${targetId}
      and (status <> 'resolved'
        or fingerprint in (select jsonb_array_elements_text(${JSON.stringify(fingerprints)}::text::jsonb)))
    for update`;
  const said = await sql`
    select fingerprint, told_severity as severity from audit.finding
    where target_id = ${targetId} and told_severity is not null`;
  return {
    scanId: before?.id ?? null,
    judgedBy: before?.judgedBy ?? null,
    coverage: before === undefined ? null : await listCoverage(sql, before.id, { limit: coverageLinesMax }),
    states: states.map(stateOf),
    exceptions: await boundExceptions(sql, targetId),
    said: judged === undefined ? null : said.map((row) => saidSchema.parse(row)),
  };
}
