/** Time as the rate limit sees it: tests give their own, so that none of them waits. */
export interface RateClock {
  nowMs(): number;
  wait(ms: number): Promise<void>;
}

export const systemRateClock: RateClock = {
  nowMs: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Lets `ratePerSecond` calls a second through, evenly spaced, in the order in which they asked. */
export class TokenBucket {
  readonly #intervalMs: number;
  readonly #clock: RateClock;
  #nextTurnMs = Number.NEGATIVE_INFINITY;

  /** `ratePerSecond` may be `Infinity`, which means no limit. */
  constructor(options: { readonly ratePerSecond: number; readonly clock: RateClock }) {
    this.#intervalMs = 1000 / options.ratePerSecond;
    this.#clock = options.clock;
  }

  /**
   * Resolves when the caller may make its call.
   *
   * The bucket holds one token only: with two, a burst at the edge of a second would make three calls within it,
   * and the limit of LookupEvents is shared by everybody in the account.
   */
  async take(): Promise<void> {
    const nowMs = this.#clock.nowMs();
    const turnMs = Math.max(nowMs, this.#nextTurnMs);
    this.#nextTurnMs = turnMs + this.#intervalMs;
    if (turnMs > nowMs) {
      await this.#clock.wait(turnMs - nowMs);
    }
  }
}
