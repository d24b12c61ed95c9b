import type { EvaluatedAccount, EvaluatedRepository, PrincipalRef } from '@ecr-audit/access';
import { checkIndexedText } from '../check-text.ts';
import type { Sql } from '../sql.ts';
import type { CoverageToSave } from './evaluation.ts';

/** Which target and which evaluation rows belong to. */
export interface EvaluationKey {
  readonly targetId: number;
  readonly evaluation: number;
}

export async function saveAccounts(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  accounts: readonly EvaluatedAccount[],
): Promise<void> {
  const rows = accounts.map(({ id, name, path }) => ({ id, name, path }));
  await sql`
    insert into audit.account (target_id, account_id, name, path, first_seen_scan, last_seen_scan)
    select ${targetId}, id, name, path, ${evaluation}, ${evaluation}
    from jsonb_to_recordset(${json(rows, 'an account')}::text::jsonb) as row (id text, name text, path text)
    on conflict (target_id, account_id) do update
      set name = excluded.name, path = excluded.path, last_seen_scan = excluded.last_seen_scan`;
}

export async function savePrincipals(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  principals: readonly PrincipalRef[],
): Promise<void> {
  const rows = principals.map(({ id, arn, kind, accountId, name }) => ({ id, arn, kind, account_id: accountId, name }));
  await sql`
    insert into audit.principal (target_id, unique_id, arn, kind, account_id, name, first_seen_scan, last_seen_scan)
    select ${targetId}, id, arn, kind, account_id, name, ${evaluation}, ${evaluation}
    from jsonb_to_recordset(${json(rows, 'a principal')}::text::jsonb)
      as row (id text, arn text, kind text, account_id text, name text)
    on conflict (target_id, unique_id) do update
      set arn = excluded.arn, kind = excluded.kind, account_id = excluded.account_id, name = excluded.name,
        last_seen_scan = excluded.last_seen_scan, gone_since_scan = null`;
}

/** New ones get the next positions in the order of their ARNs, so that neighbours stand in the same rows of sets. */
export async function saveRepositories(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  repositories: readonly EvaluatedRepository[],
): Promise<void> {
  const rows = repositories.map(({ arn, accountId, region, name }) => ({ arn, account_id: accountId, region, name }));
  await sql`
    with listed as (
      select row.*, known.position,
        row_number() over (partition by known.position is null order by row.arn collate "C") as place
      from jsonb_to_recordset(${json(rows, 'a repository')}::text::jsonb)
        as row (arn text, account_id text, region text, name text)
      left join audit.repository known on known.target_id = ${targetId} and known.arn = row.arn
    ), first_free as (
      select coalesce(max(position) + 1, 0) as position from audit.repository where target_id = ${targetId}
    )
    insert into audit.repository (target_id, arn, account_id, region, name, position, first_seen_scan, last_seen_scan)
    select ${targetId}, listed.arn, account_id, region, name,
      coalesce(listed.position, first_free.position + place - 1), ${evaluation}, ${evaluation}
    from listed, first_free
    on conflict (target_id, arn) do update
      set last_seen_scan = excluded.last_seen_scan, gone_since_scan = null`;
}

/** Keeps how much of each source was read, and when: `takenAt`, unless the row or a step of the scan says otherwise. */
export async function saveCoverage(
  sql: Sql,
  { scanId, takenAt }: { readonly scanId: string; readonly takenAt: string },
  coverage: readonly CoverageToSave[],
): Promise<void> {
  const rows = coverage.map(({ accountId, region, source, status, detail, readAt = null }) => ({
    account_id: accountId,
    region,
    source,
    status,
    detail,
    read_at: readAt,
  }));
  await sql`
    insert into audit.coverage (scan_id, account_id, region, source, status, detail, read_at)
    select ${scanId}::uuid, row.account_id, row.region, row.source, status, detail,
      case when status <> 'notReadable' then coalesce(row.read_at, step.done_at, ${takenAt}::timestamptz) end
    from jsonb_to_recordset(${json(rows, 'a coverage')}::text::jsonb)
      as row (account_id text, region text, source text, status text, detail text, read_at timestamptz)
    left join audit.scan_step step on step.scan_id = ${scanId}::uuid and step.source = row.source
      and step.region is not distinct from row.region
      and (step.account_id = row.account_id or step.source = 'organization')`;
}

function json(rows: readonly Readonly<Record<string, string | null>>[], what: string): string {
  for (const row of rows) {
    for (const [field, value] of Object.entries(row)) {
      if (value !== null) {
        checkIndexedText(value, `the ${field} of ${what}`);
      }
    }
  }
  return JSON.stringify(rows);
}
