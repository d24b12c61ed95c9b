import { type AsOf, findAsOfTime, type Store } from '@ecr-audit/store';
import { invalidQuery, Problem } from './http/problem.ts';
import { resolveAsOf } from './resolve-as-of.ts';

/** What the pages of an answer about a time agree on: the time, which may be given as a while before now, and its scan. */
export interface AskedTime {
  readonly at: string;
  readonly asOf: AsOf;
}

/**
 * Finds the scan that tells of a time; `scanId` is that of the cursor.
 *
 * Throws what `resolveAsOf` throws, `invalidRequest` for a time to come, and `timeBeforeFirstScan`.
 */
export async function resolveAsOfTime(
  store: Store,
  {
    at,
    now,
    target,
    scanId,
  }: {
    readonly at: string;
    readonly now: Date;
    readonly target: string | undefined;
    readonly scanId: string | null;
  },
): Promise<AskedTime> {
  const latest = await resolveAsOf(store, { target, scanId });
  if (at > now.toISOString()) {
    throw invalidQuery('at', `expected a time that has come: it is \`${now.toISOString()}\` now`);
  }
  if (scanId !== null) {
    return { at, asOf: latest };
  }
  const known = await findAsOfTime(store.sql, { targetKey: latest.targetKey, at });
  if (known.kind === 'scanned') {
    return { at, asOf: known.asOf };
  }
  throw new Problem(
    'timeBeforeFirstScan',
    `nothing is known of \`${at}\`: expected a time from \`${known.kind === 'beforeFirst' ? known.first.takenAt : latest.takenAt}\` on, when the first scan of \`${latest.targetKey}\` was taken`,
  );
}
