import { StoreError } from '../errors.ts';
import type { Sql } from '../sql.ts';

/** What one holder may work on, and nobody else in the fleet. */
export interface Lease {
  /** `account:111122223333`, `activity:111122223333:eu-west-1`. */
  readonly key: string;
  /** A UUID of this very piece of work, so that the same process holds it once. */
  readonly holder: string;
}

/**
 * Takes a lease for `ms`, by the clock of the database. False where somebody else holds it.
 *
 * A row that expires was preferred to an advisory lock. Locks die with their connection at once, a row after `ms`, but the
 * job of a worker that was killed comes back no sooner than that (30 s both). A lock is lost when the server restarts,
 * while the reading goes on; it cannot fence a holder that was stopped for a minute; and pools such as PgBouncer break it.
 */
export async function takeLease(sql: Sql, { key, holder }: Lease, ms: number): Promise<boolean> {
  const rows = await sql`
    insert into audit.lease (key, holder, expires_at)
    values (${key}, ${holder}, clock_timestamp() + ${ms}::int * interval '1 millisecond')
    on conflict (key) do update set holder = excluded.holder, expires_at = excluded.expires_at
      where lease.holder = excluded.holder or lease.expires_at < clock_timestamp()
    returning key`;
  return rows.length === 1;
}

/** Holds a lease for `ms` from now. False where somebody else has taken it meanwhile. */
export async function renewLease(sql: Sql, { key, holder }: Lease, ms: number): Promise<boolean> {
  const rows = await sql`
    update audit.lease set expires_at = clock_timestamp() + ${ms}::int * interval '1 millisecond'
    where key = ${key} and holder = ${holder}
    returning key`;
  return rows.length === 1;
}

export async function releaseLease(sql: Sql, { key, holder }: Lease): Promise<void> {
  await sql`delete from audit.lease where key = ${key} and holder = ${holder}`;
}

/**
 * Makes sure, until the end of the transaction, that nobody else takes the lease. Throws `leaseLost`.
 *
 * INVARIANT: whoever lost a lease writes nothing any more, however late it wakes up.
 */
export async function assertLease(sql: Sql, { key, holder }: Lease): Promise<void> {
  const rows = await sql`select from audit.lease where key = ${key} and holder = ${holder} for share`;
  if (rows.length === 0) {
    throw new StoreError('leaseLost', `the lease \`${key}\` was taken by another worker: this one was not heard of`, {
      retryable: true,
    });
  }
}
