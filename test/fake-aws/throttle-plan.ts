import type { ServiceName } from './wire/operation-schema.ts';

/** A token bucket as AWS fills it: so many calls a second, and so many at once after a pause. */
export interface ThrottleRate {
  readonly ratePerSecond: number;
  readonly burst: number;
}

export type ThrottleSettings = Partial<Readonly<Record<ServiceName, ThrottleRate>>>;

/** What a busy account gets: close to what is seen in the field, where AWS publishes nothing. */
export const realisticThrottling: ThrottleSettings = {
  sts: { ratePerSecond: 600, burst: 600 },
  iam: { ratePerSecond: 10, burst: 20 },
  ecr: { ratePerSecond: 50, burst: 100 },
  organizations: { ratePerSecond: 5, burst: 10 },
  account: { ratePerSecond: 5, burst: 5 },
};

/** One bucket for each account, region and service. A refused call takes nothing. */
export class ThrottlePlan {
  readonly #settings: ThrottleSettings;
  readonly #nowMs: () => number;
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(options: { readonly settings: ThrottleSettings; readonly nowMs: () => number }) {
    this.#settings = options.settings;
    this.#nowMs = options.nowMs;
  }

  allows(call: { readonly accountId: string; readonly region: string; readonly service: ServiceName }): boolean {
    const rate = this.#settings[call.service];
    if (rate === undefined) {
      return true;
    }
    const nowMs = this.#nowMs();
    const key = `${call.accountId}/${call.region}/${call.service}`;
    const bucket = this.#buckets.get(key) ?? { tokens: rate.burst, atMs: nowMs };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(rate.burst, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * rate.ratePerSecond);
    bucket.atMs = nowMs;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }
}
