import type { CollectionGap } from '@ecr-audit/access';
import type { Sql } from './sql.ts';

export interface GapsToSave {
  readonly scanId: string;
  /**
   * The step of the collection that found them, such as `ecr:111122223333:eu-west-1`. Its earlier gaps go, so that a step
   * that succeeds at its second attempt leaves none. Without a step the gaps are only added.
   */
  readonly step?: string;
  readonly gaps: readonly CollectionGap[];
}

/** Records what a step of the collection could not read. Idempotent; the gaps of a completed scan stay as they are. */
export async function saveGaps(sql: Sql, { scanId, step, gaps }: GapsToSave): Promise<void> {
  const rows = gaps.map((gap) => ({
    accountId: gap.accountId,
    region: gap.region,
    source: readable(gap.source),
    resource: gap.resource === null ? null : readable(gap.resource),
    reason: gap.reason,
    message: readable(gap.message),
  }));
  // One statement, so that nobody sees the old ones gone and the new ones missing.
  await sql`
    with open_scan as (
      select id from audit.scan where id = ${scanId} and status <> 'completed'
    ), found as (
      select distinct on (account_id, region, source, resource) *
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as gap (
        "accountId" text, region text, source text, resource text, reason text, message text
      ) cross join lateral (select "accountId" as account_id) as named
    ), gone as (
      delete from audit.collection_gap as gap using open_scan
      where gap.scan_id = open_scan.id and ${step !== undefined} and gap.step = ${step ?? ''}
        and not exists (
          select from found
          where (found.account_id, found.region, found.source, found.resource)
            is not distinct from (gap.account_id, gap.region, gap.source, gap.resource)
        )
    )
    insert into audit.collection_gap (scan_id, step, account_id, region, source, resource, reason, message)
    select open_scan.id, ${step ?? ''}, account_id, region, source, resource, reason, message
    from found, open_scan
    on conflict (scan_id, step, account_id, region, source, resource)
      do update set reason = excluded.reason, message = excluded.message`;
}

/** The gaps of a scan, sorted by account, region, source and resource. */
export async function readGaps(sql: Sql, scanId: string): Promise<CollectionGap[]> {
  return [
    ...(await sql<CollectionGap[]>`
      select distinct account_id as "accountId", region, source, resource, reason, message
      from audit.collection_gap
      where scan_id = ${scanId}
      order by account_id, region, source, resource, reason, message`),
  ];
}

// A gap is a report of a failure, so an unprintable name must not be one more.
function readable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
