import {
  DAY_MS,
  evaluateSnapshot,
  grantedBy,
  type LastAccessedReport,
  type OverPermissionInput,
  productionTest,
  snapshotActivity,
  snapshotFindings,
  type SuggestionInput,
} from '@ecr-audit/access';
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
import { type LoadedSnapshot, loadSnapshotDirectory, loadStoredSnapshot, openStoredScan } from '../load-snapshot.ts';
import type { OverPermissionOptions } from './options.ts';
import { storedFindings } from './stored-findings.ts';

/** From a snapshot directory with the events in it, or from the latest scan and what was folded into the database. */
export async function loadInput(context: CommandContext, options: OverPermissionOptions): Promise<OverPermissionInput> {
  return options.snapshot === undefined
    ? await fromDatabase(context, options)
    : await fromDirectory(context, options.snapshot, options);
}

async function fromDirectory(
  context: CommandContext,
  directory: string,
  { days, production }: OverPermissionOptions,
): Promise<OverPermissionInput> {
  const loaded = await loadSnapshotDirectory(context, directory);
  const { snapshot } = loaded;
  context.progress.update('evaluating the snapshot');
  const result = evaluateSnapshot(snapshot);
  const { activity } = activityOfScan(loaded, days);
  return {
    granted: { repositories: result.repositories, access: grantedBy(result.access) },
    principals: result.principals,
    accountIds: new Set(result.covered.iamAccounts),
    ...activity,
    ...snapshotFindings(snapshot, loaded.parts),
    isProduction: productionTest(result.accounts, production),
  };
}

async function fromDatabase(context: CommandContext, options: OverPermissionOptions): Promise<OverPermissionInput> {
  const scan = await openStoredScan(context, options);
  const { store, asOf } = scan;
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
  // Where activity is not collected on its own, the events that the scan brought along are all there is.
  const own =
    uses.length === 0 && observed.length === 0
      ? activityOfScan(await loadStoredSnapshot(context, scan), options.days)
      : null;
  return {
    granted,
    principals: granted.principals,
    accountIds: new Set(accounts.filter(isIamRead).map(({ accountId }) => accountId)),
    lastAccessed,
    ...(own?.activity ?? { uses, observed, period }),
    ...(await storedFindings(context, scan, own?.loaded ?? null)),
    isProduction: productionTest(
      accounts.map(({ accountId, name, path }) => ({ id: accountId, name, path })),
      options.production,
    ),
  };
}

type Activity = Pick<SuggestionInput, 'uses' | 'observed' | 'period'>;

/** What the events of a snapshot tell of use, as of when it was taken. */
export function activityOfScan(
  loaded: LoadedSnapshot,
  days: number,
): { readonly loaded: LoadedSnapshot; readonly activity: Activity } {
  const { snapshot, parts } = loaded;
  const { uses, observed } = snapshotActivity(snapshot, parts);
  return { loaded, activity: { uses, observed, period: periodOf(Date.parse(snapshot.takenAt), days) } };
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
