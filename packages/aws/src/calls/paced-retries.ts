import type { RateClock } from '../token-bucket.ts';

/** Where a call waits for its turn, and what it tells about the answer. */
export interface Pace {
  /** Resolves when a first attempt may be sent, to the time of its turn. */
  first(): Promise<number>;
  /** The same for an attempt that follows a refused one. */
  again(): Promise<number>;
  slowDown(sentAtMs: number): void;
  speedUp(): void;
}

export interface RetryBounds {
  /** Attempts for one call after failures that pass by themselves, the first included. */
  readonly attemptsMax: number;
  /** Attempts for one call that AWS throttles, the first included. */
  readonly throttledAttemptsMax: number;
}

// Backoff before another attempt doubles up to these. A throttled account recovers within seconds, a region that fails
// with 500 rarely sooner than the fifth attempt.
const backoffFirstMs = 100;
const backoffMsMax = 5_000;

interface RetryErrorInfo {
  readonly error?: unknown;
  readonly errorType: string;
}

/** What the SDK carries from one attempt of a call to the next. */
class PacedToken {
  readonly attempts: number;
  readonly throttled: number;
  readonly sentAtMs: number;

  constructor(options: { readonly attempts: number; readonly throttled: number; readonly sentAtMs: number }) {
    this.attempts = options.attempts;
    this.throttled = options.throttled;
    this.sentAtMs = options.sentAtMs;
  }

  getRetryCount(): number {
    return this.attempts + this.throttled - 1;
  }

  /** The wait is over when the token is given. */
  getRetryDelay(): number {
    return 0;
  }
}

/**
 * Retries of our own for the SDK's clients, by the kind of error that the SDK reads from its name.
 *
 * Rejected: the SDK's adaptive mode. It gives up after a number of attempts that fits short spells, and its quota of
 * retries (500, five each) ends 100 throttled calls early, so that a scan that should only be slow would lose answers.
 */
export class PacedRetries {
  readonly #pace: Pace;
  readonly #bounds: RetryBounds;
  readonly #clock: RateClock;

  constructor(options: { readonly pace: Pace; readonly bounds: RetryBounds; readonly clock: RateClock }) {
    this.#pace = options.pace;
    this.#bounds = options.bounds;
    this.#clock = options.clock;
  }

  async acquireInitialRetryToken(): Promise<PacedToken> {
    return new PacedToken({ attempts: 1, throttled: 0, sentAtMs: await this.#pace.first() });
  }

  /** Throws where the call must not be made again: the SDK then throws the error of the last attempt. */
  async refreshRetryTokenForRetry(token: PacedToken, { error, errorType }: RetryErrorInfo): Promise<PacedToken> {
    const { attempts, throttled } = token;
    if (errorType === 'THROTTLING') {
      this.#pace.slowDown(token.sentAtMs);
      return await this.#next(throttled + 1 < this.#bounds.throttledAttemptsMax, {
        attempts,
        throttled: throttled + 1,
      });
    }
    const isTransient = errorType === 'TRANSIENT' || error instanceof SyntaxError;
    return await this.#next(isTransient && attempts < this.#bounds.attemptsMax, { attempts: attempts + 1, throttled });
  }

  recordSuccess(): void {
    this.#pace.speedUp();
  }

  async #next(
    isAllowed: boolean,
    counts: { readonly attempts: number; readonly throttled: number },
  ): Promise<PacedToken> {
    if (!isAllowed) {
      throw new Error('no further attempt');
    }
    const doublings = counts.attempts + counts.throttled - 2;
    const backoffMs = Math.min(backoffMsMax, backoffFirstMs * 2 ** doublings);
    // Half of it by chance, so that calls that were refused together do not come back together.
    await this.#clock.wait(backoffMs * (0.5 + Math.random() / 2));
    return new PacedToken({ ...counts, sentAtMs: await this.#pace.again() });
  }
}
