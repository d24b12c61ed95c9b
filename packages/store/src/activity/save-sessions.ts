import type { FoldedSession } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';

/** Keeps who is behind the access keys of sessions. A key is given once; of two copies of the event, the one with the lower id stays. */
export async function saveSessions(sql: Sql, sessions: readonly FoldedSession[]): Promise<void> {
  if (sessions.length === 0) {
    return;
  }
  const rows = sessions.map((session) => ({ ...session, at: new Date(session.timeMs).toISOString() }));
  await sql`
    insert into audit.activity_session (access_key_id, event_id, at, role_arn, session_name, identity_provider, subject)
    select distinct on ("accessKeyId" collate "C")
      "accessKeyId", "eventId", at, "roleArn", "sessionName", "identityProvider", subject
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as session (
      "accessKeyId" text, "eventId" text, at timestamptz, "roleArn" text, "sessionName" text,
      "identityProvider" text, subject text
    )
    where at >= coalesce((select forgotten_before from audit.activity_horizon), '-infinity')
    order by "accessKeyId" collate "C", "eventId" collate "C"
    on conflict (access_key_id) do update set
      event_id = excluded.event_id, at = excluded.at, role_arn = excluded.role_arn, session_name = excluded.session_name,
      identity_provider = excluded.identity_provider, subject = excluded.subject
    where excluded.event_id collate "C" < activity_session.event_id collate "C"`;
}
