import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';

// A batch of this size holds its locks for some milliseconds, and a year of a busy registry is gone in minutes.
const rowsPerBatch = 10_000;

/** How many rows of each kind were forgotten. */
export interface ForgottenActivity {
  readonly seen: number;
  readonly changes: number;
  readonly notable: number;
  readonly sessions: number;
  readonly activity: number;
  readonly files: number;
}

/**
 * Forgets what lies before a time: ids of events, changes, sessions, use whose last time is older, and the stretches seen
 * and missed. Use that goes on keeps its first time and its count.
 *
 * From then on older events are not taken in any more, because without their ids they might be counted twice. Deletes in
 * small batches; may be stopped at any moment and called again.
 */
export async function forgetOldActivity(
  store: Store,
  { before }: { readonly before: Date },
): Promise<ForgottenActivity> {
  const { sql } = store;
  const time = before.toISOString();
  await sql`
    insert into audit.activity_horizon (forgotten_before) values (${time})
    on conflict (only_row) do update
      set forgotten_before = greatest(activity_horizon.forgotten_before, excluded.forgotten_before)`;
  await sql`
    update audit.activity_observed set during = during - tstzmultirange(tstzrange(null, ${time}))
    where during && tstzmultirange(tstzrange(null, ${time}))`;
  await sql`
    update audit.activity_hole set during = during - tstzmultirange(tstzrange(null, ${time}))
    where during && tstzmultirange(tstzrange(null, ${time}))`;
  await sql`delete from audit.activity_hole where isempty(during)`;
  return {
    changes: await deleteBatches(
      (limit) => sql`
        delete from audit.change_event where id = any(array(
          select id from audit.change_event where at < ${time} limit ${limit}))`,
    ),
    notable: await deleteBatches(
      (limit) => sql`
        delete from audit.notable_event where id = any(array(
          select id from audit.notable_event where at < ${time} limit ${limit}))`,
    ),
    sessions: await deleteBatches(
      (limit) => sql`
        delete from audit.activity_session where access_key_id = any(array(
          select access_key_id from audit.activity_session where at < ${time} limit ${limit}))`,
    ),
    activity: await deleteBatches(
      (limit) => sql`
        delete from audit.activity where last_at < ${time} and ctid = any(array(
          select ctid from audit.activity where last_at < ${time} limit ${limit}))`,
    ),
    files: await deleteBatches(
      (limit) => sql`
        delete from audit.activity_file where (name, hash) in (
          select name, hash from audit.activity_file where delivered_at < ${time} limit ${limit})`,
    ),
    seen: await deleteBatches(
      (limit) => sql`
        delete from audit.activity_seen where id = any(array(
          select id from audit.activity_seen where at < ${time} limit ${limit}))`,
    ),
  };
}

async function deleteBatches(deleteSome: (limit: number) => ReturnType<Sql['unsafe']>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { count } = await deleteSome(rowsPerBatch);
    deleted += count;
    if (count < rowsPerBatch) {
      return deleted;
    }
  }
}
