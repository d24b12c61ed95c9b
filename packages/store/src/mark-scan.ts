import type { Sql } from './sql.ts';

/** Says that collection has begun. True when that is new; a scan never goes back to an earlier state. */
export async function markScanCollecting(sql: Sql, scanId: string): Promise<boolean> {
  const rows = await sql`
    update audit.scan set status = 'collecting'
    where id = ${scanId} and status = 'requested'
    returning id`;
  return rows.length === 1;
}

/** Says that everything is collected and evaluation has begun. */
export async function markScanEvaluating(sql: Sql, scanId: string): Promise<boolean> {
  const rows = await sql`
    update audit.scan set status = 'evaluating'
    where id = ${scanId} and status in ('requested', 'collecting')
    returning id`;
  return rows.length === 1;
}

/**
 * Says that the scan failed for good, and why. A completed scan stays completed.
 *
 * `failure` is shown to users: it names the place and the remedy, and no secret.
 */
export async function markScanFailed(sql: Sql, scanId: string, failure: string): Promise<boolean> {
  const rows = await sql`
    update audit.scan set status = 'failed', failure = ${failure.toWellFormed().replaceAll('\0', '')}
    where id = ${scanId} and status not in ('completed', 'failed')
    returning id`;
  return rows.length === 1;
}
