/** How many are let through: for a longer time, and at once after a while of silence. */
export interface Rate {
  readonly perSecond: number;
  readonly atOnce: number;
}

interface Level {
  readonly left: number;
  readonly atMs: number;
}

// A level is some hundred bytes. Who is forgotten first has been silent for longest, and would be full again anyway.
const namesMax = 20_000;

/** Counts in memory how much each name has left: of one process, and from nothing after a restart. */
export interface TokenBuckets {
  /** Takes one, and says how many seconds to wait where none is left; 0 where there was one. */
  readonly take: (name: string) => number;
  /** The same without taking. */
  readonly secondsUntilNext: (name: string) => number;
}

/** Buckets that fill at a rate, which `atOnce` bounds. `clock` is in milliseconds and never goes back. */
export function createTokenBuckets({ perSecond, atOnce }: Rate, clock: () => number): TokenBuckets {
  const levels = new Map<string, Level>();
  const leftOf = (name: string, nowMs: number): number => {
    const level = levels.get(name);
    return level === undefined ? atOnce : Math.min(atOnce, level.left + ((nowMs - level.atMs) / 1_000) * perSecond);
  };
  const waitFor = (left: number): number => (left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond)));
  return {
    take: (name) => {
      const nowMs = clock();
      const left = leftOf(name, nowMs);
      const seconds = waitFor(left);
      if (seconds > 0) {
        return seconds;
      }
      levels.delete(name);
      levels.set(name, { left: left - 1, atMs: nowMs });
      const [oldest] = levels.keys();
      if (levels.size > namesMax && oldest !== undefined) {
        levels.delete(oldest);
      }
      return 0;
    },
    secondsUntilNext: (name) => waitFor(leftOf(name, clock())),
  };
}
