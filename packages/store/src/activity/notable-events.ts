import type { ActivityActor, FindingEvent, NotableEvent } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { eventUuid } from './event-uuid.ts';

/** Keeps them, each once; of two copies the one that names the actor's ARN. */
export async function saveNotable(sql: Sql, notable: readonly NotableEvent[]): Promise<void> {
  if (notable.length === 0) {
    return;
  }
  const rows = notable.map(({ event, resources }) => {
    const { accessKeyId: _key, ...actor } = event.actor;
    const content = { ...event, actor, outcome: { kind: event.outcome.kind }, resources };
    return {
      id: eventUuid(event.occurrenceId),
      at: new Date(event.timeMs).toISOString(),
      content: JSON.stringify(content),
      isNamed: event.actor.arn !== null,
    };
  });
  await sql`
    insert into audit.notable_event as known (id, at, content)
    select distinct on (id) id, at, content::json
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as event (id uuid, at timestamptz, content text, "isNamed" boolean)
    where at >= coalesce((select forgotten_before from audit.activity_horizon), '-infinity')
    order by id, "isNamed" desc
    on conflict (id) do update set content = excluded.content
    where known.content #>> '{actor,arn}' is null and excluded.content #>> '{actor,arn}' is not null`;
}

const kinds = [
  'user',
  'role',
  'federatedUser',
  'root',
  'service',
  'account',
  'webIdentity',
  'saml',
  'unmapped',
] as const;
const text = z.string().nullable().default(null);
const actorSchema = z
  .object({
    kind: z.enum(kinds).catch('unmapped'),
    key: z.string(),
    accountId: text,
    arn: text,
    name: text,
    sessionName: text,
    sourceIdentity: text,
    identityProvider: text,
    webIdentitySubject: text,
    identityCenterUserId: text,
  })
  .transform((actor): ActivityActor => ({ ...actor, accessKeyId: null }));
const resourceSchema = z.object({ accountId: z.string(), region: z.string(), repository: z.string().nullable() });
const notableSchema = z.object({
  id: z.string(),
  occurrenceId: z.string(),
  timeMs: z.number(),
  accountId: z.string(),
  region: z.string(),
  eventSource: z.string(),
  eventName: z.string(),
  errorCode: text,
  actor: actorSchema,
  onBehalfOf: text,
  sourceAddress: text,
  userAgent: text,
  outcome: z.object({ kind: z.string() }),
  resources: z.array(resourceSchema),
});

/** Refusals and deletions since a time, the earliest first. */
export async function notableSince(sql: Sql, since: Date): Promise<FindingEvent[]> {
  const rows = await sql<{ content: string }[]>`
    select content::text as content from audit.notable_event where at >= ${since.toISOString()} order by at, id`;
  return rows.map(({ content }) => {
    const { resources, outcome, ...event } = notableSchema.parse(JSON.parse(content));
    return {
      event: {
        ...event,
        outcome:
          outcome.kind === 'use'
            ? { kind: 'use', use: { action: `ecr:${event.eventName}`, resources } }
            : { kind: 'ignored', reason: 'failedCall', resources },
      },
      resources,
    };
  });
}

const changeSchema = z.object({
  id: z.string(),
  timeMs: z.number(),
  accountId: z.string(),
  region: z.string(),
  eventSource: z.string(),
  eventName: z.string(),
  actor: actorSchema,
  onBehalfOf: text,
  sourceAddress: text,
  userAgent: text,
  subjects: z.array(z.string()),
  detail: z.object({ request: z.unknown(), response: z.unknown() }).catch({ request: null, response: null }),
});

const REPOSITORY = 'repository:arn:';

/** Changes since a time as events, the earliest first. */
export async function changesAsEvents(sql: Sql, since: Date): Promise<FindingEvent[]> {
  const rows = await sql`
    select event_id as id, floor(extract(epoch from at) * 1000)::bigint as "timeMs", account_id as "accountId", region,
      event_source as "eventSource", event_name as "eventName", actor, on_behalf_of as "onBehalfOf",
      source_address as "sourceAddress", user_agent as "userAgent", to_jsonb(subjects) as subjects, detail
    from audit.change_event where at >= ${since.toISOString()} order by at, id`;
  return rows.map((row) => {
    const { subjects, detail, ...event } = changeSchema.parse(row);
    const named = subjects.flatMap((subject) => resourceOf(subject));
    const resources =
      named.length > 0 || event.eventSource !== 'ecr.amazonaws.com'
        ? named
        : [{ accountId: event.accountId, region: event.region, repository: null }];
    const use = event.eventSource === 'ecr.amazonaws.com' ? { action: `ecr:${event.eventName}`, resources } : null;
    return {
      event: {
        ...event,
        occurrenceId: event.id,
        errorCode: null,
        outcome: {
          kind: 'change',
          change: { subjects, detail: { request: detail.request, response: detail.response } },
          use,
        },
      },
      resources,
    };
  });
}

/** The repository of a subject such as `repository:arn:aws:ecr:eu-west-1:111122223333:repository/app`. */
function resourceOf(subject: string): z.output<typeof resourceSchema>[] {
  if (!subject.startsWith(REPOSITORY)) {
    return [];
  }
  const [, , , , region = '', accountId = '', ...rest] = subject.split(':');
  const path = rest.join(':');
  return path.startsWith('repository/') ? [{ accountId, region, repository: path.slice('repository/'.length) }] : [];
}

const useSchema = z.object({
  key: z.string(),
  kind: z.enum(kinds).catch('unmapped'),
  principalAccountId: text,
  arn: text,
  name: text,
  accountId: z.string(),
  region: z.string(),
  repository: z.string().nullable(),
  action: z.string(),
  onBehalfOf: text,
  firstMs: z.number(),
  lastMs: z.number(),
});

/**
 * Uses since a time that tell something by who made them: pushes, of which the first of each counts, whatever a root user did, and
 * whatever came from another account. One event for the first and one for the last time; between them nothing more is kept.
 */
export async function tellingUses(sql: Sql, since: Date): Promise<FindingEvent[]> {
  const rows = await sql`
    select principal.key, principal.kind, principal.account_id as "principalAccountId", principal.arn, principal.name,
      resource.account_id as "accountId", resource.region, nullif(resource.repository, '') as repository, action,
      nullif(on_behalf_of, '') as "onBehalfOf", floor(extract(epoch from first_at) * 1000)::bigint as "firstMs",
      floor(extract(epoch from last_at) * 1000)::bigint as "lastMs"
    from audit.activity
    join audit.activity_principal principal on principal.id = principal_id
    join audit.activity_resource resource on resource.id = resource_id
    where last_at >= ${since.toISOString()}
      and (action = 'ecr:PutImage' or principal.kind = 'root'
        or principal.account_id is distinct from resource.account_id)`;
  return rows
    .flatMap((row) => {
      const use = useSchema.parse(row);
      return [...new Set([use.firstMs, use.lastMs])].map((timeMs) => useEvent(use, timeMs));
    })
    .toSorted((a, b) => a.event.timeMs - b.event.timeMs);
}

function useEvent(use: z.output<typeof useSchema>, timeMs: number): FindingEvent {
  const { key, kind, principalAccountId, arn, name, accountId, region, repository, action, onBehalfOf } = use;
  const resources = [{ accountId, region, repository }];
  const id = JSON.stringify([key, accountId, region, repository, action, onBehalfOf, timeMs]);
  return {
    event: {
      id,
      occurrenceId: id,
      timeMs,
      accountId,
      region,
      eventSource: 'ecr.amazonaws.com',
      eventName: action.replace(/^ecr:/, ''),
      errorCode: null,
      actor: {
        kind,
        key,
        accountId: principalAccountId,
        arn,
        name,
        sessionName: null,
        sourceIdentity: null,
        identityProvider: null,
        webIdentitySubject: null,
        identityCenterUserId: null,
        accessKeyId: null,
      },
      onBehalfOf,
      sourceAddress: null,
      userAgent: null,
      outcome: { kind: 'use', use: { action, resources } },
    },
    resources,
  };
}
