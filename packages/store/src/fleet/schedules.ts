import { z } from 'zod';
import type { Sql } from '../sql.ts';

export const scheduleSources = ['access', 'activity', 'lastAccessed', 'maintenance'] as const;
export type ScheduleSource = (typeof scheduleSources)[number];

const scheduleSchema = z.object({
  targetKey: z.string().nullable(),
  source: z.enum(scheduleSources),
  expression: z.string(),
  appliedAt: z.string().nullable(),
});

/** When something is read again: an interval such as `6h`, or a cron expression in UTC. */
export type StoredSchedule = Readonly<z.infer<typeof scheduleSchema>>;

/**
 * Sets the schedules of a target (of everything, for null) to exactly these: a source that is not named has none any more.
 *
 * The target must exist. One that stays as it is keeps the time at which the queues had it.
 */
export async function saveSchedules(
  sql: Sql,
  {
    targetKey,
    schedules,
  }: { readonly targetKey: string | null; readonly schedules: Partial<Record<ScheduleSource, string>> },
): Promise<void> {
  const rows = Object.entries(schedules).map(([source, expression]) => ({ source, expression }));
  await sql`
    with wanted as (
      select target.id as target_id, source, expression
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (source text, expression text)
      left join audit.target on target.key = ${targetKey}
      where target.id is not null or ${targetKey === null}
    ), gone as (
      delete from audit.schedule
      where target_id is not distinct from (select id from audit.target where key = ${targetKey})
        and source not in (select source from wanted)
    )
    insert into audit.schedule (target_id, source, expression)
    select target_id, source, expression from wanted
    on conflict (target_id, source) do update set expression = excluded.expression
      where schedule.expression <> excluded.expression`;
}

/** All schedules, by target and source. */
export async function listSchedules(sql: Sql): Promise<StoredSchedule[]> {
  const rows = await sql`
    select target.key as "targetKey", source, expression, applied_at as "appliedAt"
    from audit.schedule left join audit.target on target.id = schedule.target_id
    order by target.key collate "C" nulls first, source collate "C"`;
  return rows.map((row) => scheduleSchema.parse(row));
}

/** Says that the queues have all schedules now. */
export async function markSchedulesApplied(sql: Sql, schedules: readonly StoredSchedule[]): Promise<void> {
  const rows = schedules.map(({ targetKey, source, expression }) => ({ key: targetKey, source, expression }));
  await sql`
    update audit.schedule set applied_at = clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (key text, source text, expression text)
    where schedule.source = row.source and schedule.expression = row.expression and schedule.applied_at is null
      and schedule.target_id is not distinct from (select id from audit.target where target.key = row.key)`;
}
