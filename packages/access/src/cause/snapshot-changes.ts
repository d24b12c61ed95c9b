import { ECR_CHANGE_EVENTS, IAM_CHANGE_EVENTS } from '../activity/event-catalogue.ts';
import type { ChangeEvent, SessionOrigin } from '../activity/event.ts';
import { foldEvents } from '../activity/fold-events.ts';
import type { SnapshotWithParts } from '../carriers/version-pairs.ts';
import type { ObservedEvents } from '../over-permission/observation.ts';
import { eventLines, missingNames } from '../over-permission/snapshot-activity.ts';
import { seenChange, type SeenChange } from './seen-change.ts';

// Clocks differ by minutes, and a scan reads one account after the other.
const CLOCK_TOLERANCE_MS = 60 * 60 * 1000;

const EVENTS = /^accounts\/(\d{12})\/([a-z0-9-]+)\/cloudtrail-events\.ndjson$/;

/** The changes that the files of snapshots hold, and what was wholly seen by reading them. */
export function snapshotChanges(sides: readonly SnapshotWithParts[]): {
  readonly changes: readonly SeenChange[];
  readonly observed: readonly ObservedEvents[];
} {
  const changes = new Map<string, ChangeEvent>();
  const sessions = new Map<string, SessionOrigin>();
  const observed: ObservedEvents[] = [];
  for (const { snapshot, parts } of sides) {
    const read = new Set<string>();
    const latestMs = Date.parse(snapshot.takenAt) + CLOCK_TOLERANCE_MS;
    for (const { path, content } of parts) {
      const [, accountId, region] = EVENTS.exec(path) ?? [];
      if (accountId === undefined || region === undefined) {
        continue;
      }
      const folded = foldEvents(eventLines(content), { recordedIn: { accountId, region }, latestMs });
      folded.sessions.forEach((session) => sessions.set(session.accessKeyId, session));
      folded.changes.forEach((change) => addChange(changes, change));
      if (folded.rejected.length === 0) {
        read.add(`${accountId} ${region}`);
      }
    }
    observed.push(...observedBy(snapshot, read));
  }
  return {
    changes: [...changes.values()].map((change) =>
      seenChange(change, sessions.get(change.actor.accessKeyId ?? '') ?? null),
    ),
    observed,
  };
}

/** Of the copies that two accounts have of one call, the one that names who it was. */
function addChange(changes: Map<string, ChangeEvent>, change: ChangeEvent): void {
  const known = changes.get(change.occurrenceId);
  if (known === undefined || (known.actor.arn === null && change.actor.arn !== null)) {
    changes.set(change.occurrenceId, change);
  }
}

/**
 * A collection reads the names of IAM and ECR over its window, and none of Organizations: an event of that may be there all the
 * same. `read`: where there is a file of events, and all of it could be read.
 */
function observedBy(snapshot: SnapshotWithParts['snapshot'], read: ReadonlySet<string>): ObservedEvents[] {
  return [...snapshot.accounts.values()].flatMap(({ id: accountId, cloudTrailWindows }) =>
    [...cloudTrailWindows].flatMap(([region, { startTime, endTime, complete }]): ObservedEvents[] => {
      const during = { fromMs: Date.parse(startTime), untilMs: Date.parse(endTime) };
      const missing = complete ? [] : missingNames(snapshot, { accountId, region });
      return missing === null || !read.has(`${accountId} ${region}`) || !(during.fromMs < during.untilMs)
        ? []
        : NAMES.filter((eventName) => !missing.includes(eventName)).map((eventName) => ({
            accountId,
            region,
            eventName,
            during: [during],
          }));
    }),
  );
}

const NAMES = [...new Set([...IAM_CHANGE_EVENTS, ...ECR_CHANGE_EVENTS])];
