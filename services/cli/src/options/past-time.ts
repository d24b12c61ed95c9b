const dayMs = 24 * 60 * 60 * 1000;
const daysMax = 3660;

/** What an option of a past time takes, for messages and helps. */
export const pastTimeWords = 'an ISO time, a day such as 2026-11-01 (its end, UTC), or days before now such as `30d`';

/**
 * A time as people write it who look back: days before now, a day, which stands for its end or for now while it lasts, or an
 * ISO time. ISO, UTC; null where it is none of these. It may lie ahead.
 */
export function pastTimeOf(text: string, now: Date): string | null {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  if (days !== undefined) {
    return Number(days) > daysMax ? null : new Date(now.getTime() - Number(days) * dayMs).toISOString();
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const start = Date.parse(`${text}T00:00:00Z`);
    // Of 30 February the parser makes 2 March.
    if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(text)) {
      return null;
    }
    const end = start + dayMs - 1;
    const isUnderWay = start <= now.getTime() && now.getTime() <= end;
    return (isUnderWay ? now : new Date(end)).toISOString();
  }
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
    ? new Date(text).toISOString()
    : null;
}
