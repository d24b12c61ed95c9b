import { z } from '@hono/zod-openapi';
import { invalidQuery } from '../http/problem.ts';
import type { UsePeriod } from '../reports/report-jobs.ts';

const dayMs = 24 * 60 * 60 * 1000;
const daysDefault = 90;
// What was watched for less than a week says nothing; logs are kept for little more than a year.
const daysMin = 7;
const daysMax = 400;
const expected = `expected a whole number from ${daysMin} to ${daysMax}`;
// Whoever asks again within that gets the report that is there.
const stepMs = 10 * 60_000;
// By so much the end of a period is before now.
const toleranceDays = stepMs / dayMs;

/** How far back use counts. */
export const daysQuery = z
  .string({ error: expected })
  .regex(/^\d{1,3}$/, { error: expected })
  .optional()
  .transform((value) => (value === undefined ? daysDefault : Number(value)))
  .pipe(z.int({ error: expected }).min(daysMin, { error: expected }).max(daysMax, { error: expected }))
  .openapi({
    type: 'integer',
    minimum: daysMin,
    maximum: daysMax,
    default: daysDefault,
    description: 'How many days of use count.',
  });

/** That many days before now, which is taken ten minutes exact. */
export function periodOf(days: number, now: Date): UsePeriod {
  return periodUntil(days, new Date(Math.floor(now.getTime() / stepMs) * stepMs).toISOString());
}

/** What was given as the beginning of such a period, up to now. Throws `invalidRequest` for one that says nothing. */
export function periodSince(since: string, now: Date): UsePeriod {
  const { until } = periodOf(0, now);
  const days = (Date.parse(until) - Date.parse(since)) / dayMs;
  if (days < daysMin - toleranceDays || days > daysMax) {
    throw invalidQuery('unusedSince', `expected a time from ${daysMin} to ${daysMax} days ago`);
  }
  // Exact to ten minutes like its end, so that who asks again gets the report that is there.
  return { from: new Date(Math.floor(Date.parse(since) / stepMs) * stepMs).toISOString(), until };
}

export function periodUntil(days: number, until: string): UsePeriod {
  return { from: new Date(Date.parse(until) - days * dayMs).toISOString(), until };
}
