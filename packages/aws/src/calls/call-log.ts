/** How an attempt ended. An answer that says "there is none" (no policy, no organization) is `ok`: it is an answer. */
export type CallResult = 'ok' | 'throttled' | 'denied' | 'failed';

/** Attempts of one kind, those that were retried included. */
export interface CallCount {
  /** `caller` where nobody asked yet to which account the credentials belong. */
  readonly accountId: string;
  /** In IAM's spelling, `ecr:GetRepositoryPolicy`. */
  readonly operation: string;
  readonly result: CallResult;
  readonly count: number;
}

/** Counts what a session, or all sessions of a fleet, sent to AWS. Holds numbers only, one for each kind of call. */
export interface CallLog {
  /** Since the start, sorted by account, operation and result. */
  counts(): readonly CallCount[];
  /** Since the last time this was asked: for counters that are added up elsewhere. */
  drain(): readonly CallCount[];
  /** Attempts that AWS throttled since the start. */
  throttled(): number;
}

/** The account of calls that were made before the account of the credentials was known. */
export const unknownAccount = 'caller';

/** The side of a call log that is written. */
export class CallCounter implements CallLog {
  readonly #total = new Map<string, CallCount>();
  #fresh = new Map<string, CallCount>();
  #callerAccountId = unknownAccount;

  /** Names the account whose calls were counted under {@link unknownAccount}. */
  callerIs(accountId: string): void {
    this.#callerAccountId = accountId;
  }

  add(call: Omit<CallCount, 'count'>): void {
    for (const counts of [this.#total, this.#fresh]) {
      const key = `${call.accountId} ${call.operation} ${call.result}`;
      counts.set(key, { ...call, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }

  counts(): readonly CallCount[] {
    return this.#named(this.#total);
  }

  drain(): readonly CallCount[] {
    const fresh = this.#fresh;
    this.#fresh = new Map();
    return this.#named(fresh);
  }

  throttled(): number {
    return [...this.#total.values()]
      .filter((call) => call.result === 'throttled')
      .reduce((sum, call) => sum + call.count, 0);
  }

  /** Calls of the caller before and after its account was known are calls of one account. */
  #named(counts: ReadonlyMap<string, CallCount>): readonly CallCount[] {
    const merged = new Map<string, CallCount>();
    for (const call of counts.values()) {
      const accountId = call.accountId === unknownAccount ? this.#callerAccountId : call.accountId;
      const key = `${accountId} ${call.operation} ${call.result}`;
      merged.set(key, { ...call, accountId, count: (merged.get(key)?.count ?? 0) + call.count });
    }
    return [...merged.entries()].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, call]) => call);
  }
}
