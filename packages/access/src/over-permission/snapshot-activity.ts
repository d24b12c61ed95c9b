import { ECR_CHANGE_EVENTS, ECR_USE_EVENTS } from '../activity/event-catalogue.ts';
import { type FoldedEvents, foldEvents } from '../activity/fold-events.ts';
import type { CloudTrailWindow, Snapshot } from '../snapshot/model.ts';
import type { SnapshotPart } from '../snapshot/part.ts';
import type { ObservedEvents } from './observation.ts';
import { type ObservedUse, usesOf } from './observed-use.ts';

/** What a snapshot directory tells of use. */
export interface SnapshotActivity {
  readonly uses: readonly ObservedUse[];
  readonly observed: readonly ObservedEvents[];
  /** Events that could not be read. A window with one of them is not wholly seen. */
  readonly rejected: number;
}

// Clocks differ by minutes; an event that is later than this is not of this snapshot.
const CLOCK_TOLERANCE_MS = 60 * 60 * 1000;

/** Folds the CloudTrail events of a snapshot directory. Memory is that of the events of the largest region. */
export function snapshotActivity(snapshot: Snapshot, parts: readonly SnapshotPart[]): SnapshotActivity {
  const latestMs = Date.parse(snapshot.takenAt) + CLOCK_TOLERANCE_MS;
  const broken = new Set<string>();
  const batches: FoldedEvents[] = [];
  let rejected = 0;
  for (const { path, content } of parts) {
    const [top, accountId, region, name] = path.split('/');
    if (top !== 'accounts' || accountId === undefined || region === undefined || name !== 'cloudtrail-events.ndjson') {
      continue;
    }
    const batch = foldEvents(eventLines(content), { recordedIn: { accountId, region }, latestMs });
    batches.push(batch);
    if (batch.rejected.length > 0) {
      rejected += batch.rejected.length;
      broken.add(`${accountId} ${region}`);
    }
  }
  const observed = [...snapshot.accounts.values()].flatMap(({ id, cloudTrailWindows }) =>
    [...cloudTrailWindows].flatMap(([region, window]) =>
      broken.has(`${id} ${region}`) ? [] : observedNames(snapshot, { accountId: id, region, window }),
    ),
  );
  return { uses: usesOf(batches, 'lookupEvents'), observed, rejected };
}

/** The lines of a file of events, without those that are empty. */
export function* eventLines(content: string): Generator<string> {
  for (let from = 0; from < content.length;) {
    const end = content.indexOf('\n', from);
    const until = end === -1 ? content.length : end;
    const line = content.slice(from, until).trim();
    if (line !== '') {
      yield line;
    }
    from = until + 1;
  }
}

/**
 * The names that a collection reads, over its window. One that is not complete is seen only for the names that its gaps do
 * not name; where no gap says which names are missing, nothing was wholly seen.
 */
function observedNames(
  snapshot: Snapshot,
  { accountId, region, window }: { accountId: string; region: string; window: CloudTrailWindow },
): ObservedEvents[] {
  const fromMs = Date.parse(window.startTime);
  const untilMs = Date.parse(window.endTime);
  const missing = window.complete ? [] : missingNames(snapshot, { accountId, region });
  if (missing === null || !(fromMs < untilMs)) {
    return [];
  }
  return [...new Set([...ECR_USE_EVENTS, ...ECR_CHANGE_EVENTS])]
    .filter((eventName) => !missing.includes(eventName))
    .map((eventName) => ({ accountId, region, eventName, during: [{ fromMs, untilMs }] }));
}

/** The names of events that a collection could not read whole; null where that cannot be told. */
export function missingNames(
  snapshot: Snapshot,
  place: { accountId: string; region: string },
): readonly string[] | null {
  const gaps = snapshot.gaps.filter(
    ({ accountId, region, source }) =>
      (accountId === null || accountId === place.accountId) &&
      (region === null || region === place.region) &&
      source.startsWith('cloudtrail:'),
  );
  const names = gaps.flatMap(({ resource }) => resource ?? []);
  return gaps.length > 0 && names.length === gaps.length ? names : null;
}
