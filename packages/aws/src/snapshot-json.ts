import type { SnapshotPart } from '@ecr-audit/access';

/** Makes a part whose text is the same for the same value: two spaces, keys in the order given, one final line break. */
export function jsonPart(path: string, value: unknown): SnapshotPart {
  return { path, content: `${JSON.stringify(withAwsTimes(value), null, 2)}\n` };
}

/** Writes one value on one line. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(withAwsTimes(value));
}

/** Sorts by a text that identifies each item, by code unit and not by locale, so that every machine agrees. */
export function sortedBy<T>(items: Iterable<T>, textOf: (item: T) => string | undefined): T[] {
  return [...items].toSorted((left, right) => {
    const a = textOf(left) ?? '';
    const b = textOf(right) ?? '';
    return a < b ? -1 : a > b ? 1 : 0;
  });
}

/** Writes a time of the snapshot itself: `2026-11-09T06:00:00Z`, with milliseconds where there are any. */
export function snapshotTime(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

/** Replaces dates by the AWS CLI's rendering of them in UTC: `2026-11-09T06:00:00+00:00`, six decimals where there are any. */
function withAwsTimes(value: unknown): unknown {
  if (value instanceof Date) {
    return awsTime(value);
  }
  if (Array.isArray(value)) {
    return value.map(withAwsTimes);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withAwsTimes(item)]));
  }
  return value;
}

function awsTime(date: Date): string {
  const [seconds = '', milliseconds = '000Z'] = date.toISOString().split('.');
  const fraction = milliseconds === '000Z' ? '' : `.${milliseconds.slice(0, 3)}000`;
  return `${seconds}${fraction}+00:00`;
}
