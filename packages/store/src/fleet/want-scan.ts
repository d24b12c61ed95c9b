import { z } from 'zod';
import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';

// The first key of the advisory lock; the second one is the target.
const wantLock = 7_246_203;
// Each waits for the one before, so that more would only run for days.
const waitingMax = 10;

/** What became of the wish for a scan. */
export type WantedScan =
  /** A worker starts it within seconds. */
  | { readonly kind: 'wanted'; readonly scanId: string }
  /** The same was asked for before and has not started yet. */
  | { readonly kind: 'alreadyWanted'; readonly scanId: string }
  | { readonly kind: 'targetUnknown' }
  /** No collector was configured for the target. */
  | { readonly kind: 'targetNotSetUp' }
  /** The latest scan of the target does not know it, so that it would not fit into the rest. */
  | { readonly kind: 'accountUnknown'; readonly accountId: string }
  | { readonly kind: 'tooManyWaiting'; readonly waiting: number };

/**
 * Records that a person wants a scan: of the whole target, or of some accounts with the others as they were read last.
 *
 * `scanId` is a UUID of the caller's choice. Only the row is written; any collector turns it into work.
 */
export async function wantScan(
  store: Store,
  wish: { readonly scanId: string; readonly targetKey: string; readonly onlyAccounts?: readonly string[] },
): Promise<WantedScan> {
  const { scanId, targetKey } = wish;
  const only = wish.onlyAccounts === undefined ? null : JSON.stringify([...new Set(wish.onlyAccounts)].toSorted());
  return await store.sql.begin(async (sql): Promise<WantedScan> => {
    const [row] = await sql`
      select target.id, target_plan.target_id is not null as "isSetUp"
      from audit.target left join audit.target_plan on target_plan.target_id = target.id
      where target.key = ${targetKey}`;
    if (row === undefined) {
      return { kind: 'targetUnknown' };
    }
    const target = targetSchema.parse(row);
    if (!target.isSetUp) {
      return { kind: 'targetNotSetUp' };
    }
    const unknown = only === null ? null : await firstUnknown(sql, target.id, only);
    if (unknown !== null) {
      return { kind: 'accountUnknown', accountId: unknown };
    }
    await sql`select pg_advisory_xact_lock(${wantLock}::int, ${target.id}::int)`;
    const waiting = await sql<{ id: string; isSame: boolean }[]>`
      select id, only_accounts is not distinct from ${only}::text::jsonb as "isSame"
      from audit.scan where target_id = ${target.id} and status = 'requested' and is_wanted`;
    const same = waiting.find(({ isSame }) => isSame);
    if (same !== undefined) {
      return { kind: 'alreadyWanted', scanId: same.id };
    }
    if (waiting.length >= waitingMax) {
      return { kind: 'tooManyWaiting', waiting: waiting.length };
    }
    await sql`
      insert into audit.scan (id, target_id, source, is_wanted, only_accounts)
      values (${scanId}, ${target.id}, 'aws', true, ${only}::text::jsonb)
      on conflict (id) do nothing`;
    return { kind: 'wanted', scanId };
  });
}

const targetSchema = z.object({ id: z.number(), isSetUp: z.boolean() });

async function firstUnknown(sql: Sql, targetId: number, only: string): Promise<string | null> {
  const [unknown] = await sql<{ account: string }[]>`
    with latest as (
      select id from audit.scan where target_id = ${targetId} and evaluation is not null
      order by evaluation desc limit 1
    )
    select account from jsonb_array_elements_text(${only}::text::jsonb) as named (account)
    where not exists (
      select from audit.coverage, latest
      where coverage.scan_id = latest.id and coverage.account_id = named.account
    )
    order by account limit 1`;
  return unknown?.account ?? null;
}
