import { JobsError } from './errors.ts';

/** When something starts: at an interval, or at the times of a cron expression, read in UTC. */
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

/** The error of a schedule that cannot be used as it is written. */
export function invalidSchedule(text: string, expected: string, cause?: unknown): JobsError {
  return new JobsError('queueSettingInvalid', `cannot read the schedule \`${text}\`: expected ${expected}`, {
    retryable: false,
    cause,
  });
}
