import { systemRateClock, TokenBucket } from '../token-bucket.ts';
import type { RateClock } from '../token-bucket.ts';
import { AdaptiveRate } from './adaptive-rate.ts';
import { callRates } from './call-rates.ts';
import type { PacedService } from './call-rates.ts';
import type { Pace } from './paced-retries.ts';

export interface CallPaceOptions {
  /** Calls a second in one account and region, in place of ours; `Infinity` turns the pace of a service off. */
  readonly rates?: Partial<Readonly<Record<PacedService, number>>>;
  /** LookupEvents requests a second in one account and region; `Infinity` turns the limit off. */
  readonly lookupEventsPerSecond?: number;
  readonly rateClock?: RateClock;
}

/** AWS's limit for one account and region. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
const lookupEventsPerSecondDefault = 2;

/** The paces of all accounts, regions and services that sessions of one source of credentials read. */
export class CallPaces {
  readonly clock: RateClock;
  readonly #options: CallPaceOptions;
  readonly #rates = new Map<string, AdaptiveRate>();
  readonly #lookups = new Map<string, TokenBucket>();

  constructor(options: CallPaceOptions) {
    this.#options = options;
    this.clock = options.rateClock ?? systemRateClock;
  }

  /** LookupEvents takes its first turn before the call is made, so that the reader of pages sees the wait. */
  paceOf(service: PacedService, place: { readonly owner: string; readonly region: string }): Pace {
    const rate = this.#rateOf(service, place);
    const again =
      service === 'cloudtrail'
        ? async () => {
            await this.lookupTurn(place);
            return this.clock.nowMs();
          }
        : () => rate.take();
    return {
      first: () => rate.take(),
      again,
      slowDown: (sentAtMs) => {
        rate.slowDown(sentAtMs);
      },
      speedUp: () => {
        rate.speedUp();
      },
    };
  }

  /** Resolves when the next LookupEvents request may be sent. */
  async lookupTurn(place: { readonly owner: string; readonly region: string }): Promise<void> {
    const key = `${place.owner} ${place.region}`;
    const bucket =
      this.#lookups.get(key) ??
      new TokenBucket({
        ratePerSecond: this.#options.lookupEventsPerSecond ?? lookupEventsPerSecondDefault,
        clock: this.clock,
      });
    this.#lookups.set(key, bucket);
    await bucket.take();
  }

  /** Forgets an account that is done; one that is read again starts at the full pace. */
  forget(owner: string): void {
    for (const paces of [this.#rates, this.#lookups]) {
      for (const key of [...paces.keys()].filter((name) => name.startsWith(`${owner} `))) {
        paces.delete(key);
      }
    }
  }

  #rateOf(service: PacedService, place: { readonly owner: string; readonly region: string }): AdaptiveRate {
    const key = `${place.owner} ${place.region} ${service}`;
    const { perSecond, burst } = callRates[service];
    const rate =
      this.#rates.get(key) ??
      new AdaptiveRate({ ratePerSecond: this.#options.rates?.[service] ?? perSecond, burst, clock: this.clock });
    this.#rates.set(key, rate);
    return rate;
  }
}
