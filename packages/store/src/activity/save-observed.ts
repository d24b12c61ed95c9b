import type { ActivityHole, ActivitySource, ObservedInterval } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';

/**
 * Says which event names are to be seen in an account and region, so that one that was never read counts as missing. Idempotent.
 */
export async function expectEventNames(
  sql: Sql,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  eventNames: readonly string[],
): Promise<void> {
  await sql`
    insert into audit.activity_observed (account_id, region, source, event_name, during)
    select ${accountId}, ${region}, 'lookupEvents', name collate "C", '{}'
    from jsonb_array_elements_text(${JSON.stringify(eventNames)}::text::jsonb) as name
    order by 4
    on conflict (account_id, region, source, event_name) do nothing`;
}

/**
 * Adds stretches of time that were seen whole; what was a hole there is none any more.
 *
 * INVARIANT: nothing is said to be seen of a time whose events are not taken in any more.
 */
export async function saveObserved(
  sql: Sql,
  source: ActivitySource,
  observed: readonly ObservedInterval[],
): Promise<void> {
  if (observed.length === 0) {
    return;
  }
  const rows = JSON.stringify(observed.map(rowOf));
  await sql`
    insert into audit.activity_observed (account_id, region, source, event_name, during)
    select
      "accountId" collate "C", region collate "C", ${source}, "eventName" collate "C",
      range_agg(tstzrange("from", until))
        - coalesce((select tstzmultirange(tstzrange(null, forgotten_before)) from audit.activity_horizon), '{}')
    from jsonb_to_recordset(${rows}::text::jsonb) as seen (
      "accountId" text, region text, "eventName" text, "from" timestamptz, until timestamptz
    )
    group by 1, 2, 4
    order by 1, 2, 4
    on conflict (account_id, region, source, event_name) do update set during = activity_observed.during + excluded.during`;
  await sql`
    with seen as (
      select "accountId" as account_id, region, "eventName" as event_name, range_agg(tstzrange("from", until)) as during
      from jsonb_to_recordset(${rows}::text::jsonb) as seen (
        "accountId" text, region text, "eventName" text, "from" timestamptz, until timestamptz
      )
      group by 1, 2, 3
    )
    update audit.activity_hole as hole set during = hole.during - seen.during
    from seen
    where hole.source = ${source}
      and (hole.account_id, hole.region, hole.event_name) = (seen.account_id, seen.region, seen.event_name)
      and hole.during && seen.during`;
  await deleteEmptyHoles(sql);
}

/** Records stretches of time that could not be seen; a stretch has the reason that it had last. */
export async function saveHoles(sql: Sql, source: ActivitySource, holes: readonly ActivityHole[]): Promise<void> {
  if (holes.length === 0) {
    return;
  }
  const rows = JSON.stringify(holes.map((hole) => ({ ...rowOf(hole), reason: hole.reason, message: hole.message })));
  await sql`
    with failed as (
      select "accountId" as account_id, region, "eventName" as event_name, reason, range_agg(tstzrange("from", until)) as during
      from jsonb_to_recordset(${rows}::text::jsonb) as hole (
        "accountId" text, region text, "eventName" text, reason text, "from" timestamptz, until timestamptz
      )
      group by 1, 2, 3, 4
    )
    update audit.activity_hole as hole set during = hole.during - failed.during
    from failed
    where hole.source = ${source} and hole.reason <> failed.reason
      and (hole.account_id, hole.region, hole.event_name) = (failed.account_id, failed.region, failed.event_name)
      and hole.during && failed.during`;
  await sql`
    insert into audit.activity_hole (account_id, region, source, event_name, reason, during, message)
    select
      "accountId" collate "C", region collate "C", ${source}, "eventName" collate "C", reason collate "C",
      range_agg(tstzrange("from", until)), max(message)
    from jsonb_to_recordset(${rows}::text::jsonb) as hole (
      "accountId" text, region text, "eventName" text, reason text, message text, "from" timestamptz, until timestamptz
    )
    group by 1, 2, 4, 5
    order by 1, 2, 4, 5
    on conflict (account_id, region, source, event_name, reason)
      do update set during = activity_hole.during + excluded.during, message = excluded.message`;
  // A pass reaches back over what was seen before, so its failure takes nothing away there.
  await sql`
    update audit.activity_hole as hole set during = hole.during - seen.during
    from audit.activity_observed as seen
    where (hole.account_id, hole.region, hole.source, hole.event_name)
        = (seen.account_id, seen.region, seen.source, seen.event_name)
      and (hole.account_id, hole.region, hole.event_name) in (
        select "accountId", region, "eventName"
        from jsonb_to_recordset(${rows}::text::jsonb) as failed ("accountId" text, region text, "eventName" text)
      )
      and hole.during && seen.during`;
  await deleteEmptyHoles(sql);
}

async function deleteEmptyHoles(sql: Sql): Promise<void> {
  await sql`delete from audit.activity_hole where isempty(during)`;
}

function rowOf({ accountId, region, eventName, fromMs, untilMs }: ObservedInterval): Readonly<Record<string, string>> {
  return {
    accountId,
    region,
    eventName,
    from: new Date(fromMs).toISOString(),
    until: new Date(untilMs).toISOString(),
  };
}
