import type { Interval } from './intervals.ts';

/** Where an event was seen. */
export type ActivitySource = 'lookupEvents' | 'logFile';

/** In place of a name: events of every name, and of every name that writes. */
export const EVERY_EVENT = '*';
export const EVERY_WRITE = '*write';

/** A stretch of time in which all events of a name were seen in the history of an account and region. */
export interface ObservedInterval extends Interval {
  readonly accountId: string;
  readonly region: string;
  readonly eventName: string;
}

export type HoleReason =
  | 'accessDenied'
  | 'throttled'
  | 'timeout'
  | 'failed'
  /** LookupEvents keeps 90 days, and this is older. */
  | 'expired'
  /** More events within one second than the bound on pages lets us read. */
  | 'tooDense'
  /** A log file that could not be read, or none where one must have been. */
  | 'fileBroken'
  | 'fileMissing'
  /** The log files hold no event that reads, so the trail may leave them out. */
  | 'writesOnly';

/** A stretch of time that was meant to be seen and was not. */
export interface ActivityHole extends ObservedInterval {
  readonly reason: HoleReason;
  readonly message: string;
}

/** Events as a source gives them, with what is wholly seen once they, and all batches before them, are kept. */
export interface ActivityBatch {
  /** LookupEvents' `Event`, a bare record, or the text of either. */
  readonly events: readonly unknown[];
  readonly observed: readonly ObservedInterval[];
  readonly holes: readonly ActivityHole[];
}
