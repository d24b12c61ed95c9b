import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';

// A statement that deletes more holds its locks for seconds, and its rows stay in memory until it commits.
const batchRows = 2_000;
// Beyond this the rest waits for the next run, so that one run is bounded.
const batchesMax = 500;

export interface ForgottenScans {
  readonly scans: number;
  readonly parts: number;
  readonly outboxRows: number;
}

/**
 * Forgets what old scans read, and messages that were delivered long ago, in batches.
 *
 * Answers, gaps and coverage of every scan stay: history says what was allowed and what was not seen. What goes is what an
 * answer could be explained from again, never that of a target's latest scan or baseline. A scan that saves the same content at the very
 * same time is refused by its foreign key, and its step runs again: a lock against that would have to be taken by every step.
 */
export async function forgetOldScans(
  store: Store,
  { scansBefore, deliveredBefore }: { readonly scansBefore: Date; readonly deliveredBefore: Date },
): Promise<ForgottenScans> {
  const before = scansBefore.toISOString();
  const scanRows = await inBatches(async () => await forgetScanRows(store.sql, before));
  const parts = await inBatches(async () => await forgetParts(store.sql));
  const outboxRows = await inBatches(async () => await forgetDelivered(store.sql, deliveredBefore.toISOString()));
  await store.sql`delete from audit.lease where expires_at < clock_timestamp() - interval '1 hour'`;
  return { scans: scanRows, parts, outboxRows };
}

async function inBatches(forget: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const forgotten = await forget();
    total += forgotten;
    if (forgotten === 0) {
      break;
    }
  }
  return total;
}

/** One scan a batch: some thousand rows of parts and steps. */
async function forgetScanRows(sql: Sql, before: string): Promise<number> {
  const [row] = await sql<{ scans: number }[]>`
    with old as (
      select id from audit.scan
      where coalesce(completed_at, requested_at) < ${before} and status in ('completed', 'failed')
        and (exists (select from audit.scan_part where scan_id = scan.id)
          or exists (select from audit.scan_step where scan_id = scan.id))
        and id not in (
          select distinct on (target_id) id from audit.scan where evaluation is not null
          order by target_id, evaluation desc
        )
        -- Drift since a baseline that is in force may be asked for.
        and id not in (
          select distinct on (target_id, account_id) scan_id from audit.baseline order by target_id, account_id, id desc
        )
      order by sequence limit 1
    ), parts as (
      delete from audit.scan_part where scan_id in (select id from old)
    ), steps as (
      delete from audit.scan_step where scan_id in (select id from old)
    )
    select count(*)::int as scans from old`;
  return row?.scans ?? 0;
}

async function forgetParts(sql: Sql): Promise<number> {
  const rows = await sql`
    delete from audit.snapshot_part
    where hash in (
      select hash from audit.snapshot_part
      where not exists (select from audit.scan_part where scan_part.hash = snapshot_part.hash)
      limit ${batchRows}
    ) and not exists (select from audit.scan_part where scan_part.hash = snapshot_part.hash)
    returning 1`;
  return rows.length;
}

async function forgetDelivered(sql: Sql, before: string): Promise<number> {
  const rows = await sql`
    delete from audit.outbox
    where id in (
      select id from audit.outbox
      where delivered_at < ${before}
        -- One that was dead and is sent again.
        and not exists (select from audit.outbox_delivery where outbox_id = outbox.id and state = 'waiting')
      limit ${batchRows})
    returning 1`;
  return rows.length;
}
