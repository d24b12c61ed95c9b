import type { ActivitySource, ChangeEvent } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { eventUuid } from './event-uuid.ts';

/**
 * Keeps events that changed access, each once, and says how many were new.
 *
 * Of the copies that two accounts have of one call, the one that names the actor's ARN stays, whichever comes first.
 */
export async function saveChangeEvents(
  sql: Sql,
  source: ActivitySource,
  changes: readonly ChangeEvent[],
): Promise<number> {
  if (changes.length === 0) {
    return 0;
  }
  const rows = changes.map((event) => ({
    id: eventUuid(event.occurrenceId),
    eventId: event.id,
    at: new Date(event.timeMs).toISOString(),
    accountId: event.accountId,
    region: event.region,
    eventSource: event.eventSource,
    eventName: event.eventName,
    actorKey: event.actor.key,
    actor: event.actor,
    onBehalfOf: event.onBehalfOf,
    sourceAddress: event.sourceAddress,
    userAgent: event.userAgent,
    subjects: event.outcome.change.subjects,
    detail: event.outcome.change.detail,
  }));
  const kept = await sql<{ isNew: boolean }[]>`
    insert into audit.change_event as known (
      id, event_id, at, account_id, region, event_source, event_name, source, actor_key, actor,
      on_behalf_of, source_address, user_agent, subjects, detail
    )
    select distinct on (id)
      id, "eventId", at, "accountId", region, "eventSource", "eventName", ${source}, "actorKey", actor,
      "onBehalfOf", "sourceAddress", "userAgent",
      array(select jsonb_array_elements_text(subjects)), detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as change (
      id uuid, "eventId" text, at timestamptz, "accountId" text, region text, "eventSource" text, "eventName" text,
      "actorKey" text, actor jsonb, "onBehalfOf" text, "sourceAddress" text, "userAgent" text, subjects jsonb, detail jsonb
    )
    where at >= coalesce((select forgotten_before from audit.activity_horizon), '-infinity')
    order by id, actor ->> 'arn' is null, "eventId" collate "C"
    on conflict (id) do update set
      event_id = excluded.event_id, at = excluded.at, account_id = excluded.account_id, region = excluded.region,
      actor_key = excluded.actor_key, actor = excluded.actor, on_behalf_of = excluded.on_behalf_of,
      source_address = excluded.source_address, user_agent = excluded.user_agent, subjects = excluded.subjects,
      detail = excluded.detail
    where (excluded.actor ->> 'arn' is null, excluded.event_id collate "C")
      < (known.actor ->> 'arn' is null, known.event_id collate "C")
    returning xmax = 0 as "isNew"`;
  return kept.filter(({ isNew }) => isNew).length;
}
