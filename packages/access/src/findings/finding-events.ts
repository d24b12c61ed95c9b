import type { ActivityEvent, ActivityResource } from '../activity/event.ts';
import { parseEvent } from '../activity/parse-event.ts';
import type { Snapshot } from '../snapshot/model.ts';
import type { SnapshotPart } from '../snapshot/part.ts';

/** An event with what it was about, a refused one included. */
export interface FindingEvent {
  readonly event: ActivityEvent;
  readonly resources: readonly ActivityResource[];
}

// Clocks differ by minutes; an event that is later than this is not of this snapshot.
const CLOCK_TOLERANCE_MS = 60 * 60 * 1000;
const EVENTS_FILE = 'cloudtrail-events.ndjson';

/**
 * The events of ECR and IAM in a snapshot, each occurrence once, the earliest first; null where it holds none of any account.
 *
 * An event that cannot be read is left out here; the window that it belongs to does not count as seen, which ECR-BLIND tells.
 */
export function findingEvents(snapshot: Snapshot, parts: readonly SnapshotPart[]): FindingEvent[] | null {
  const files = parts.filter(({ path }) => path.endsWith(`/${EVENTS_FILE}`));
  if (files.length === 0) {
    return null;
  }
  const latestMs = Date.parse(snapshot.takenAt) + CLOCK_TOLERANCE_MS;
  const found = new Map<string, FindingEvent>();
  for (const { path, content } of files) {
    const [, accountId = '', region = ''] = path.split('/');
    for (const line of content.split('\n')) {
      const read = line.trim() === '' ? null : readEvent(line, { recordedIn: { accountId, region }, latestMs });
      if (read !== null) {
        const earlier = found.get(read.event.occurrenceId);
        // The copy in the history of the caller's own account names who it was.
        if (earlier === undefined || (earlier.event.actor.arn === null && read.event.actor.arn !== null)) {
          found.set(read.event.occurrenceId, read);
        }
      }
    }
  }
  return [...found.values()].toSorted((a, b) => a.event.timeMs - b.event.timeMs);
}

type Options = Parameters<typeof parseEvent>[1];

function readEvent(line: string, options: Options): FindingEvent | null {
  const parsed = parseEvent(line, options);
  if (parsed.kind === 'rejected') {
    return null;
  }
  const { event } = parsed;
  const { outcome } = event;
  switch (outcome.kind) {
    case 'use':
      return { event, resources: outcome.use.resources };
    case 'change':
      return { event, resources: outcome.use?.resources ?? [] };
    case 'session':
      return null;
    case 'ignored':
      return outcome.reason === 'failedCall' ? { event, resources: outcome.resources } : null;
  }
}
