import type { RateClock } from '../token-bucket.ts';

// A rate that AWS throttled is halved, and won back in fifty answers: quick to give way to the workloads that share the
// account's limits, slow to take it back. Below one call in five seconds nothing is gained by waiting longer.
const slowDownFactor = 0.5;
const speedUpShare = 0.02;
const ratePerSecondMin = 0.2;

/**
 * Paces calls at a rate that follows what AWS allows: slower after a throttled one, faster with every answer.
 *
 * Calls go in the order in which they asked. A burst is let through while nothing was throttled, since most accounts
 * hold a handful of repositories and would only lose time by even spacing.
 */
export class AdaptiveRate {
  readonly #ratePerSecondMax: number;
  readonly #burst: number;
  readonly #clock: RateClock;
  #ratePerSecond: number;
  /** When the bucket would be empty of calls if none came any more; ahead of now by what was taken in advance. */
  #settledMs = Number.NEGATIVE_INFINITY;
  #slowedDownMs = Number.NEGATIVE_INFINITY;

  /** `ratePerSecond` may be `Infinity`, which means no pace. */
  constructor(options: { readonly ratePerSecond: number; readonly burst: number; readonly clock: RateClock }) {
    this.#ratePerSecondMax = options.ratePerSecond;
    this.#ratePerSecond = options.ratePerSecond;
    this.#burst = options.burst;
    this.#clock = options.clock;
  }

  get ratePerSecond(): number {
    return this.#ratePerSecond;
  }

  /** Resolves to the time at which the caller may make its call, when it is there. */
  async take(): Promise<number> {
    const nowMs = this.#clock.nowMs();
    const intervalMs = 1000 / this.#ratePerSecond;
    const turnMs = Math.max(nowMs, this.#settledMs - (this.#burst - 1) * intervalMs);
    this.#settledMs = Math.max(nowMs, this.#settledMs) + intervalMs;
    if (turnMs > nowMs) {
      await this.#clock.wait(turnMs - nowMs);
    }
    return turnMs;
  }

  /** Halves the rate, once for all calls that were under way together: eight of them refused are one sign, not eight. */
  slowDown(sentAtMs: number): void {
    if (sentAtMs < this.#slowedDownMs || this.#ratePerSecondMax === Number.POSITIVE_INFINITY) {
      return;
    }
    this.#slowedDownMs = this.#clock.nowMs();
    this.#ratePerSecond = Math.max(ratePerSecondMin, this.#ratePerSecond * slowDownFactor);
    // What a burst would let through is gone: AWS just said that there is nothing to spare.
    this.#settledMs = Math.max(this.#settledMs, this.#slowedDownMs + (this.#burst * 1000) / this.#ratePerSecond);
  }

  speedUp(): void {
    if (this.#ratePerSecond < this.#ratePerSecondMax) {
      this.#ratePerSecond = Math.min(
        this.#ratePerSecondMax,
        this.#ratePerSecond + this.#ratePerSecondMax * speedUpShare,
      );
    }
  }
}
