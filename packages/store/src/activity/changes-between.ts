import type { CauseInput, SeenChange } from '@ecr-audit/access';
import { z } from 'zod';
import { observedEverywhere } from '../queries/usage.ts';
import type { Sql } from '../sql.ts';
import { listChangeEvents, type RecordedChange } from './list-change-events.ts';

// A page is some megabytes: a policy document may be in each.
const pageSize = 5000;
// A call may be recorded minutes before a scan that it is not seen in, and a scan reads on for a while after its time.
const beforeMs = 5 * 60_000;
const afterMs = 60 * 60_000;

/** The calls between the times of two snapshots (ISO) that changed something, and what was wholly seen. */
export async function changesBetween(
  sql: Sql,
  { fromTime, toTime }: { readonly fromTime: string; readonly toTime: string },
): Promise<Pick<CauseInput, 'changes' | 'observed'>> {
  const from = new Date(Date.parse(fromTime) - beforeMs);
  const until = new Date(Date.parse(toTime) + afterMs);
  const found = new Map<string, SeenChange>();
  // Page by page, each from the time of the last one of the page before, which is read again.
  for (let [next, limit] = [from, pageSize]; ;) {
    const page = await listChangeEvents(sql, { from: next, until, limit });
    page.forEach((change) => found.set(change.eventId, seenChange(change)));
    const last = page.at(-1);
    if (last === undefined || page.length < limit) {
      return { changes: [...found.values()], observed: await observedEverywhere(sql) };
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
