import { z } from 'zod';
import type { Sql } from '../sql.ts';

const actorSchema = z.object({
  kind: z.string(),
  key: z.string(),
  accountId: z.string().nullable(),
  arn: z.string().nullable(),
  name: z.string().nullable(),
  sessionName: z.string().nullable(),
  sourceIdentity: z.string().nullable(),
  identityProvider: z.string().nullable(),
  webIdentitySubject: z.string().nullable(),
  identityCenterUserId: z.string().nullable(),
});

const rowSchema = z.object({
  id: z.string(),
  eventId: z.string(),
  at: z.string(),
  accountId: z.string(),
  region: z.string(),
  eventSource: z.string(),
  eventName: z.string(),
  actor: actorSchema,
  onBehalfOf: z.string().nullable(),
  sourceAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  subjects: z.array(z.string()),
  detail: z.unknown(),
});

/** An event that changed access, with the actor behind its session. Times are ISO. */
export type RecordedChange = Readonly<z.output<typeof rowSchema>>;

/**
 * The changes of a stretch of time, `from` included and `until` not, the oldest first.
 *
 * With `subjects` only those that are about one of them. The web identity or SAML subject of a session is taken from the
 * event that began it, where that was seen.
 */
export async function listChangeEvents(
  sql: Sql,
  filter: {
    readonly from: Date;
    readonly until: Date;
    readonly accountId?: string;
    readonly subjects?: readonly string[];
    readonly limit: number;
  },
): Promise<RecordedChange[]> {
  const { accountId = null } = filter;
  const subjects = JSON.stringify(filter.subjects ?? null);
  const rows = await sql`
    select
      change.id, change.event_id as "eventId", change.at, change.account_id as "accountId", change.region,
      change.event_source as "eventSource", change.event_name as "eventName",
      change.actor || case when session.access_key_id is null then '{}' else jsonb_build_object(
        'identityProvider', coalesce(session.identity_provider, change.actor ->> 'identityProvider'),
        'webIdentitySubject', coalesce(change.actor ->> 'webIdentitySubject', session.subject)
      ) end as actor,
      change.on_behalf_of as "onBehalfOf", change.source_address as "sourceAddress", change.user_agent as "userAgent",
      to_jsonb(change.subjects) as subjects, change.detail
    from audit.change_event change
    left join audit.activity_session session on session.access_key_id = change.actor ->> 'accessKeyId'
    where change.at >= ${filter.from.toISOString()} and change.at < ${filter.until.toISOString()}
      and (${accountId}::text is null or change.account_id = ${accountId})
      and (
        ${subjects}::text = 'null'
        or change.subjects && array(select jsonb_array_elements_text(nullif(${subjects}::text::jsonb, 'null')))
      )
    order by change.at, change.id
    limit ${filter.limit}`;
  return rows.map((row) => rowSchema.parse(row));
}
