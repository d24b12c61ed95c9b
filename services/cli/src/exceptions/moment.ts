const dayMs = 24 * 60 * 60 * 1000;
const daysMax = 3660;

/**
 * A time as people write it: `90d` from now, a day, which ends at its midnight UTC, or an ISO time. ISO, UTC; null where it is
 * none of these.
 */
export function momentOf(text: string, now: Date): string | null {
  const days = /^(\d{1,4})d$/.exec(text);
  if (days !== null) {
    const count = Number(days[1]);
    return count < 1 || count > daysMax ? null : new Date(now.getTime() + count * dayMs).toISOString();
  }
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const start = Date.parse(`${text}T00:00:00Z`);
    // Of 30 February the parser makes 2 March.
    return Number.isNaN(start) || !new Date(start).toISOString().startsWith(text)
      ? null
      : new Date(start + dayMs).toISOString();
  }
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
    ? new Date(text).toISOString()
    : null;
}
