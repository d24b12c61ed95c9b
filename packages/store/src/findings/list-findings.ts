import { FINDING_STATUSES, type FindingStatus, SEVERITIES, type Severity } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { findingColumns, type KeptFinding, stateOf } from './finding-rows.ts';

export interface FindingFilter {
  readonly fingerprint?: string;
  readonly status?: FindingStatus;
  /** This severity and graver ones. */
  readonly severity?: Severity;
  readonly ruleId?: string;
  /** None of the others: null lets every account in. */
  readonly accountIds?: readonly string[] | null;
  /** Part of the ARN of what it is about, without regard to case. */
  readonly resource?: string;
  readonly principalId?: string;
  readonly isAcknowledged?: boolean;
  /** Only those that changed at or after this time, ISO. */
  readonly since?: string;
  /** The last one of the page before. */
  readonly after?: { readonly severity: Severity; readonly id: number };
  readonly limit: number;
}

/** Findings of a target, the gravest first, then in the order in which they came. */
export async function listFindings(sql: Sql, targetId: number, filter: FindingFilter): Promise<KeptFinding[]> {
  const { status = null, severity, ruleId = null, accountIds = null, resource = null, principalId = null } = filter;
  const { fingerprint = null, isAcknowledged = null, since = null, after, limit } = filter;
  const rankMax = severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(severity);
  const afterRank = after === undefined ? -1 : SEVERITIES.indexOf(after.severity);
  const rows = await sql`
    select ${findingColumns(sql)} from audit.finding
    where target_id = ${targetId}
      and (${fingerprint}::text is null or fingerprint = ${fingerprint})
      and (${status}::text is null or status = ${status})
      and severity_rank <= ${rankMax}
      and (${ruleId}::text is null or rule_id = ${ruleId})
      and (${accountIds === null} or account_id in (
        select jsonb_array_elements_text(${JSON.stringify(accountIds ?? [])}::text::jsonb)))
      and (${resource}::text is null or position(lower(${resource}) in lower(resource)) > 0)
      and (${principalId}::text is null or principal_id = ${principalId})
      and (${isAcknowledged}::boolean is null or (acknowledged_at is not null) = ${isAcknowledged})
      and (${since}::timestamptz is null or greatest(changed_at, resolved_at, reopened_at, acknowledged_at) >= ${since})
      and (severity_rank, id) > (${afterRank}, ${after?.id ?? 0})
    order by severity_rank, id
    limit ${limit}`;
  return rows.map(stateOf);
}

const changeSchema = z.object({
  id: z.number(),
  fingerprint: z.string(),
  scanId: z.string().nullable(),
  at: z.string(),
  kind: z.enum(['opened', 'changed', 'resolved', 'reopened', 'archived', 'acknowledged']),
  by: z.string().nullable(),
  why: z.string().nullable(),
  severity: z.enum(SEVERITIES),
  cause: z
    .string()
    .nullable()
    .transform((text): unknown => (text === null ? null : JSON.parse(text))),
});

export type RecordedFindingChange = z.output<typeof changeSchema>;

/** What became of one finding, or what one scan did to all of them, the oldest first. */
export async function listFindingChanges(
  sql: Sql,
  targetId: number,
  filter: {
    readonly fingerprint?: string;
    readonly scanId?: string;
    readonly afterId?: number;
    readonly limit: number;
  },
): Promise<RecordedFindingChange[]> {
  const { fingerprint = null, scanId = null, afterId = 0, limit } = filter;
  const rows = await sql`
    select change.id, finding.fingerprint, change.scan_id as "scanId", change.at, change.kind, change.by, change.why,
      change.severity, change.cause::text as cause
    from audit.finding_change change join audit.finding on finding.id = change.finding_id
    where finding.target_id = ${targetId} and change.id > ${afterId}
      and (${fingerprint}::text is null or finding.fingerprint = ${fingerprint})
      and (${scanId}::uuid is null or change.scan_id = ${scanId})
    order by change.id limit ${limit}`;
  return rows.map((row) => changeSchema.parse(row));
}

const countSchema = z.object({
  status: z.enum(FINDING_STATUSES),
  severity: z.enum(SEVERITIES),
  findings: z.number(),
});

/** How many findings there are of each status and severity. */
export async function countFindings(
  sql: Sql,
  targetId: number,
  accountIds: readonly string[] | null = null,
): Promise<readonly z.output<typeof countSchema>[]> {
  const rows = await sql`
    select status, severity, count(*) as findings from audit.finding
    where target_id = ${targetId}
      and (${accountIds === null} or account_id in (
        select jsonb_array_elements_text(${JSON.stringify(accountIds ?? [])}::text::jsonb)))
    group by status, severity, severity_rank order by status, severity_rank`;
  return rows.map((row) => countSchema.parse(row));
}
