import type { FoldedEvents, UseGroup } from '../activity/fold-events.ts';
import type { ActivitySource } from '../activity/observed.ts';

/** What one principal did on one repository or registry: how often, first and last. */
export interface ObservedUse {
  /** What use is counted under, see `ActivityActor`. */
  readonly principalKey: string;
  readonly principalAccountId: string | null;
  /** Null where the events do not name it. */
  readonly principalArn: string | null;
  /** Of the registry, which may be somebody else's. */
  readonly accountId: string;
  readonly region: string;
  /** Name; null for the registry itself. */
  readonly repository: string | null;
  readonly action: string;
  /** The AWS service that made the calls for the principal; null where it made them itself. */
  readonly onBehalfOf: string | null;
  readonly source: ActivitySource;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly events: number;
}

/** The uses that batches of events come to. An occurrence that stands in two histories counts once. */
export function usesOf(batches: Iterable<FoldedEvents>, source: ActivitySource): ObservedUse[] {
  const found = new Map<string, { group: UseGroup; readonly occurrences: Map<string, number> }>();
  for (const { groups, uses } of batches) {
    const entries = groups.map((group) => {
      const { actor, resource, action, onBehalfOf } = group;
      const key = JSON.stringify([
        actor.key,
        resource.accountId,
        resource.region,
        resource.repository,
        action,
        onBehalfOf,
      ]);
      const entry = found.get(key) ?? { group, occurrences: new Map<string, number>() };
      found.set(key, entry);
      // The copy in the history of another account does not name the ARN.
      if (entry.group.actor.arn === null || (actor.arn !== null && group.describedAtMs > entry.group.describedAtMs)) {
        entry.group = group;
      }
      return entry;
    });
    for (const { group, occurrenceId, timeMs } of uses) {
      entries[group]?.occurrences.set(occurrenceId, timeMs);
    }
  }
  return [...found.values()].map(({ group: { actor, resource, action, onBehalfOf }, occurrences }): ObservedUse => {
    const [firstMs, lastMs] = extremes(occurrences.values());
    return {
      principalKey: actor.key,
      principalAccountId: actor.accountId,
      principalArn: actor.arn,
      ...resource,
      action,
      onBehalfOf,
      source,
      firstMs,
      lastMs,
      events: occurrences.size,
    };
  });
}

function extremes(times: Iterable<number>): readonly [number, number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return [first, last];
}
