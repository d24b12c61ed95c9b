import type { FindingChange, FindingState, Severity } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { shown } from './finding-rows.ts';

export interface FindingsToSave {
  readonly states: readonly FindingState[];
  readonly changes: readonly (FindingChange & { readonly cause?: unknown })[];
  /** What is told with this scan, with the severity that it has. */
  readonly told: readonly { readonly fingerprint: string; readonly severity: Severity }[];
}

/** Writes what is other than before, and nothing else. */
export async function saveFindings(
  sql: Sql,
  { targetId, scanId }: { readonly targetId: number; readonly scanId: string | null },
  { states, changes, told, toldAt }: FindingsToSave & { readonly toldAt: string },
): Promise<void> {
  if (states.length > 0) {
    await sql`
      insert into audit.finding (
        target_id, fingerprint, rule_id, status, severity, account_id, region, resource, principal_id, principal_arn,
        title, content, opened_at, changed_at, resolved_at, reopened_at, acknowledged_by, acknowledged_at,
        exception_id, unseen)
      select ${targetId}, fingerprint, rule_id, status, severity, account_id, region, resource, principal_id,
        principal_arn, title, content::json, opened_at, changed_at, resolved_at, reopened_at, acknowledged_by,
        acknowledged_at, exception_id, unseen
      from json_to_recordset(${JSON.stringify(states.map(rowOf))}::text::json) as row (
        fingerprint text, rule_id text, status text, severity text, account_id text, region text, resource text,
        principal_id text, principal_arn text, title text, content text, opened_at timestamptz,
        changed_at timestamptz, resolved_at timestamptz, reopened_at timestamptz, acknowledged_by text,
        acknowledged_at timestamptz, exception_id uuid, unseen text)
      on conflict (target_id, fingerprint) do update set
        rule_id = excluded.rule_id, status = excluded.status, severity = excluded.severity,
        account_id = excluded.account_id, region = excluded.region, resource = excluded.resource,
        principal_id = excluded.principal_id, principal_arn = excluded.principal_arn, title = excluded.title,
        content = excluded.content, opened_at = excluded.opened_at, changed_at = excluded.changed_at,
        resolved_at = excluded.resolved_at, reopened_at = excluded.reopened_at,
        acknowledged_by = excluded.acknowledged_by, acknowledged_at = excluded.acknowledged_at,
        exception_id = excluded.exception_id, unseen = excluded.unseen,
        -- What is over is told anew when it comes back.
        told_severity = case when excluded.status = 'active' and finding.status = 'active' then finding.told_severity end,
        told_at = case when excluded.status = 'active' and finding.status = 'active' then finding.told_at end`;
  }
  await saveChanges(sql, { targetId, scanId }, changes);
  if (told.length > 0) {
    await sql`
      update audit.finding set told_severity = row.severity, told_at = ${toldAt}
      from json_to_recordset(${JSON.stringify(told)}::text::json) as row (fingerprint text, severity text)
      where finding.target_id = ${targetId} and finding.fingerprint = row.fingerprint`;
  }
}

async function saveChanges(
  sql: Sql,
  { targetId, scanId }: { readonly targetId: number; readonly scanId: string | null },
  changes: FindingsToSave['changes'],
): Promise<void> {
  if (changes.length === 0) {
    return;
  }
  const rows = changes.map(({ fingerprint, kind, at, by, why, cause = null }, place) => ({
    place,
    fingerprint,
    kind,
    at,
    by: by === null ? null : shown(by),
    why: why === null ? null : shown(why),
    cause: cause === null ? null : JSON.stringify(cause),
  }));
  await sql`
    insert into audit.finding_change (finding_id, scan_id, at, kind, by, why, severity, cause)
    select finding.id, ${scanId}::uuid, row.at, row.kind, row.by, row.why, finding.severity, row.cause::json
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as row (
      place integer, fingerprint text, kind text, at timestamptz, by text, why text, cause text)
    join audit.finding on finding.target_id = ${targetId} and finding.fingerprint = row.fingerprint
    order by row.place`;
}

function rowOf({ finding, acknowledged, exceptionId, unseen, ...state }: FindingState): object {
  return {
    fingerprint: finding.fingerprint,
    rule_id: finding.ruleId,
    status: state.status,
    severity: finding.severity,
    account_id: finding.accountId,
    region: finding.region,
    resource: shown(finding.resource),
    principal_id: finding.principal === null ? null : shown(finding.principal.id),
    principal_arn: typeof finding.principal?.arn === 'string' ? shown(finding.principal.arn) : null,
    title: shown(finding.title),
    content: JSON.stringify(finding),
    opened_at: state.openedAt,
    changed_at: state.changedAt,
    resolved_at: state.resolvedAt,
    reopened_at: state.reopenedAt,
    acknowledged_by: acknowledged === null ? null : shown(acknowledged.by),
    acknowledged_at: acknowledged?.at ?? null,
    exception_id: exceptionId,
    unseen: unseen === null ? null : shown(unseen),
  };
}
