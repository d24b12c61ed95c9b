import type { ActivitySource, RejectedEvent } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { eventUuid, evidenceUuid } from './event-uuid.ts';

/** Counts events that could not be read, each once, and says how many were new. */
export async function saveRejected(
  sql: Sql,
  source: ActivitySource,
  place: { readonly accountId: string; readonly region: string } | null,
  rejected: readonly RejectedEvent[],
): Promise<number> {
  if (rejected.length === 0) {
    return 0;
  }
  const rows = rejected.map(({ eventId, evidence, reason }) => ({
    // Not the id alone: an event that is broken here may be whole elsewhere, and must then be counted.
    id: evidenceUuid(eventId === null ? evidence : `rejected ${eventUuid(eventId)}`),
    reason,
  }));
  const [counted] = await sql<{ events: number }[]>`
    with incoming as (
      select id, min(reason) as reason
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as event (id uuid, reason text)
      group by id
    ), fresh as (
      insert into audit.activity_seen (id, at) select id, now() from incoming order by id
      on conflict (id) do nothing
      returning id
    ), kept as (
      insert into audit.activity_reject (account_id, region, source, reason, events)
      select ${place?.accountId ?? ''}, ${place?.region ?? ''}, ${source}, reason, count(*)
      from fresh join incoming using (id)
      group by reason order by reason
      on conflict (account_id, region, source, reason) do update set events = activity_reject.events + excluded.events
    )
    select count(*) as events from fresh`;
  return counted?.events ?? 0;
}
