import { z } from 'zod';
import type { CollectionGap, Coverage } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';

const coverageSchema = z.object({
  accountId: z.string(),
  region: z.string().nullable(),
  source: z.enum(['iam', 'ecr', 'cloudtrail', 'organization']),
  status: z.enum(['complete', 'partial', 'notReadable']),
  detail: z.string().nullable(),
  readAt: z.string().nullable(),
});

const gapSchema = z.object({
  id: z.number(),
  accountId: z.string().nullable(),
  region: z.string().nullable(),
  source: z.string(),
  resource: z.string().nullable(),
  reason: z.enum(['accessDenied', 'throttled', 'timeout', 'missingFile', 'notCollected', 'failed']),
  message: z.string(),
});

/** A gap with the id that pages go by. */
export type RecordedGap = CollectionGap & { readonly id: number };

/** Coverage with the time at which it was read (ISO): earlier than the scan where that read other accounts only. */
export type RecordedCoverage = Coverage & { readonly readAt: string | null };

/** How much of each source a scan could read, by account, region and source. Empty until the scan is evaluated. */
export async function listCoverage(
  sql: Sql,
  scanId: string,
  page: {
    readonly after?: { readonly accountId: string; readonly region: string | null; readonly source: string };
    readonly limit: number;
  },
): Promise<RecordedCoverage[]> {
  const { after, limit } = page;
  const rows = await sql`
    select account_id as "accountId", region, source, status, nullif(detail, '') as detail,
      read_at as "readAt"
    from audit.coverage
    where scan_id = ${scanId}
      and (account_id collate "C", coalesce(region, '') collate "C", source collate "C")
        > (${after?.accountId ?? ''}, ${after?.region ?? ''}, ${after?.source ?? ''})
    order by account_id collate "C", coalesce(region, '') collate "C", source collate "C"
    limit ${limit}`;
  return rows.map((row) => coverageSchema.parse(row));
}

/** What a scan could not read, each once though several steps may have met it, in the order in which it was recorded. */
export async function listGaps(
  sql: Sql,
  scanId: string,
  page: { readonly afterId?: number; readonly limit: number },
): Promise<RecordedGap[]> {
  const rows = await sql`
    select min(id) as id, account_id as "accountId", region, source, resource, reason, message
    from audit.collection_gap
    where scan_id = ${scanId}
    group by account_id, region, source, resource, reason, message
    having min(id) > ${page.afterId ?? 0}
    order by min(id)
    limit ${page.limit}`;
  return rows.map((row) => gapSchema.parse(row));
}
