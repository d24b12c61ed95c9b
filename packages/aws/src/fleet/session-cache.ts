import type { AwsSession } from '../session.ts';

/** The sessions used last. Sockets belong to the fleet, so that forgetting a session breaks nothing that is under way. */
export class SessionCache {
  readonly #max: number;
  readonly #sessions = new Map<string, AwsSession>();

  constructor(max: number) {
    this.#max = max;
  }

  get(accountId: string, open: () => AwsSession): AwsSession {
    const kept = this.#sessions.get(accountId);
    const session = kept === undefined || kept.member?.isRefusalOld() === true ? open() : kept;
    // A map keeps the order of insertion: the first one is the one used longest ago.
    this.#sessions.delete(accountId);
    this.#sessions.set(accountId, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > this.#max && oldest !== undefined) {
      this.#sessions.delete(oldest);
    }
    return session;
  }

  drop(accountId: string): void {
    this.#sessions.delete(accountId);
  }
}
