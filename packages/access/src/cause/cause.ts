import type { CauseActor } from './cause-actor.ts';

/** A call that made something what it is, as CloudTrail recorded it. */
export interface CauseEvent {
  readonly eventId: string;
  readonly eventSource: string;
  readonly eventName: string;
  /** ISO 8601. */
  readonly time: string;
  /** In whose history it stands, and where. */
  readonly accountId: string;
  readonly region: string;
  readonly actor: CauseActor;
  readonly sourceAddress: string | null;
}

/** What remains as an explanation where no event explains a difference. */
export type NoEventReason =
  /** AWS put a new version of its own policy into force, which CloudTrail records nowhere. */
  | 'awsManagedPolicy'
  /** Nothing is read of the history of the account in which the call stands. */
  | 'accountNotObserved'
  /** Some of the time between was not seen: the call stands there. */
  | 'windowHole'
  /** All of the time between was seen, and holds no call that leads there. */
  | 'noEventFound';

interface TimeStretch {
  readonly from: string;
  readonly until: string;
}

/** Why there is no event, with what was looked at. */
export interface NoEvent {
  readonly reason: NoEventReason;
  readonly window: TimeStretch;
  /** Whose history would tell; null where nobody knows which account manages the organization. */
  readonly accountId: string | null;
  readonly region: string | null;
  /** The stretches that were not seen. */
  readonly missing: readonly TimeStretch[];
  /** Calls about the same that led elsewhere, the oldest first. */
  readonly others: readonly CauseEvent[];
}

/** What made a difference of the configuration. */
export type Cause =
  | {
      readonly kind: 'events';
      /** The oldest first; the last one made the state that is there. Several where several things differ, such as two tags. */
      readonly events: readonly CauseEvent[];
      /** Calls about the same before them, the oldest first: what they did was done over. */
      readonly earlier: readonly CauseEvent[];
      /** False where what a call asked for was not kept whole, so that it may have asked for something else. */
      readonly isCertain: boolean;
      /** What else is part of the difference, such as another tag, and has no event. */
      readonly unexplained: readonly { readonly label: string; readonly why: NoEvent }[];
    }
  | { readonly kind: 'noEvent'; readonly why: NoEvent };
