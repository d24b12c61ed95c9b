import { throttled } from './fake-error.ts';

const windowMs = 1000;

/** The limit of LookupEvents: so many requests within any second, for an account and region. */
export class LookupRate {
  readonly #perSecond: number;
  readonly #nowMs: () => number;
  readonly #recent = new Map<string, number[]>();

  constructor(options: { readonly perSecond: number; readonly nowMs: () => number }) {
    this.#perSecond = options.perSecond;
    this.#nowMs = options.nowMs;
  }

  /** Counts a request, or throws the throttling error. A refused request does not count. */
  take(key: string): void {
    const nowMs = this.#nowMs();
    const recent = (this.#recent.get(key) ?? []).filter((atMs) => nowMs - atMs < windowMs);
    this.#recent.set(key, recent);
    if (recent.length >= this.#perSecond) {
      throw throttled('cloudtrail');
    }
    recent.push(nowMs);
  }
}
