import { isDeepStrictEqual } from 'node:util';
import { jobOptions } from './add-jobs.ts';
import type { Repeat, Scheduled } from './backend/backend.ts';
import { scheduleId } from './job-ids.ts';
import type { Queues } from './open-queues.ts';
import { maintenancePayloadSchema, scanPayloadSchema, type ScanPayload } from './payloads.ts';
import { invalidSchedule, type Schedule } from './schedule.ts';

/** What is done again and again, and when. */
export type WantedSchedule = {
  readonly schedule: Schedule;
  /** True where the queues had it once: one that they have no more was lost, and perhaps its time has passed meanwhile. */
  readonly wasApplied: boolean;
} & (
  | { readonly source: ScanPayload['source']; readonly targetKey: string }
  | { readonly source: 'maintenance'; readonly targetKey: null }
);

const scheduleQueues = ['scan', 'maintenance'] as const;

/**
 * Gives the queues exactly these schedules. Safe to call from every process, again and again.
 *
 * A schedule that is there already is left alone: setting it up again would put the time of a cron expression that has
 * passed, and that nobody was there to serve, off to the next one. So a time that was missed is served once, however many were
 * missed. An interval that is new starts at once. Throws `queueSettingInvalid` for a cron expression that cannot be read.
 */
export async function applySchedules(
  queues: Queues,
  wanted: readonly WantedSchedule[],
  options: { readonly now: () => Date },
): Promise<{ readonly changed: number; readonly ended: number }> {
  const { backend } = queues;
  const found = new Map<string, Scheduled & { readonly queue: (typeof scheduleQueues)[number] }>();
  for (const queue of scheduleQueues) {
    for (const scheduled of await backend.schedules(queue)) {
      found.set(scheduled.id, { ...scheduled, queue });
    }
  }
  let changed = 0;
  for (const each of wanted) {
    const id = scheduleId(each.source, each.targetKey);
    const existing = found.get(id);
    found.delete(id);
    changed += (await applySchedule(queues, { id, wanted: each, existing, now: options.now() })) ? 1 : 0;
  }
  for (const { queue, id } of found.values()) {
    await backend.unschedule(queue, id);
  }
  return { changed, ended: found.size };
}

async function applySchedule(
  queues: Queues,
  {
    id,
    wanted,
    existing,
    now,
  }: {
    readonly id: string;
    readonly wanted: WantedSchedule;
    readonly existing: Scheduled | undefined;
    readonly now: Date;
  },
): Promise<boolean> {
  const repeat = repeatOf(wanted.schedule);
  const { queue, data } = workOf(wanted);
  if (existing !== undefined && isDeepStrictEqual(existing.repeat, repeat) && isDeepStrictEqual(existing.data, data)) {
    return false;
  }
  const options = jobOptions(queues, queue);
  const isMissed = existing === undefined ? wanted.wasApplied : existing.nextMs <= now.getTime();
  try {
    await queues.backend.schedule(queue, id, repeat, { name: wanted.source, data, options });
  } catch (error) {
    if (wanted.schedule.kind === 'cron' && isCronComplaint(error)) {
      throw invalidSchedule(wanted.schedule.expression, 'a cron expression such as `0 3 * * *` (UTC)', error);
    }
    throw error;
  }
  // BullMQ starts a new interval at once, and a cron expression at its next time only.
  if (isMissed && wanted.schedule.kind === 'cron') {
    const jobId = `missed.${id}.${existing?.nextMs ?? now.getTime()}`;
    await queues.backend.add([{ queue, name: wanted.source, data, options: { jobId, ...options } }]);
  }
  return true;
}

function repeatOf(schedule: Schedule): Repeat {
  return schedule.kind === 'every' ? { every: schedule.everyMs } : { pattern: schedule.expression, tz: 'UTC' };
}

function workOf({ source, targetKey, schedule }: WantedSchedule): {
  readonly queue: (typeof scheduleQueues)[number];
  readonly data: unknown;
} {
  return source === 'maintenance'
    ? { queue: 'maintenance', data: maintenancePayloadSchema.parse({}) }
    : {
        queue: 'scan',
        data: scanPayloadSchema.parse({
          source,
          targetKey,
          scanId: null,
          everyMs: schedule.kind === 'every' ? schedule.everyMs : null,
        }),
      };
}

// BullMQ lets the errors of its cron parser through; those of a server carry a code or a class of their own.
function isCronComplaint(error: unknown): boolean {
  return error instanceof Error && !('code' in error) && error.stack?.includes('cron-parser') === true;
}
