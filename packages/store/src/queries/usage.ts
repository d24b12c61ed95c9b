import type { ActivitySource, ObservedEvents, ObservedUse } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';

// One text for each principal: a row for each use would repeat what tells of the principal.
type StoredUse = readonly [number, string, string, ActivitySource, number, number, number];

/** By hand: a hundred thousand of them are read for one report. */
function isUse(value: unknown): value is StoredUse {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'number' &&
    typeof value[1] === 'string' &&
    typeof value[2] === 'string' &&
    (value[3] === 'lookupEvents' || value[3] === 'logFile') &&
    typeof value[4] === 'number' &&
    typeof value[5] === 'number' &&
    typeof value[6] === 'number'
  );
}

const principalSchema = z.object({
  principalKey: z.string(),
  principalAccountId: z.string().nullable(),
  principalArn: z.string().nullable(),
});

const resourceSchema = z.object({
  id: z.number(),
  accountId: z.string(),
  region: z.string(),
  repository: z.string().nullable(),
});

/** Every use that was seen since a time, of one principal (by key or ARN) or of all. */
export async function usesSince(
  sql: Sql,
  since: Date,
  only: { readonly keys: readonly string[]; readonly arn: string } | null = null,
): Promise<ObservedUse[]> {
  const resources = new Map(
    (
      await sql`
        select id, account_id as "accountId", region, nullif(repository, '') as repository from audit.activity_resource`
    ).map((row) => {
      const { id, ...resource } = resourceSchema.parse(row);
      return [id, resource] as const;
    }),
  );
  const rows = await sql`
    select principal.key as "principalKey", principal.account_id as "principalAccountId", principal.arn as "principalArn",
      used.uses
    from audit.activity_principal principal
    cross join lateral (
      select json_agg(json_build_array(
        resource_id, action, on_behalf_of, source,
        floor(extract(epoch from first_at) * 1000), floor(extract(epoch from last_at) * 1000), events
      ))::text as uses
      from audit.activity
      where activity.principal_id = principal.id and last_at >= ${since.toISOString()}
    ) as used
    where used.uses is not null
      and (${only === null} or principal.arn = ${only?.arn ?? ''} or principal.key in (
        select jsonb_array_elements_text(${JSON.stringify(only?.keys ?? [])}::text::jsonb)
      ))
    order by principal.key`;
  return rows.flatMap((row) => usesIn(row, resources));
}

type Resource = Omit<z.output<typeof resourceSchema>, 'id'>;

function usesIn(row: Record<string, unknown>, resources: ReadonlyMap<number, Resource>): ObservedUse[] {
  const { principalKey, principalAccountId, principalArn } = principalSchema.parse(row);
  const uses: unknown = JSON.parse(z.string().parse(row['uses']));
  if (!Array.isArray(uses) || !uses.every(isUse)) {
    throw new TypeError('the database gave uses in a form that is not known');
  }
  const found: ObservedUse[] = [];
  for (const [resourceId, action, onBehalfOf, source, firstMs, lastMs, events] of uses) {
    const resource = resources.get(resourceId);
    if (resource !== undefined) {
      const service = onBehalfOf === '' ? null : onBehalfOf;
      // Field by field: spreading two objects a hundred thousand times took a third of the reading.
      found.push({
        principalKey,
        principalAccountId,
        principalArn,
        accountId: resource.accountId,
        region: resource.region,
        repository: resource.repository,
        action,
        onBehalfOf: service,
        source,
        firstMs,
        lastMs,
        events,
      });
    }
  }
  return found;
}

const observedSchema = z.object({
  accountId: z.string(),
  region: z.string(),
  eventName: z.string(),
  during: z.array(z.tuple([z.number(), z.number()])),
});

/** What was seen of all histories, by event name. */
export async function observedEverywhere(sql: Sql): Promise<ObservedEvents[]> {
  const rows = await sql`
    select account_id as "accountId", region, event_name as "eventName", (
      select coalesce(jsonb_agg(jsonb_build_array(
        floor(extract(epoch from lower(stretch)) * 1000), floor(extract(epoch from upper(stretch)) * 1000)
      ) order by stretch), '[]')
      from unnest(during) as stretch where not lower_inf(stretch) and not upper_inf(stretch)
    ) as during
    from audit.activity_observed
    order by account_id, region, event_name, source`;
  return rows.map((row) => {
    const { during, ...place } = observedSchema.parse(row);
    return { ...place, during: during.map(([fromMs, untilMs]) => ({ fromMs, untilMs })) };
  });
}
