import type { Event } from '@aws-sdk/client-cloudtrail';
import type { CollectionGap, SnapshotPart } from '@ecr-audit/access';

import { attempt } from '../attempt.ts';
import type { Collection } from '../collection.ts';
import { eventNamesFor } from './event-names.ts';
import { lookupEventsNamed } from './lookup-events.ts';
import type { ActivityWindow } from './lookup-events.ts';
import { homeRegion } from '../regions.ts';
import type { AwsSession } from '../session.ts';
import { jsonLine, jsonPart, snapshotTime } from '../snapshot-json.ts';
import { trimEvent } from './trim-event.ts';

export interface CloudTrailQuery extends ActivityWindow {
  /** Names to look up; without them those that matter in the region. One name costs at least half a second. */
  readonly eventNames?: readonly string[];
  /** Partition of the account, which tells where CloudTrail records the calls of IAM. */
  readonly partition?: string;
  readonly pagesPerEventNameMax?: number;
}

// 100 pages are 5,000 events and 50 s for one name. A registry that is pulled from more often than that within the
// window is known to be in use; who used it before is what the gap says is missing.
const pagesPerEventNameMaxDefault = 100;

// A name that is throttled out has cost all attempts; when several in a row are, the limit is taken by somebody else.
const failedNamesInARowMax = 3;

// Names such as TagResource and CreatePolicy belong to many services.
const eventSources = new Set(['iam.amazonaws.com', 'ecr.amazonaws.com', 'organizations.amazonaws.com']);

/**
 * Reads the events of a region that tell how access changed and how it is used: two files, or gaps.
 *
 * The window is incomplete when a name could not be read to its start; then the gap names it. Where nothing at all
 * could be read there is no file. Time: at least half a second a name, because the limit is two requests a second.
 */
export async function collectCloudTrail(
  session: AwsSession,
  accountId: string,
  region: string,
  query: CloudTrailQuery,
): Promise<Collection> {
  const { startTime, endTime } = query;
  const eventNames =
    query.eventNames ??
    eventNamesFor({ isHomeRegion: region === homeRegion(query.partition ?? 'aws'), isEcrRead: true });
  const pagesMax = query.pagesPerEventNameMax ?? pagesPerEventNameMaxDefault;
  const byId = new Map<string, Event>();
  const gaps: CollectionGap[] = [];
  let namesRead = 0;
  let failedInARow = 0;

  for (const eventName of eventNames) {
    if (failedInARow === failedNamesInARowMax) {
      gaps.push(
        lookupGap(
          { accountId, region, resource: null },
          `stopped before \`${eventName}\`: ${failedInARow} names in a row could not be read`,
        ),
      );
      break;
    }
    const place = { accountId, region, source: 'cloudtrail:LookupEvents', resource: eventName };
    const found = await attempt(session, place, () =>
      lookupEventsNamed(session, { accountId, region }, { eventName, window: { startTime, endTime }, pagesMax }),
    );
    if (found.kind === 'gap' && namesRead === 0 && found.gap.reason !== 'throttled') {
      // LookupEvents cannot be allowed for one name and denied for another, so the other names would fail alike.
      return {
        parts: [],
        gaps: [{ ...found.gap, resource: null, message: `cannot read cloudtrail:LookupEvents: ${found.gap.reason}` }],
      };
    }
    if (found.kind === 'gap') {
      gaps.push(found.gap);
      failedInARow += 1;
      continue;
    }
    namesRead += 1;
    failedInARow = 0;
    for (const event of found.value.events) {
      if (event.EventId !== undefined && eventSources.has(event.EventSource ?? '')) {
        byId.set(event.EventId, event);
      }
    }
    if (!found.value.isComplete) {
      gaps.push(
        lookupGap(
          place,
          `stopped reading \`${eventName}\` events after ${pagesMax} pages: older ones within the window are missing`,
        ),
      );
    }
  }
  if (namesRead === 0 && eventNames.length > 0) {
    return { parts: [], gaps };
  }
  return {
    parts: cloudTrailParts({
      accountId,
      region,
      startTime,
      endTime,
      isComplete: gaps.length === 0,
      events: byId.values(),
    }),
    gaps,
  };
}

function lookupGap(
  place: { readonly accountId: string; readonly region: string; readonly resource: string | null },
  message: string,
): CollectionGap {
  return {
    accountId: place.accountId,
    region: place.region,
    source: 'cloudtrail:LookupEvents',
    resource: place.resource,
    reason: 'notCollected',
    message,
  };
}

function cloudTrailParts(
  observed: ActivityWindow & {
    readonly accountId: string;
    readonly region: string;
    readonly isComplete: boolean;
    readonly events: Iterable<Event>;
  },
): readonly SnapshotPart[] {
  const folder = `accounts/${observed.accountId}/${observed.region}`;
  const lines = [...observed.events].toSorted(newestFirst).map((event) => `${jsonLine(trimEvent(event))}\n`);
  return [
    { path: `${folder}/cloudtrail-events.ndjson`, content: lines.join('') },
    jsonPart(`${folder}/cloudtrail-window.json`, {
      startTime: snapshotTime(observed.startTime),
      endTime: snapshotTime(observed.endTime),
      complete: observed.isComplete,
    }),
  ];
}

/** Newest first as CloudTrail answers them; events of one second by their id, so that two readings agree. */
function newestFirst(left: Event, right: Event): number {
  const byTime = (right.EventTime?.getTime() ?? 0) - (left.EventTime?.getTime() ?? 0);
  return byTime !== 0 ? byTime : (left.EventId ?? '') < (right.EventId ?? '') ? -1 : 1;
}
