import {
  type LastAccessedReport,
  type OverPermissionInput,
  overPermission,
  type OverPermissionReport,
  productionTest,
  repositoryCreations,
  SNAPSHOT_FINDINGS_VERSION,
  snapshotActivity,
  type SuggestionInput,
} from '@ecr-audit/access';
import {
  type Account,
  findSnapshotFindings,
  grantsAsOf,
  listAccounts,
  listLastAccessed,
  observedEverywhere,
  type Store,
  usesSince,
} from '@ecr-audit/store';
import { Problem } from '../http/problem.ts';
import type { UsePeriod } from './report-jobs.ts';
import type { ReadScan, ScanReader } from './scan-reader.ts';

/** Use, and how far it was seen. */
export type SeenUse = Pick<SuggestionInput, 'uses' | 'observed' | 'period'>;

// A page of anything here is a megabyte at most.
const pageRows = 1_000;

/** What was used in a period. Where activity is not collected on its own, the events that the scan brought along are all there is. */
export async function seenUse(reader: ScanReader, scanId: string, { from, until }: UsePeriod): Promise<SeenUse> {
  const { sql } = reader.store;
  const period = { fromMs: Date.parse(from), asOfMs: Date.parse(until) };
  const [uses, observed] = await Promise.all([usesSince(sql, new Date(period.fromMs)), observedEverywhere(sql)]);
  if (uses.length > 0 || observed.length > 0) {
    return { uses, observed, period };
  }
  const scan = await readIfKept(reader, scanId);
  if (scan === null) {
    return { uses, observed, period };
  }
  // These events end with the snapshot, and so does what they say.
  const asOfMs = Date.parse(scan.snapshot.takenAt);
  return {
    ...snapshotActivity(scan.snapshot, scan.parts),
    period: { asOfMs, fromMs: asOfMs - (period.asOfMs - period.fromMs) },
  };
}

/** What is granted by a scan, held against what was used in a period. */
export async function useReport(
  reader: ScanReader,
  {
    scanId,
    period,
    production,
  }: { readonly scanId: string; readonly period: UsePeriod; readonly production: readonly string[] },
): Promise<OverPermissionReport> {
  const { store } = reader;
  const asOf = await reader.asOf(scanId);
  const accounts = await everyPage<Account>((last, limit) =>
    listAccounts(store.sql, asOf, { limit, ...(last === undefined ? {} : { afterAccountId: last.accountId }) }),
  );
  const granted = await grantsAsOf(store.sql, asOf);
  const createdMs = await creationsOf(reader, scanId);
  const input: OverPermissionInput = {
    granted,
    principals: granted.principals,
    accountIds: new Set(accounts.filter(isIamRead).map(({ accountId }) => accountId)),
    lastAccessed: await lastAccessedOf(store, accounts),
    ...(await seenUse(reader, scanId, period)),
    ...(createdMs === null ? {} : { createdMs }),
    isProduction: productionTest(
      accounts.map(({ accountId, name, path }) => ({ id: accountId, name, path })),
      production,
    ),
  };
  return overPermission(input);
}

/** When repositories were made, which only the snapshot tells; null where that is not kept. */
async function creationsOf(reader: ScanReader, scanId: string): Promise<ReadonlyMap<string, number> | null> {
  const kept = await findSnapshotFindings(reader.store.sql, { scanId, version: SNAPSHOT_FINDINGS_VERSION });
  if (kept !== null) {
    return kept.createdMs;
  }
  const scan = await readIfKept(reader, scanId);
  return scan === null ? null : repositoryCreations(scan.parts);
}

/** Of an old scan only the answers are kept: that is no reason to tell nothing. */
async function readIfKept(reader: ScanReader, scanId: string): Promise<ReadScan | null> {
  try {
    return await reader.read(scanId);
  } catch (error) {
    if (error instanceof Problem && error.code === 'snapshotNotKept') {
      return null;
    }
    throw error;
  }
}

function isIamRead({ coverage }: Account): boolean {
  return coverage.some(({ source, status }) => source === 'iam' && status === 'complete');
}

async function lastAccessedOf(
  { sql }: Store,
  accounts: readonly Account[],
): Promise<ReadonlyMap<string, LastAccessedReport>> {
  const reports = new Map<string, LastAccessedReport>();
  for (const { accountId } of accounts) {
    const found = await everyPage<LastAccessedReport>((last, limit) =>
      listLastAccessed(sql, { accountId, limit, ...(last === undefined ? {} : { afterId: last.principalId }) }),
    );
    found.forEach((report) => reports.set(report.principalId, report));
  }
  return reports;
}

async function everyPage<Row>(read: (last: Row | undefined, limit: number) => Promise<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await read(rows.at(-1), pageRows);
    rows.push(...page);
    if (page.length < pageRows) {
      return rows;
    }
  }
}
