import { z } from 'zod';
import type { ActivitySource, HoleReason, Interval } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';

const intervalSchema = z
  .object({ from: z.string(), until: z.string() })
  .transform(({ from, until }): Interval => ({ fromMs: Date.parse(from), untilMs: Date.parse(until) }));

const observedSchema = z.object({
  eventName: z.string(),
  source: z.enum(['lookupEvents', 'logFile']),
  during: z.array(intervalSchema),
});

const holeSchema = observedSchema.extend({
  reason: z.enum([
    'accessDenied',
    'throttled',
    'timeout',
    'failed',
    'expired',
    'tooDense',
    'fileBroken',
    'fileMissing',
    'writesOnly',
  ]) satisfies z.ZodType<HoleReason>,
  message: z.string(),
});

/** The stretches in which all events of a name were seen in one account and region. */
export interface ObservedActivity {
  /** `*` for events of every name, `*write` for every one that writes. */
  readonly eventName: string;
  readonly source: ActivitySource;
  readonly during: readonly Interval[];
}

/** The stretches that were meant to be seen and were not. */
export interface RecordedHole extends ObservedActivity {
  readonly reason: HoleReason;
  readonly message: string;
}

/** What was really seen of an account and region, by event name and source. A name without a row was never read. */
export async function observedActivity(
  sql: Sql,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): Promise<ObservedActivity[]> {
  const rows = await sql`
    select event_name as "eventName", source, ${intervals(sql)} as during
    from audit.activity_observed
    where account_id = ${accountId} and region = ${region}
    order by event_name, source`;
  return rows.map((row) => observedSchema.parse(row));
}

/** Before when events are not taken in any more, because older ones were forgotten; 0 where none was. */
export async function activityHorizon(sql: Sql): Promise<number> {
  const [row] = await sql<{ before: string }[]>`select forgotten_before as before from audit.activity_horizon`;
  return row === undefined ? 0 : Date.parse(row.before);
}

/** What could not be seen of an account and region though it was meant to. */
export async function activityHoles(
  sql: Sql,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): Promise<RecordedHole[]> {
  const rows = await sql`
    select event_name as "eventName", source, reason, message, ${intervals(sql)} as during
    from audit.activity_hole
    where account_id = ${accountId} and region = ${region}
    order by event_name, source, reason`;
  return rows.map((row) => holeSchema.parse(row));
}

function intervals(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`(
    select coalesce(jsonb_agg(jsonb_build_object('from', lower(stretch), 'until', upper(stretch)) order by stretch), '[]')
    from unnest(during) as stretch
  )`;
}
