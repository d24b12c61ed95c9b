import { evaluateSnapshot } from '@ecr-audit/access';
import { findAsOf, findScan, listBaselines, listScans, type Store } from '@ecr-audit/store';
import type { CommandContext } from '../context.ts';
import { CliError } from '../errors.ts';
import { type LoadedSnapshot, loadSnapshotDirectory, loadStoredSnapshot } from '../load-snapshot.ts';
import { openDatabase } from '../open-database.ts';
import type { DatabaseOptions } from '../options/database-options.ts';
import { findStoredScan } from '../stored-scan.ts';

export interface TwoSnapshotsOptions extends DatabaseOptions {
  readonly target?: string | undefined;
  /** Each a directory or the id of a scan; the former also `baseline` or `baseline:ACCOUNT`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

// As `node:crypto` and Postgres write them; a directory of that name is `./NAME`.
const scanId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The snapshots of `--from` and `--to`: without the latter the latest scan, without the former the scan of the same target before.
 *
 * Throws `noScan` where one is not there, and `optionInvalid` where the former was taken after the latter.
 */
export async function twoSnapshots(
  context: CommandContext,
  options: TwoSnapshotsOptions,
): Promise<{ readonly from: LoadedSnapshot; readonly to: LoadedSnapshot }> {
  if (
    options.from !== undefined &&
    !scanId.test(options.from) &&
    !isBaseline(options.from) &&
    options.to !== undefined &&
    !scanId.test(options.to)
  ) {
    const from = await loadSnapshotDirectory(context, options.from);
    return inOrder({ from, to: await loadSnapshotDirectory(context, options.to) });
  }
  if (options.from === undefined && options.to !== undefined && !scanId.test(options.to)) {
    throw new CliError(
      'optionInvalid',
      'cannot tell what `--to` is compared with: expected `--from` beside a directory',
    );
  }
  const { store } = await openDatabase(context, options);
  const to =
    options.to !== undefined && !scanId.test(options.to)
      ? { scan: null, loaded: await loadSnapshotDirectory(context, options.to) }
      : await storedScan(context, store, options.to ?? (await findStoredScan(store, options.target)).scanId);
  if (options.from !== undefined && !scanId.test(options.from) && !isBaseline(options.from)) {
    return inOrder({ from: await loadSnapshotDirectory(context, options.from), to: to.loaded });
  }
  const earlier =
    options.from === undefined
      ? await scanBefore(store, to.scan ?? '')
      : isBaseline(options.from)
        ? await baselineScan(store, options.from, to.loaded)
        : options.from;
  return inOrder({ from: (await storedScan(context, store, earlier)).loaded, to: to.loaded });
}

async function storedScan(
  context: CommandContext,
  store: Store,
  id: string,
): Promise<{ readonly scan: string; readonly loaded: LoadedSnapshot }> {
  const asOf = await findAsOf(store.sql, { scanId: id });
  if (asOf === null) {
    throw new CliError('noScan', `the database has no completed scan \`${id}\``);
  }
  return { scan: id, loaded: await loadStoredSnapshot(context, { store, asOf }) };
}

/** `baseline`, or with an account behind a colon that of the account. */
function isBaseline(from: string): boolean {
  return /^baseline(?::\d{12})?$/.test(from);
}

/** The scan that was approved last: for the account, or for the whole target. */
async function baselineScan(store: Store, from: string, { snapshot }: LoadedSnapshot): Promise<string> {
  const [, accountId = null] = from.split(':');
  const targetKey = evaluateSnapshot(snapshot).target.key;
  const newest = (await listBaselines(store.sql, { targetKey })).find(
    (baseline) => baseline.accountId === null || baseline.accountId === accountId,
  );
  if (newest === undefined) {
    throw new CliError(
      'noScan',
      `no baseline of \`${targetKey}\` was approved: expected one, as \`ecr-audit baseline approve\` makes it`,
    );
  }
  return newest.scanId;
}

async function scanBefore(store: Store, id: string): Promise<string> {
  const scan = await findScan(store.sql, id);
  const [before] =
    scan === null
      ? []
      : await listScans(store.sql, {
          targetKey: scan.targetKey,
          status: 'completed',
          beforeSequence: scan.sequence,
          limit: 1,
        });
  if (before === undefined) {
    throw new CliError(
      'noScan',
      `the database has no completed scan before \`${id}\`: expected a snapshot directory or the id of a scan as \`--from\``,
    );
  }
  return before.id;
}

function inOrder<Pair extends { readonly from: LoadedSnapshot; readonly to: LoadedSnapshot }>(pair: Pair): Pair {
  const { from, to } = pair;
  if (Date.parse(from.snapshot.takenAt) > Date.parse(to.snapshot.takenAt)) {
    throw new CliError(
      'optionInvalid',
      `cannot compare with a later snapshot: \`--from\` was taken at ${from.snapshot.takenAt}, \`--to\` at ${to.snapshot.takenAt}`,
    );
  }
  return pair;
}
