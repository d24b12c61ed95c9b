import { type CauseInput, type SeenChange, snapshotChanges } from '@ecr-audit/access';
import { listChangeEvents, observedEverywhere, type RecordedChange, type Store } from '@ecr-audit/store';
import { z } from 'zod';
import type { LoadedSnapshot } from '../load-snapshot.ts';

// A page is some megabytes: a policy document may be in each.
const pageSize = 5000;
// A call may be recorded minutes before a scan that it is not seen in, and a scan reads on for a while after its time.
const beforeMs = 5 * 60_000;
const afterMs = 60 * 60_000;

/**
 * The calls between two snapshots that changed something, and what was wholly seen: of the files of the snapshots, and of the
 * database where one of them lies there.
 */
export async function loadChanges(
  from: LoadedSnapshot,
  to: LoadedSnapshot,
): Promise<Pick<CauseInput, 'changes' | 'observed'>> {
  const own = snapshotChanges([from, to]);
  const stored = [to, from].find((side) => side.source === 'database');
  if (stored === undefined) {
    return own;
  }
  const window = {
    from: new Date(Date.parse(from.snapshot.takenAt) - beforeMs),
    until: new Date(Date.parse(to.snapshot.takenAt) + afterMs),
  };
  const [changes, observed] = [await storedChanges(stored.store, window), await observedEverywhere(stored.store.sql)];
  return { changes: [...own.changes, ...changes], observed: [...own.observed, ...observed] };
}

/** Page by page, each from the time of the last one of the page before, which is read again. */
async function storedChanges(
  { sql }: Store,
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<SeenChange[]> {
  const found = new Map<string, SeenChange>();
  for (let [next, limit] = [from, pageSize]; ;) {
    const page = await listChangeEvents(sql, { from: next, until, limit });
    page.forEach((change) => found.set(change.eventId, seenChange(change)));
    const last = page.at(-1);
    if (last === undefined || page.length < limit) {
      return [...found.values()];
    }
    const lastTime = new Date(last.at);
    // A whole page within one moment: only a larger one comes past it.
    limit = lastTime.getTime() > next.getTime() ? pageSize : limit * 2;
    next = lastTime;
  }
}

const detailSchema = z.object({ request: z.unknown(), response: z.unknown() }).catch({ request: null, response: null });

function seenChange({ eventId, at, detail, ...change }: RecordedChange): SeenChange {
  const { accountId, region, eventSource, eventName, actor, onBehalfOf, sourceAddress, subjects } = change;
  const { request, response } = detailSchema.parse(detail);
  return {
    id: eventId,
    timeMs: Date.parse(at),
    accountId,
    region,
    eventSource,
    eventName,
    actor,
    onBehalfOf,
    sourceAddress,
    subjects,
    request,
    response,
  };
}
