/** A stretch of time from `fromMs` up to, and without, `untilMs`. */
export interface Interval {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The same stretches sorted, without overlap and without empty ones; those that touch become one. */
export function unionOf(intervals: readonly Interval[]): readonly Interval[] {
  const union: Interval[] = [];
  const sorted = intervals
    .filter(({ fromMs, untilMs }) => untilMs > fromMs)
    .toSorted((left, right) => left.fromMs - right.fromMs);
  for (const interval of sorted) {
    const last = union.at(-1);
    if (last === undefined || interval.fromMs > last.untilMs) {
      union.push(interval);
    } else if (interval.untilMs > last.untilMs) {
      union[union.length - 1] = { fromMs: last.fromMs, untilMs: interval.untilMs };
    }
  }
  return union;
}

/** What of `whole` lies in none of `parts`. */
export function missingFrom(whole: Interval, parts: readonly Interval[]): readonly Interval[] {
  const missing: Interval[] = [];
  let fromMs = whole.fromMs;
  for (const part of unionOf(parts)) {
    if (part.untilMs <= fromMs || part.fromMs >= whole.untilMs) {
      continue;
    }
    if (part.fromMs > fromMs) {
      missing.push({ fromMs, untilMs: part.fromMs });
    }
    fromMs = part.untilMs;
  }
  return fromMs < whole.untilMs ? [...missing, { fromMs, untilMs: whole.untilMs }] : missing;
}

/** What lies in both lists. */
export function intersectionOf(left: readonly Interval[], right: readonly Interval[]): readonly Interval[] {
  const others = unionOf(right);
  return unionOf(
    unionOf(left).flatMap((interval) =>
      others.map((other) => ({
        fromMs: Math.max(interval.fromMs, other.fromMs),
        untilMs: Math.min(interval.untilMs, other.untilMs),
      })),
    ),
  );
}
