import type { ActivityHole, ActivitySource, FoldedEvents, ObservedInterval } from '@ecr-audit/access';
import { copyLine, copyRows } from '../evaluation/copy-rows.ts';
import type { Store } from '../open-store.ts';
import type { Sql } from '../sql.ts';
import { eventUuid } from './event-uuid.ts';
import { type ImportedFile, saveImportedFiles } from './imported-files.ts';
import { saveNotable } from './notable-events.ts';
import { saveChangeEvents } from './save-change-events.ts';
import { saveHoles, saveObserved } from './save-observed.ts';
import { saveRejected } from './save-rejected.ts';
import { saveSessions } from './save-sessions.ts';

export interface ActivityToSave {
  readonly source: ActivitySource;
  /** Where the events were read; null where they come from several places. */
  readonly place: { readonly accountId: string; readonly region: string } | null;
  readonly folded: FoldedEvents;
  readonly observed: readonly ObservedInterval[];
  readonly holes: readonly ActivityHole[];
  /** The files that end with this batch. */
  readonly files: readonly ImportedFile[];
}

export interface SavedActivity {
  /** Uses that were not counted before. */
  readonly uses: number;
  readonly changes: number;
  readonly rejected: number;
}

/**
 * Keeps one batch, all or nothing. Events that were kept before are not counted again, so it may be repeated, and the order
 * of batches is no matter. Events older than what was forgotten are left out.
 *
 * INVARIANT: each step takes its rows in one order, so that two batches wait for each other and never in a circle.
 */
export async function saveActivity(store: Store, batch: ActivityToSave): Promise<SavedActivity> {
  return await store.sql.begin(async (sql) => {
    const uses = await saveUses(sql, batch.source, batch.folded);
    const changes = await saveChangeEvents(sql, batch.source, batch.folded.changes);
    await saveSessions(sql, batch.folded.sessions);
    await saveNotable(sql, batch.folded.notable);
    const rejected = await saveRejected(sql, batch.source, batch.place, batch.folded.rejected);
    await saveObserved(sql, batch.source, batch.observed);
    await saveHoles(sql, batch.source, batch.holes);
    await saveImportedFiles(sql, batch.files);
    return { uses, changes, rejected };
  });
}

async function saveUses(sql: Sql, source: ActivitySource, { groups, uses }: FoldedEvents): Promise<number> {
  if (uses.length === 0) {
    return 0;
  }
  await stageGroups(sql, groups);
  await sql`create temp table incoming_use (id uuid, at timestamptz, place integer) on commit drop`;
  await copyRows(
    sql,
    sql`copy incoming_use from stdin`,
    uses
      .values()
      .map(({ occurrenceId, timeMs, group }) =>
        copyLine([eventUuid(occurrenceId), new Date(timeMs).toISOString(), group]),
      ),
  );
  // Ids by subqueries: each is one step through an index. As joins, before anybody has analysed the tables, Postgres takes
  // nested loops over whole tables, 420 ms for 5,000 events instead of 120.
  const [counted] = await sql<{ uses: number }[]>`
    with fresh as (
      insert into audit.activity_seen (id, at)
      select id, min(at) from incoming_use
      where at >= coalesce((select forgotten_before from audit.activity_horizon), '-infinity')
      group by id order by id
      on conflict (id) do nothing
      returning id
    ), counted as (
      select place, min(at) as first_at, max(at) as last_at, count(*) as events
      from (select id, place, min(at) as at from incoming_use group by id, place) as once join fresh using (id)
      group by place
    ), kept as (
      insert into audit.activity (principal_id, resource_id, action, source, on_behalf_of, first_at, last_at, events)
      select
        (select id from audit.activity_principal principal where principal.key = grouped.key),
        (
          select id from audit.activity_resource resource
          where resource.account_id = grouped.resource_account_id and resource.region = grouped.region
            and resource.repository = grouped.repository
        ),
        grouped.action, ${source}, grouped.on_behalf_of, counted.first_at, counted.last_at, counted.events
      from counted join incoming_group grouped using (place)
      order by 1, 2, 3, 5
      on conflict (principal_id, resource_id, action, source, on_behalf_of) do update set
        first_at = least(activity.first_at, excluded.first_at),
        last_at = greatest(activity.last_at, excluded.last_at),
        events = activity.events + excluded.events
    )
    select coalesce(sum(events), 0)::bigint as uses from counted`;
  await sql`drop table incoming_use, incoming_group`;
  return counted?.uses ?? 0;
}

async function stageGroups(sql: Sql, groups: FoldedEvents['groups']): Promise<void> {
  await sql`
    create temp table incoming_group (
      place integer, key text, kind text, account_id text, arn text, name text, described_at timestamptz,
      resource_account_id text, region text, repository text, action text, on_behalf_of text
    ) on commit drop`;
  await copyRows(
    sql,
    sql`copy incoming_group from stdin`,
    groups
      .values()
      .map(({ actor, describedAtMs, resource, action, onBehalfOf }, place) =>
        copyLine([
          place,
          actor.key,
          actor.kind,
          actor.accountId,
          actor.arn,
          actor.name,
          new Date(describedAtMs).toISOString(),
          resource.accountId,
          resource.region,
          resource.repository ?? '',
          action,
          onBehalfOf ?? '',
        ]),
      ),
  );
  // The one with an ARN, then the latest: whichever batch comes first, the same description stays in the end.
  await sql`
    insert into audit.activity_principal (key, kind, account_id, arn, name, described_at)
    select distinct on (key collate "C") key, kind, account_id, arn, name, described_at
    from incoming_group
    order by key collate "C", arn is not null desc, described_at desc, arn desc, name desc
    on conflict (key) do update set
      kind = excluded.kind, account_id = excluded.account_id, arn = excluded.arn, name = excluded.name,
      described_at = excluded.described_at
    where (excluded.arn is not null, excluded.described_at, coalesce(excluded.arn, ''), coalesce(excluded.name, ''))
      > (activity_principal.arn is not null, activity_principal.described_at,
        coalesce(activity_principal.arn, ''), coalesce(activity_principal.name, ''))`;
  await sql`
    insert into audit.activity_resource (account_id, region, repository)
    select distinct resource_account_id collate "C", region collate "C", repository collate "C"
    from incoming_group
    order by 1, 2, 3
    on conflict (account_id, region, repository) do nothing`;
}
