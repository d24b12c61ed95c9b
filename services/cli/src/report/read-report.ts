import type { CollectionGap, DocumentProblem } from '@ecr-audit/access';
import {
  type Account,
  accessOfPrincipal,
  accessToRepository,
  type AccessCell,
  type AsOf,
  findAsOf,
  findScan,
  listAccounts,
  listGaps,
  listScans,
  type RecordedGap,
  type Repository,
  type Store,
} from '@ecr-audit/store';
import { CliError } from '../errors.ts';
import { everyPage } from '../every-page.ts';
import { principalsOf, repositoriesOf } from '../export/stored-rows.ts';
import { outsideAccess } from './outside.ts';
import { powersOf } from './powers.ts';
import type { Report } from './report.ts';
import { type TokenlessAccess, tokenlessAccess } from './tokenless.ts';

/** Reads what a completed scan found. `problems` are those of its policy documents, which only the snapshot knows. */
export async function readReport(store: Store, scanId: string, problems: readonly DocumentProblem[]): Promise<Report> {
  const asOf = await findAsOf(store.sql, { scanId });
  const scan = await findScan(store.sql, scanId);
  if (asOf === null || scan === null || scan.counts === null) {
    throw new CliError('noScan', `scan \`${scanId}\` is not completed: run \`ecr-audit scan\` again`);
  }
  const { opened, closed, unchanged } = scan.counts;
  const accounts = await all(
    everyPage<Account>(
      async (last, limit) =>
        await listAccounts(store.sql, asOf, { limit, ...(last === null ? {} : { afterAccountId: last.accountId }) }),
    ),
  );
  const principals = await all(principalsOf(store, asOf));
  const repositories = await all(repositoriesOf(store, asOf));
  const cells = await readCells(store, asOf, repositories);
  const coverage = accounts.flatMap(({ accountId, name, coverage: read }) =>
    read.map((each) => ({ accountId, accountName: name, ...each })),
  );
  const incomplete = coverage.filter(({ status }) => status !== 'complete');
  return {
    scan: {
      id: scanId,
      target: asOf.targetKey,
      takenAt: asOf.takenAt,
      previousTakenAt: await previousTakenAt(store, asOf),
      changes: { opened, closed, unchanged },
    },
    totals: {
      accounts: accounts.length,
      registries: coverage.filter(({ source, region }) => source === 'ecr' && region !== null).length,
      principals: principals.length,
      repositories: repositories.length,
    },
    coverage: incomplete,
    sources: { complete: coverage.length - incomplete.length, all: coverage.length },
    gaps: (await all(gapsOf(store, scanId))).map(withoutId),
    problems,
    powers: powersOf(cells, repositories),
    outside: outsideAccess(cells),
    tokenless: await withoutToken(store, asOf, tokenlessAccess(cells)),
  };
}

// Enough to keep the server busy; the pool has eight connections.
const repositoriesAtOnce = 4;

/** The cells that the sections rest on: capabilities, the parts of pull and push, and all that outsiders have. */
async function readCells(store: Store, asOf: AsOf, repositories: readonly Repository[]): Promise<AccessCell[]> {
  const cells: AccessCell[] = [];
  for (let at = 0; at < repositories.length; at += repositoriesAtOnce) {
    const some = await Promise.all(
      repositories.slice(at, at + repositoriesAtOnce).map(async ({ id }) => await all(cellsOf(store, asOf, id))),
    );
    cells.push(...some.flat());
  }
  return cells;
}

const partActions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:PutImage'] as const;
const choices = [
  { by: 'capability' },
  ...partActions.map((action) => ({ action })),
  { by: 'action', principalKind: 'external' },
  { by: 'action', principalKind: 'service' },
] as const;

async function* cellsOf(store: Store, asOf: AsOf, repositoryId: number): AsyncGenerator<AccessCell> {
  for (const choice of choices) {
    yield* everyPage<AccessCell>(async (last, limit) => {
      const after = last === null ? {} : { after: { principalId: last.principal.id, action: last.action } };
      return await accessToRepository(store.sql, asOf, { repositoryId, filter: { ...choice, limit, ...after } });
    });
  }
}

async function withoutToken(
  store: Store,
  asOf: AsOf,
  candidates: readonly TokenlessAccess[],
): Promise<TokenlessAccess[]> {
  const kept: TokenlessAccess[] = [];
  for (const candidate of candidates) {
    const filter = { action: 'ecr:GetAuthorizationToken', limit: 1 };
    const tokens = await accessOfPrincipal(store.sql, asOf, { principalId: candidate.principal.id, filter });
    if (candidate.capability === 'pull' || tokens.length === 0) {
      kept.push(candidate);
    }
  }
  return kept;
}

function gapsOf(store: Store, scanId: string): AsyncGenerator<RecordedGap> {
  return everyPage<RecordedGap>(
    async (last, limit) => await listGaps(store.sql, scanId, { limit, ...(last === null ? {} : { afterId: last.id }) }),
  );
}

function withoutId(gap: RecordedGap): CollectionGap {
  const { accountId, region, source, resource, reason, message } = gap;
  return { accountId, region, source, resource, reason, message };
}

// A few scans may have failed since the last one that was completed.
const scansLookedAt = 100;

async function previousTakenAt(store: Store, asOf: AsOf): Promise<string | null> {
  const scans = await listScans(store.sql, { targetKey: asOf.targetKey, limit: scansLookedAt });
  const earlier = scans
    .filter(({ id, status, takenAt }) => id !== asOf.scanId && status === 'completed' && takenAt !== null)
    .flatMap(({ takenAt }) => takenAt ?? [])
    .filter((takenAt) => takenAt <= asOf.takenAt)
    .toSorted();
  return earlier.at(-1) ?? null;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  return await Array.fromAsync(items);
}
