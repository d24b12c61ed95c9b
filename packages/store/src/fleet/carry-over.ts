import { StoreError } from '../errors.ts';
import type { Sql } from '../sql.ts';

/**
 * Takes everything but some accounts over from the latest completed scan of the target: what it read, what it could not
 * read, and when. Contents are addressed by their hash, so only rows of ids are copied.
 *
 * INVARIANT: nothing of `onlyAccounts` is taken over. What cannot be read of them now is unknown, whatever it was before.
 * Throws `nothingToCarry` where that scan does not know all of these accounts, or its parts are forgotten.
 */
export async function carryOver(
  sql: Sql,
  {
    scanId,
    targetId,
    onlyAccounts,
  }: { readonly scanId: string; readonly targetId: number; readonly onlyAccounts: readonly string[] },
): Promise<void> {
  const [latest] = await sql<{ id: string; parts: number }[]>`
    select id, (select count(*) from audit.scan_part where scan_id = scan.id)::int as parts
    from audit.scan where target_id = ${targetId} and evaluation is not null
    order by evaluation desc limit 1`;
  if (latest === undefined || latest.parts === 0) {
    throw new StoreError(
      'nothingToCarry',
      'some accounts alone cannot be scanned before the whole target was: scan it without naming accounts first',
    );
  }
  const only = JSON.stringify(onlyAccounts);
  const unknown = await sql<{ account: string }[]>`
    select account from jsonb_array_elements_text(${only}::text::jsonb) as named (account)
    where not exists (
      select from audit.coverage where scan_id = ${latest.id} and coverage.account_id = named.account
    ) order by account`;
  if (unknown.length > 0) {
    throw new StoreError(
      'nothingToCarry',
      `account \`${unknown[0]?.account}\` is not in the latest scan of the target: scan the whole target to take it in`,
    );
  }
  await sql`
    insert into audit.scan_part (scan_id, path, hash)
    select ${scanId}::uuid, path, hash from audit.scan_part
    where scan_id = ${latest.id} and path <> 'snapshot.json'
      and not (split_part(path, '/', 1) = 'accounts' and ${only}::text::jsonb ? split_part(path, '/', 2))
    on conflict (scan_id, path) do nothing`;
  // What only the evaluation found out, it finds out again.
  await sql`
    insert into audit.collection_gap (scan_id, step, account_id, region, source, resource, reason, message)
    select ${scanId}::uuid, step, account_id, region, source, resource, reason, message
    from audit.collection_gap
    where scan_id = ${latest.id} and step <> 'assembly'
      and (account_id is null or not ${only}::text::jsonb ? account_id)
    on conflict (scan_id, step, account_id, region, source, resource) do nothing`;
  await sql`
    insert into audit.scan_step (scan_id, step, source, account_id, region, done_at, carried_from)
    select distinct on (step) ${scanId}::uuid, concat_ws(':', source, account, region) as step,
      source, account, region, read_at, carried_from
    from (
      select coverage.source, coverage.region,
        case when coverage.source = 'organization' then null else coverage.account_id end as account,
        coalesce(coverage.read_at, scan.taken_at) as read_at,
        coalesce(before.carried_from, scan.id) as carried_from
      from audit.coverage join audit.scan on scan.id = coverage.scan_id
      left join audit.scan_step before
        on before.scan_id = scan.id and before.source = coverage.source and before.region is not distinct from coverage.region
        and (before.account_id = coverage.account_id or before.source = 'organization')
      where coverage.scan_id = ${latest.id} and coverage.source in ('organization', 'iam', 'ecr')
        and (coverage.source = 'organization' or not ${only}::text::jsonb ? coverage.account_id)
    ) as covered
    order by step, read_at
    on conflict (scan_id, step) do nothing`;
}
