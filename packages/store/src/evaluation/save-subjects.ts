import type { Coverage, EvaluatedAccount, EvaluatedRepository, PrincipalRef } from '@ecr-audit/access';
import { checkIndexedText } from '../check-text.ts';
import type { Sql } from '../sql.ts';

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

/** Returns our ids by AWS unique id. */
export async function savePrincipals(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  principals: readonly PrincipalRef[],
): Promise<ReadonlyMap<string, number>> {
  const rows = principals.map(({ id, arn, kind, accountId, name }) => ({ id, arn, kind, account_id: accountId, name }));
  const saved = await sql<{ id: number; uniqueId: string }[]>`
    insert into audit.principal (target_id, unique_id, arn, kind, account_id, name, first_seen_scan, last_seen_scan)
    select ${targetId}, id, arn, kind, account_id, name, ${evaluation}, ${evaluation}
    from jsonb_to_recordset(${json(rows, 'a principal')}::text::jsonb)
      as row (id text, arn text, kind text, account_id text, name text)
    on conflict (target_id, unique_id) do update
      set arn = excluded.arn, kind = excluded.kind, account_id = excluded.account_id, name = excluded.name,
        last_seen_scan = excluded.last_seen_scan, gone_since_scan = null
    returning id, unique_id as "uniqueId"`;
  return new Map(saved.map(({ id, uniqueId }) => [uniqueId, id]));
}

/** Returns our ids by ARN. */
export async function saveRepositories(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  repositories: readonly EvaluatedRepository[],
): Promise<ReadonlyMap<string, number>> {
  const rows = repositories.map(({ arn, accountId, region, name }) => ({ arn, account_id: accountId, region, name }));
  const saved = await sql<{ id: number; arn: string }[]>`
    insert into audit.repository (target_id, arn, account_id, region, name, first_seen_scan, last_seen_scan)
    select ${targetId}, arn, account_id, region, name, ${evaluation}, ${evaluation}
    from jsonb_to_recordset(${json(rows, 'a repository')}::text::jsonb)
      as row (arn text, account_id text, region text, name text)
    on conflict (target_id, arn) do update
      set last_seen_scan = excluded.last_seen_scan, gone_since_scan = null
    returning id, arn`;
  return new Map(saved.map(({ id, arn }) => [arn, id]));
}

export async function saveCoverage(sql: Sql, scanId: string, coverage: readonly Coverage[]): Promise<void> {
  const rows = coverage.map(({ accountId, region, source, status, detail }) => ({
    account_id: accountId,
    region,
    source,
    status,
    detail,
  }));
  await sql`
    insert into audit.coverage (scan_id, account_id, region, source, status, detail)
    select ${scanId}::uuid, account_id, region, source, status, detail
    from jsonb_to_recordset(${json(rows, 'a coverage')}::text::jsonb)
      as row (account_id text, region text, source text, status text, detail text)`;
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
