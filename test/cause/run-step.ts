import {
  assembleSnapshot,
  type Cause,
  causesOf,
  type ConfigurationDifferences,
  configurationDifferences,
  snapshotChanges,
  type SnapshotPart,
  type SnapshotWithParts,
} from '@ecr-audit/access';
import { decoysOf } from './history/decoys.ts';
import { FROM, type RecordedEvent, TO } from './history/events.ts';
import { render } from './history/render.ts';
import type { Step } from './history/step.ts';
import { world } from './history/world.ts';

/** What is told of the difference that a key names, as `Step.expected` writes it, with what came before it. */
export interface ToldCause {
  readonly made: readonly string[] | string;
  readonly earlier: readonly string[];
}

// Days before the first snapshot, so that decoys of the days before are read too.
const SEEN_FROM = '2026-10-20T00:00:00Z';

/** Runs a step from files to causes; `disturb` may put its events, decoys among them, in another order. */
export function runStep(
  step: Step,
  disturb: (events: readonly RecordedEvent[]) => readonly RecordedEvent[] = (events) => events,
): ReadonlyMap<string, ToldCause> {
  const { from, to } = snapshotsOf(step, disturb);
  const { differences } = configurationDifferences(from, to);
  const causes = causesOf(differences, { from, to, ...snapshotChanges([from, to]) });
  return new Map(differences.map((difference, index) => [keyOf(difference), told(causes[index])]));
}

export function snapshotsOf(
  { before, after, events, hasOwnDecoys = false, seen }: Step,
  disturb: (events: readonly RecordedEvent[]) => readonly RecordedEvent[] = (all) => all,
): { from: SnapshotWithParts; to: SnapshotWithParts } {
  const [earlier, later] = [world(), world()];
  before?.(earlier);
  before?.(later);
  after(later);
  const all = disturb([...events, ...(hasOwnDecoys ? [] : events.flatMap(decoysOf))]);
  return {
    from: withParts(render(earlier, { takenAt: FROM, seen: null, events: [] })),
    to: withParts(
      render(later, {
        takenAt: TO,
        seen: seen === undefined ? { startTime: SEEN_FROM, endTime: TO } : seen,
        events: all,
      }),
    ),
  };
}

function withParts(parts: readonly SnapshotPart[]): SnapshotWithParts {
  return { parts, snapshot: assembleSnapshot(parts) };
}

function keyOf({ kind, change, subjects }: ConfigurationDifferences['differences'][number]): string {
  return `${kind} ${change} ${subjects[0]}`;
}

function told(cause: Cause | undefined): ToldCause {
  if (cause === undefined) {
    return { made: 'nothing', earlier: [] };
  }
  return cause.kind === 'noEvent'
    ? { made: cause.why.reason, earlier: [] }
    : { made: ids(cause.events), earlier: ids(cause.earlier) };
}

function ids(events: readonly { readonly eventId: string }[]): string[] {
  return events.map(({ eventId }) => eventId);
}
