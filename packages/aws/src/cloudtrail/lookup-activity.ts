import type { ActivityBatch, ActivityHole, CollectionGap, HoleReason, Interval } from '@ecr-audit/access';

import type { AwsSession } from '../session.ts';
import { readWindow } from './read-window.ts';

// 50 s of one name: the others of the region wait no longer than that for it.
const pagesPerWindowMaxDefault = 100;
const secondMs = 1000;
// A name that is throttled out has cost all attempts; when several in a row are, the limit is taken by somebody else.
const failedNamesInARowMax = 3;

/** What to look up of one event name: the most wanted window first. */
export interface NameToLookUp {
  readonly eventName: string;
  readonly windows: readonly Interval[];
}

export interface ActivityLookup {
  readonly accountId: string;
  readonly region: string;
  readonly names: readonly NameToLookUp[];
  /** Bound on the requests of this pass; what it does not reach is for the next one. */
  readonly requestsMax: number;
  readonly pagesPerWindowMax?: number;
  readonly signal?: AbortSignal;
}

/** A page of events, and what of the time is wholly read with it. */
export interface LookupBatch extends ActivityBatch {
  readonly requests: number;
  /** A request that failed, as a gap; without a resource where all names fail alike. */
  readonly gap: CollectionGap | null;
}

/**
 * Looks events up name by name, as batches of a page.
 *
 * A stretch is said to be observed only by the batch that reads it to its end. Windows that meet the bound on pages are cut
 * where reading ended, or in half where the order of the answer does not tell where that is. First the newest window of each
 * name, then what is left of older ones. Throws an `AwsError` when the credentials do not work.
 */
export async function* lookupActivity(session: AwsSession, lookup: ActivityLookup): AsyncGenerator<LookupBatch> {
  const pass = new LookupPass(session, lookup);
  for (const { eventName, windows } of lookup.names) {
    const [newest] = windows;
    if (newest !== undefined) {
      yield* pass.read(eventName, newest);
    }
  }
  for (const { eventName, windows } of lookup.names) {
    for (const window of windows.slice(1)) {
      yield* pass.read(eventName, window);
    }
  }
}

class LookupPass {
  readonly #session: AwsSession;
  readonly #lookup: ActivityLookup;
  #requestsLeft: number;
  #namesRead = 0;
  #failedInARow = 0;
  /** Set when no further name can be read in this pass. */
  #ended: { readonly gap: CollectionGap; readonly isForAll: boolean } | null = null;
  readonly #failedNames = new Set<string>();

  constructor(session: AwsSession, lookup: ActivityLookup) {
    this.#session = session;
    this.#lookup = lookup;
    this.#requestsLeft = lookup.requestsMax;
  }

  async *read(eventName: string, window: Interval): AsyncGenerator<LookupBatch> {
    if (this.#ended?.isForAll === true) {
      yield {
        events: [],
        observed: [],
        holes: [this.#hole(eventName, window, this.#ended.gap)],
        requests: 0,
        gap: null,
      };
      return;
    }
    if (this.#ended !== null || this.#failedNames.has(eventName)) {
      return;
    }
    // The window at the end is read first, so that a half that is cut off waits behind the newer half.
    const left: Interval[] = [window];
    for (let next = left.pop(); next !== undefined && this.#ended === null; next = left.pop()) {
      if (this.#requestsLeft <= 0 || this.#failedNames.has(eventName)) {
        return;
      }
      yield* this.#readOne(eventName, next, left);
    }
  }

  async *#readOne(eventName: string, window: Interval, left: Interval[]): AsyncGenerator<LookupBatch> {
    const { accountId, region, signal = null } = this.#lookup;
    const pagesMax = Math.min(this.#lookup.pagesPerWindowMax ?? pagesPerWindowMaxDefault, this.#requestsLeft);
    const pages = readWindow(this.#session, { accountId, region, eventName }, { window, pagesMax, signal });
    for await (const { events, end } of pages) {
      const batch = { events, observed: [], holes: [], requests: end?.kind === 'stopped' ? 0 : 1, gap: null };
      this.#requestsLeft -= batch.requests;
      if (end === null) {
        yield batch;
        continue;
      }
      switch (end.kind) {
        case 'complete':
          this.#succeeded();
          yield { ...batch, observed: [this.#at(eventName, window)] };
          break;
        case 'bounded':
          this.#succeeded();
          yield { ...batch, ...this.#cut(eventName, window, end.readFromMs, left) };
          break;
        case 'failed':
          yield { ...batch, holes: [this.#hole(eventName, window, end.gap)], gap: this.#failed(eventName, end.gap) };
          break;
        case 'stopped':
          this.#requestsLeft = 0;
          break;
        default:
          end satisfies never;
      }
    }
  }

  /** What was read of a window that was too large; the rest waits for the next pass, or as halves for this one. */
  #cut(
    eventName: string,
    window: Interval,
    readFromMs: number | null,
    left: Interval[],
  ): Pick<ActivityBatch, 'observed' | 'holes'> {
    if (readFromMs !== null && readFromMs < window.untilMs) {
      return { observed: [this.#at(eventName, { fromMs: readFromMs, untilMs: window.untilMs })], holes: [] };
    }
    const middleMs = Math.floor((window.fromMs + window.untilMs) / 2 / secondMs) * secondMs;
    if (middleMs > window.fromMs) {
      left.push({ fromMs: window.fromMs, untilMs: middleMs }, { fromMs: middleMs, untilMs: window.untilMs });
      return { observed: [], holes: [] };
    }
    const message = `more \`${eventName}\` events within a second than the bound on pages allows`;
    return { observed: [], holes: [{ ...this.#at(eventName, window), reason: 'tooDense', message }] };
  }

  #succeeded(): void {
    this.#namesRead += 1;
    this.#failedInARow = 0;
  }

  #failed(eventName: string, gap: CollectionGap): CollectionGap {
    this.#failedNames.add(eventName);
    this.#failedInARow += 1;
    if (this.#namesRead === 0 && gap.reason !== 'throttled' && gap.reason !== 'timeout') {
      // LookupEvents cannot be allowed for one name and denied for another, so the other names would fail alike.
      this.#ended = { gap, isForAll: true };
      return { ...gap, resource: null, message: `cannot read cloudtrail:LookupEvents: ${gap.reason}` };
    }
    if (this.#failedInARow === failedNamesInARowMax) {
      this.#ended = { gap, isForAll: false };
    }
    return gap;
  }

  #at(eventName: string, { fromMs, untilMs }: Interval): ActivityBatch['observed'][number] {
    const { accountId, region } = this.#lookup;
    return { accountId, region, eventName, fromMs, untilMs };
  }

  #hole(eventName: string, window: Interval, gap: CollectionGap): ActivityHole {
    return { ...this.#at(eventName, window), reason: holeReason(gap), message: gap.message };
  }
}

function holeReason({ reason }: CollectionGap): HoleReason {
  return reason === 'accessDenied' || reason === 'throttled' || reason === 'timeout' ? reason : 'failed';
}
