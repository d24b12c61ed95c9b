import { momentOf } from '../exceptions/moment.ts';

const dayMs = 24 * 60 * 60 * 1000;
const daysMax = 3660;

/** A time as people write it: `7d` before now, a day, which begins at its midnight UTC, or an ISO time. ISO; null where it is none. */
export function pastMoment(text: string, now: Date): string | null {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days !== undefined) {
    return Number(days) > daysMax ? null : new Date(now.getTime() - Number(days) * dayMs).toISOString();
  }
  const moment = momentOf(text, now);
  // There a day is its end.
  return moment !== null && !text.includes('T') ? new Date(Date.parse(moment) - dayMs).toISOString() : moment;
}
