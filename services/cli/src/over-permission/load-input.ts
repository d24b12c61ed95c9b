import {
  assembleSnapshot,
  DAY_MS,
  evaluateSnapshot,
  grantedBy,
  type LastAccessedReport,
  type OverPermissionInput,
  productionTest,
  snapshotActivity,
} from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import {
  type Account,
  grantsAsOf,
  listAccounts,
  listLastAccessed,
  observedEverywhere,
  type Store,
  usesSince,
} from '@ecr-audit/store';
import type { CommandContext } from '../context.ts';
import { everyPage } from '../every-page.ts';
import { openDatabase } from '../open-database.ts';
import { findStoredScan } from '../stored-scan.ts';
import { userPath } from '../terminal/paths.ts';
import type { OverPermissionOptions } from './options.ts';

/** From a snapshot directory with the events in it, or from the latest scan and what was folded into the database. */
export async function loadInput(context: CommandContext, options: OverPermissionOptions): Promise<OverPermissionInput> {
  return options.snapshot === undefined
    ? await fromDatabase(context, options)
    : await fromDirectory(context, options.snapshot, options);
}

async function fromDirectory(
  { progress }: CommandContext,
  directory: string,
  { days, production }: OverPermissionOptions,
): Promise<OverPermissionInput> {
  progress.update('reading the snapshot');
  const parts = await readSnapshotDirectory(userPath(directory));
  const snapshot = assembleSnapshot(parts);
  progress.update('evaluating the snapshot');
  const result = evaluateSnapshot(snapshot);
  const { uses, observed } = snapshotActivity(snapshot, parts);
  return {
    granted: { repositories: result.repositories, access: grantedBy(result.access) },
    principals: result.principals,
    accountIds: new Set(result.covered.iamAccounts),
    uses,
    observed,
    period: periodOf(Date.parse(snapshot.takenAt), days),
    isProduction: productionTest(result.accounts, production),
  };
}

async function fromDatabase(context: CommandContext, options: OverPermissionOptions): Promise<OverPermissionInput> {
  const { store } = await openDatabase(context, options);
  const asOf = await findStoredScan(store, options.target);
  context.progress.update('reading what is granted and what was used');
  const period = periodOf(context.now().getTime(), options.days);
  const accounts = await Array.fromAsync(
    everyPage<Account>(
      async (last, limit) =>
        await listAccounts(store.sql, asOf, { limit, ...(last === null ? {} : { afterAccountId: last.accountId }) }),
    ),
  );
  const [granted, uses, observed, lastAccessed] = await Promise.all([
    grantsAsOf(store.sql, asOf),
    usesSince(store.sql, new Date(period.fromMs)),
    observedEverywhere(store.sql),
    lastAccessedOf(store, accounts),
  ]);
  return {
    granted,
    principals: granted.principals,
    accountIds: new Set(accounts.filter(isIamRead).map(({ accountId }) => accountId)),
    uses,
    observed,
    lastAccessed,
    period,
    isProduction: productionTest(
      accounts.map(({ accountId, name, path }) => ({ id: accountId, name, path })),
      options.production,
    ),
  };
}

function isIamRead({ coverage }: Account): boolean {
  return coverage.some(({ source, status }) => source === 'iam' && status === 'complete');
}

async function lastAccessedOf(
  store: Store,
  accounts: readonly Account[],
): Promise<ReadonlyMap<string, LastAccessedReport>> {
  const reports = new Map<string, LastAccessedReport>();
  for (const { accountId } of accounts) {
    const pages = everyPage<LastAccessedReport>(
      async (last, limit) =>
        await listLastAccessed(store.sql, {
          accountId,
          limit,
          ...(last === null ? {} : { afterId: last.principalId }),
        }),
    );
    for await (const report of pages) {
      reports.set(report.principalId, report);
    }
  }
  return reports;
}

function periodOf(asOfMs: number, days: number): OverPermissionInput['period'] {
  return { asOfMs, fromMs: asOfMs - days * DAY_MS };
}
