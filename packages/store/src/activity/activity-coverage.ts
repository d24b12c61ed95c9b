import { z } from 'zod';
import { type Coverage, EVERY_EVENT, EVERY_WRITE, READ_EVENTS, SESSION_EVENTS } from '@ecr-audit/access';
import { ofAccounts } from '../queries/name-pattern.ts';
import type { Sql } from '../sql.ts';

// The first pass over the names of a region takes several jobs, each of which begins 90 days before its own time.
const SAME_BEGINNING = '1 day';

const rowSchema = z.object({
  accountId: z.string(),
  region: z.string(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  names: z.number(),
  narrower: z.number(),
  holes: z.number(),
  detail: z.string().nullable(),
});

/** How much of the history of an account and region was seen, in the words of a coverage row. Times are ISO. */
export interface ActivityCoverage extends Coverage {
  readonly source: 'cloudtrail';
  readonly region: string;
  /** The stretch, up to the latest time, in which every event name that is read at all was seen whole; null without one. */
  readonly from: string | null;
  readonly until: string | null;
}

/**
 * The coverage of CloudTrail by account and region.
 *
 * Complete: every name was seen without a hole over the same stretch, which is named. Partial: some names were seen longer
 * than others, or something could not be read. Not readable: there is only a reason.
 */
export async function listActivityCoverage(
  sql: Sql,
  filter: {
    readonly accountId?: string;
    /** Only these; null is every account. */
    readonly accountIds?: readonly string[] | null;
    readonly region?: string;
  } = {},
): Promise<ActivityCoverage[]> {
  const { accountId = null, region = null } = filter;
  // Names of session events are left out: they tell who is behind a change, and nothing about whether there was one. Windows in
  // place of joins: 2,000 places have 100,000 rows.
  const rows = await sql`
    with total as (
      select account_id, region, event_name, range_agg(during) as during
      from audit.activity_observed
      where (${accountId}::text is null or account_id = ${accountId}) and (${region}::text is null or region = ${region})
        and ${ofAccounts(sql, sql`account_id`, filter.accountIds)}
        and event_name not in (select jsonb_array_elements_text(${JSON.stringify(SESSION_EVENTS)}::text::jsonb))
      group by account_id, region, event_name
    ), placed as (
      select *,
        event_name in (${EVERY_EVENT}, ${EVERY_WRITE}) as is_any,
        event_name in (select jsonb_array_elements_text(${JSON.stringify(READ_EVENTS)}::text::jsonb)) as is_read,
        range_agg(during) filter (where event_name = ${EVERY_EVENT}) over place as every_event,
        range_agg(during) filter (where event_name = ${EVERY_WRITE}) over place as every_write,
        bool_and(event_name in (${EVERY_EVENT}, ${EVERY_WRITE})) over place as has_no_name
      from total window place as (partition by account_id, region)
    ), named as (
      -- What log files hold of every name counts for each name, and for itself where nothing was looked up by name.
      select account_id, region, event_name,
        during + coalesce(every_event, '{}')
          + case when is_read or event_name = ${EVERY_EVENT} then '{}' else coalesce(every_write, '{}') end as during
      from placed where has_no_name or not is_any
    ), latest as (
      -- The last stretch of each name without a hole in it.
      select account_id, region, stretch,
        min(lower(stretch)) over (partition by account_id, region) + ${SAME_BEGINNING}::interval as same_beginning
      from named
      left join lateral (select stretch from unnest(during) as stretch order by stretch desc limit 1) as last on true
    ), seen as (
      select account_id, region, count(stretch)::int as names, max(lower(stretch)) as "from", min(upper(stretch)) as until,
        bool_and(stretch is not null) as has_all,
        count(*) filter (where lower(stretch) > same_beginning)::int as narrower
      from latest group by account_id, region
    ), whole as (
      select account_id, region, range_intersect_agg(during) as during from named group by account_id, region
    ), hole as (
      -- What one source missed may have been seen by the other: of its name, or of every name.
      select hole.account_id, hole.region, count(*)::int as holes, min(hole.message) as message
      from audit.activity_hole as hole
      left join named using (account_id, region, event_name)
      left join whole using (account_id, region)
      where (${accountId}::text is null or hole.account_id = ${accountId})
        and ${ofAccounts(sql, sql`hole.account_id`, filter.accountIds)}
        and (${region}::text is null or hole.region = ${region})
        and hole.event_name not in (select jsonb_array_elements_text(${JSON.stringify(SESSION_EVENTS)}::text::jsonb))
        and not isempty(hole.during
          - case when hole.event_name in (${EVERY_EVENT}, ${EVERY_WRITE}) then coalesce(whole.during, '{}') else '{}' end
          - coalesce(named.during, '{}'))
      group by hole.account_id, hole.region
    )
    select
      coalesce(seen.account_id, hole.account_id) as "accountId", coalesce(seen.region, hole.region) as region,
      case when has_all and seen."from" < seen.until then to_jsonb(seen."from") #>> '{}' end as "from",
      case when has_all and seen."from" < seen.until then to_jsonb(seen.until) #>> '{}' end as until,
      coalesce(seen.names, 0) as names, coalesce(seen.narrower, 0) as narrower,
      coalesce(hole.holes, 0) as holes, hole.message as detail
    from seen full join hole using (account_id, region)
    order by 1, 2`;
  return rows.map((row) => coverageOf(rowSchema.parse(row)));
}

function coverageOf(row: z.output<typeof rowSchema>): ActivityCoverage {
  const { accountId, region, names } = row;
  const place = { accountId, region, source: 'cloudtrail' } as const;
  const from = row.from === null ? null : new Date(row.from).toISOString();
  const until = row.until === null ? null : new Date(row.until).toISOString();
  if (names === 0) {
    return {
      ...place,
      status: 'notReadable',
      detail: row.detail ?? 'no events were read yet',
      from: null,
      until: null,
    };
  }
  const observed =
    from === null || until === null
      ? 'no stretch in which all event names were seen'
      : `events from ${from} to ${until}`;
  const isComplete = row.holes === 0 && row.narrower === 0 && from !== null;
  const failures = row.holes === 0 ? '' : `; ${row.detail ?? ''}${row.holes > 1 ? ` and ${row.holes - 1} more` : ''}`;
  return { ...place, status: isComplete ? 'complete' : 'partial', detail: `${observed}${failures}`, from, until };
}
