import { z } from 'zod';
import type { LastAccessedReport } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';

/** Replaces the report of a principal, unless the one that is there was read later. Idempotent. */
export async function saveLastAccessed(sql: Sql, report: LastAccessedReport): Promise<void> {
  await sql`
    with kept as (
      insert into audit.last_accessed_report as known (
        principal_id, account_id, arn, evidence, tracked_from, tracked_until, read_at
      )
      values (
        ${report.principalId}, ${report.accountId}, ${report.arn}, ${report.evidence},
        ${report.trackedFrom}, ${report.trackedUntil}, ${report.readAt}
      )
      on conflict (principal_id) do update set
        account_id = excluded.account_id, arn = excluded.arn, evidence = excluded.evidence,
        tracked_from = excluded.tracked_from, tracked_until = excluded.tracked_until, read_at = excluded.read_at
      where excluded.read_at >= known.read_at
      returning principal_id
    ), entry as (
      select kept.principal_id, entry.action, entry."lastAt" as last_at, entry.region
      from kept, jsonb_to_recordset(${JSON.stringify(report.entries)}::text::jsonb) as entry (
        action text, "lastAt" timestamptz, region text
      )
    ), gone as (
      delete from audit.last_accessed as old using kept
      where old.principal_id = kept.principal_id
        and old.action not in (select entry.action from entry)
    )
    insert into audit.last_accessed (principal_id, action, last_at, region)
    select principal_id, action, last_at, region from entry
    on conflict (principal_id, action) do update set last_at = excluded.last_at, region = excluded.region`;
}

const reportSchema = z.object({
  principalId: z.string(),
  accountId: z.string(),
  arn: z.string(),
  evidence: z.enum(['action', 'service', 'notListed']),
  trackedFrom: z.string(),
  trackedUntil: z.string(),
  readAt: z.string(),
  entries: z.array(
    z.object({
      action: z.string(),
      lastAt: z
        .string()
        .transform((text) => new Date(text).toISOString())
        .nullable(),
      region: z.string().nullable(),
    }),
  ),
});

/** What IAM told of the principals of an account, by unique id. */
export async function listLastAccessed(
  sql: Sql,
  page: { readonly accountId: string; readonly afterId?: string; readonly limit: number },
): Promise<LastAccessedReport[]> {
  const rows = await sql`
    select
      report.principal_id as "principalId", report.account_id as "accountId", report.arn, report.evidence,
      report.tracked_from as "trackedFrom", report.tracked_until as "trackedUntil", report.read_at as "readAt",
      (
        select coalesce(jsonb_agg(
          jsonb_build_object('action', entry.action, 'lastAt', entry.last_at, 'region', entry.region) order by entry.action
        ), '[]')
        from audit.last_accessed entry where entry.principal_id = report.principal_id
      ) as entries
    from audit.last_accessed_report report
    where report.account_id = ${page.accountId} and report.principal_id > ${page.afterId ?? ''}
    order by report.principal_id
    limit ${page.limit}`;
  return rows.map((row) => reportSchema.parse(row));
}

/**
 * The users and roles of an account that hold any right in ECR and whose report is missing or older than `readBefore`,
 * the longest waiting first.
 */
export async function principalsToReadLastAccessed(
  sql: Sql,
  filter: { readonly accountId: string; readonly readBefore: Date; readonly limit: number },
): Promise<{ readonly principalId: string; readonly arn: string }[]> {
  const rows = await sql<{ principalId: string; arn: string }[]>`
    select principal.unique_id as "principalId", max(principal.arn) as arn
    from audit.principal
    left join audit.last_accessed_report report on report.principal_id = principal.unique_id
    where principal.account_id = ${filter.accountId} and principal.kind in ('user', 'role')
      and principal.gone_since_scan is null and principal.access_hash is not null
      and (report.read_at is null or report.read_at < ${filter.readBefore.toISOString()})
    group by principal.unique_id, report.read_at
    order by report.read_at nulls first, principal.unique_id
    limit ${filter.limit}`;
  return [...rows];
}
