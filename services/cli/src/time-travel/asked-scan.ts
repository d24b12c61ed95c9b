import {
  type AsOf,
  findAsOfTime,
  listGaps,
  type RecordedGap,
  scanTimes,
  type ScanTimes,
  type Store,
} from '@ecr-audit/store';
import { CliError } from '../errors.ts';
import { pastTimeOf, pastTimeWords } from '../options/past-time.ts';
import { findStoredScan } from '../stored-scan.ts';

/** The scan that an answer describes. */
export interface AskedScan {
  /** The time that was asked about, ISO; null for the latest scan. */
  readonly at: string | null;
  readonly asOf: AsOf;
  readonly times: ScanTimes;
  /** The first of what that scan could not read. */
  readonly gaps: readonly RecordedGap[];
}

const gapsMax = 5;

/** Finds the scan that tells of a time, or the latest one. Throws `optionInvalid` for a time of which nothing is known, and `noScan`. */
export async function askedScan(
  store: Store,
  {
    at: given,
    target,
    now,
  }: { readonly at: string | undefined; readonly target: string | undefined; readonly now: Date },
): Promise<AskedScan> {
  const latest = await findStoredScan(store, target);
  const at = given === undefined ? null : timeOf(given, now);
  const asOf = at === null ? latest : await scanOfTime(store, latest, at);
  return {
    at,
    asOf,
    times: await scanTimes(store.sql, asOf),
    gaps: await listGaps(store.sql, asOf.scanId, { limit: gapsMax }),
  };
}

function timeOf(text: string, now: Date): string {
  const at = pastTimeOf(text, now);
  if (at === null) {
    throw new CliError('optionInvalid', `cannot use \`--at\`: expected ${pastTimeWords}, found \`${text}\``);
  }
  if (at > now.toISOString()) {
    throw new CliError(
      'optionInvalid',
      `cannot use \`--at\`: expected a time that has come, found \`${at}\`: it is \`${now.toISOString()}\` now`,
    );
  }
  return at;
}

async function scanOfTime(store: Store, { targetKey, takenAt }: AsOf, at: string): Promise<AsOf> {
  const known = await findAsOfTime(store.sql, { targetKey, at });
  if (known.kind === 'scanned') {
    return known.asOf;
  }
  const first = known.kind === 'beforeFirst' ? known.first.takenAt : takenAt;
  throw new CliError(
    'optionInvalid',
    `nothing is known of \`${at}\`: expected a time from \`${first}\` on, when the first scan of \`${targetKey}\` was taken`,
  );
}
