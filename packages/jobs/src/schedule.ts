import { JobsError } from './errors.ts';
import { scheduleId } from './job-ids.ts';
import type { Queues } from './open-queues.ts';
import { scanTargetSchema, type ScanPayload, type ScanTarget } from './payloads.ts';
import { attemptsMax, keepCompleted, keepFailed } from './timing.ts';

/** When scans start: at an interval, or at the times of a cron expression, read in UTC. */
export type Schedule =
  | { readonly kind: 'every'; readonly everyMs: number }
  | { readonly kind: 'cron'; readonly expression: string };

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

// A scan costs the audited account API calls; CloudTrail answers two a second.
const everyMsMin = 60_000;
const everyMsMax = 31 * unitMs.d;

/** Reads `30m`, `6h`, `1d` or a cron expression of five or six fields. Throws `queueSettingInvalid`. */
export function parseSchedule(text: string): Schedule {
  const trimmed = text.trim();
  const interval = /^(\d{1,6})([smhd])$/.exec(trimmed);
  if (interval !== null) {
    const everyMs = Number(interval[1]) * unitOf(interval[2]);
    if (everyMs < everyMsMin || everyMs > everyMsMax) {
      throw invalidSchedule(text, 'an interval between `1m` and `31d`');
    }
    return { kind: 'every', everyMs };
  }
  const fields = trimmed.split(/\s+/).length;
  if (fields !== 5 && fields !== 6) {
    throw invalidSchedule(text, 'an interval such as `6h`, or a cron expression such as `0 3 * * *` (UTC)');
  }
  return { kind: 'cron', expression: trimmed };
}

/**
 * Sets up the schedule of a target, in the place of the one that it has. Safe to call from every process at every
 * start: the same schedule again starts no second scan. An interval starts its first scan at once.
 */
export async function scheduleScan(
  queues: Queues,
  options: { readonly target: ScanTarget; readonly schedule: Schedule },
): Promise<void> {
  const { schedule } = options;
  const target = scanTargetSchema.parse(options.target);
  const data: ScanPayload = {
    target,
    scanId: null,
    everyMs: schedule.kind === 'every' ? schedule.everyMs : null,
  };
  const repeat = schedule.kind === 'every' ? { every: schedule.everyMs } : { pattern: schedule.expression, tz: 'UTC' };
  try {
    await queues.backend.schedule('scan', scheduleId(target.key), repeat, {
      name: 'scan',
      data,
      options: {
        attempts: attemptsMax.scan,
        backoff: { type: 'exponential', delay: queues.timing.backoffMs },
        removeOnComplete: keepCompleted,
        removeOnFail: keepFailed,
      },
    });
  } catch (error) {
    if (schedule.kind === 'cron' && isCronComplaint(error)) {
      throw invalidSchedule(schedule.expression, 'a cron expression such as `0 3 * * *` (UTC)', error);
    }
    throw error;
  }
}

/** Ends the schedule of a target; scans that have started go on. Answers whether there was one. */
export async function unscheduleScan(queues: Queues, targetKey: string): Promise<boolean> {
  return await queues.backend.unschedule('scan', scheduleId(targetKey));
}

function unitOf(letter: string | undefined): number {
  switch (letter) {
    case 's':
    case 'm':
    case 'h':
    case 'd':
      return unitMs[letter];
    default:
      return Number.NaN;
  }
}

// BullMQ lets the errors of its cron parser through; those of a server carry a code or a class of their own.
function isCronComplaint(error: unknown): boolean {
  return error instanceof Error && !('code' in error) && error.stack?.includes('cron-parser') === true;
}

function invalidSchedule(text: string, expected: string, cause?: unknown): JobsError {
  return new JobsError('queueSettingInvalid', `cannot read the schedule \`${text}\`: expected ${expected}`, {
    retryable: false,
    cause,
  });
}
