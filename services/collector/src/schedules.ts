import type { ScheduleSource } from '@ecr-audit/store';

/** When what is read again: intervals and cron expressions. A source that is left out is off. */
export type CollectorSchedules = Partial<Record<ScheduleSource, string>>;
