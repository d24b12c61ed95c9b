import {
  accessOfPrincipal,
  accessToRepository,
  accessValidity,
  type AsOf,
  findAsOf,
  findAsOfTime,
  scanTimes,
  type Store,
} from '@ecr-audit/store';
import { z } from 'zod';
import { createRandom } from '../organization-generator/random.ts';
import type { PageTimes } from './page-figures.ts';

const PICKS = 200;
/** Asked first and not counted: a service has its connections open and its code compiled. */
const WARM_UP = 20;
const PAGE = 100;

/** Asks for first pages of a hundred about many repositories and principals, one question at a time. */
export async function pageTimes(store: Store, seed: string): Promise<PageTimes> {
  const asOf = await findAsOf(store.sql, {});
  if (asOf === null) {
    throw new Error('nothing was evaluated yet');
  }
  const repositories = await ids(store, 'repository', seed);
  const principals = await ids(store, 'principal', seed);
  return {
    'who can push to R': await timeEach(repositories, async (id) =>
      accessToRepository(store.sql, asOf, {
        repositoryId: Number(id),
        filter: { action: 'push', limit: PAGE },
      }),
    ),
    'who can do anything to R': await timeEach(repositories, async (id) =>
      accessToRepository(store.sql, asOf, { repositoryId: Number(id), filter: { limit: PAGE } }),
    ),
    'what can P reach': await timeEach(principals, async (id) =>
      accessOfPrincipal(store.sql, asOf, { principalId: id, filter: { limit: PAGE } }),
    ),
    'what can P push to': await timeEach(principals, async (id) =>
      accessOfPrincipal(store.sql, asOf, { principalId: id, filter: { action: 'push', limit: PAGE } }),
    ),
  };
}

/** Asks the same about times picked by chance, everything that an answer of the API says of its time included. */
export async function timeTravelTimes(store: Store, seed: string): Promise<PageTimes> {
  const latest = await findAsOf(store.sql, {});
  if (latest === null) {
    throw new Error('nothing was evaluated yet');
  }
  const { targetKey } = latest;
  const scans = await store.sql<{ takenAt: string }[]>`
    select taken_at as "takenAt" from audit.scan where target_id = ${latest.targetId} and evaluation is not null`;
  const random = createRandom(`${seed} time`);
  const atSomeTime = async (
    ask: (asOf: AsOf) => ReturnType<typeof accessToRepository>,
  ): Promise<readonly unknown[]> => {
    const known = await findAsOfTime(store.sql, { targetKey, at: random.pick(scans).takenAt });
    if (known.kind !== 'scanned') {
      throw new Error('a scan does not tell of its own time');
    }
    const { asOf } = known;
    await scanTimes(store.sql, asOf);
    return await accessValidity(store.sql, asOf, await ask(asOf));
  };
  const repositories = await ids(store, 'repository', seed);
  const principals = await ids(store, 'principal', seed);
  const push = { action: 'push', limit: PAGE };
  return {
    'who could push to R': await timeEach(repositories, (id) =>
      atSomeTime((asOf) => accessToRepository(store.sql, asOf, { repositoryId: Number(id), filter: push })),
    ),
    'who could do anything to R': await timeEach(repositories, (id) =>
      atSomeTime((asOf) => accessToRepository(store.sql, asOf, { repositoryId: Number(id), filter: { limit: PAGE } })),
    ),
    'what could P reach': await timeEach(principals, (id) =>
      atSomeTime((asOf) => accessOfPrincipal(store.sql, asOf, { principalId: id, filter: { limit: PAGE } })),
    ),
    'what could P push to': await timeEach(principals, (id) =>
      atSomeTime((asOf) => accessOfPrincipal(store.sql, asOf, { principalId: id, filter: push })),
    ),
  };
}

/** What exists now, picked by chance. */
async function ids(store: Store, table: 'principal' | 'repository', seed: string): Promise<string[]> {
  const rows =
    table === 'principal'
      ? await store.sql`select unique_id as id from audit.principal where gone_since_scan is null order by unique_id`
      : await store.sql`select id::text as id from audit.repository where gone_since_scan is null order by arn`;
  const all = rows.map((row) => z.object({ id: z.string() }).parse(row).id);
  return createRandom(`${seed} ${table}`).some(all, PICKS);
}

async function timeEach(
  picks: readonly string[],
  ask: (id: string) => Promise<readonly unknown[]>,
): Promise<PageTimes[string]> {
  for (const id of picks.slice(0, WARM_UP)) {
    await ask(id);
  }
  const times: number[] = [];
  let emptyCount = 0;
  for (const id of picks) {
    const startedAt = performance.now();
    const cells = await ask(id);
    times.push(performance.now() - startedAt);
    emptyCount += cells.length === 0 ? 1 : 0;
  }
  const sorted = times.toSorted((a, b) => a - b);
  return {
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    worstMs: sorted.at(-1) ?? 0,
    emptyShare: emptyCount / Math.max(1, picks.length),
  };
}
