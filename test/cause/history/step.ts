import type { NoEventReason } from '@ecr-audit/access';
import type { RecordedEvent } from './events.ts';
import type { Seen } from './render.ts';
import type { World } from './world.ts';

/** A change of the organization with what CloudTrail recorded of it. */
export interface Step {
  readonly name: string;
  /** What the world is before, where the one that all begin with will not do. */
  readonly before?: (state: World) => void;
  readonly after: (state: World) => void;
  readonly events: readonly RecordedEvent[];
  /** By `KIND CHANGE SUBJECT`: ids of the events that made it, or which explanation remains. Every difference is named. */
  readonly expected: Readonly<Record<string, readonly string[] | NoEventReason>>;
  /** Events that are not the cause and must be listed as what came before. */
  readonly earlier?: readonly string[];
  /** Where the step has its own, of the kind that the others are given. */
  readonly hasOwnDecoys?: boolean;
  /** What was read of the time between, where it is not all of it. */
  readonly seen?: Seen | null;
}
