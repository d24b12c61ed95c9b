import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { principals, step } from '../testing/arbitrary-evaluation.ts';
import { openScene } from '../testing/evaluation-scene.ts';
import { cellKey, type Cells, naiveCell } from '../testing/naive-history.ts';
import { naiveValidity } from '../testing/naive-validity.ts';
import { noonOf, writeHistory } from '../testing/random-history.ts';
import type { AccessCell } from './access-cell.ts';
import { accessOfPrincipal } from './access-of-principal.ts';
import { accessToRepository } from './access-to-repository.ts';
import { accessValidity } from './access-validity.ts';
import type { AsOf } from './as-of.ts';
import { findAsOfTime, scanTimes } from './as-of-time.ts';
import { listRepositories } from './repositories.ts';

const { store } = await openScene();
const { sql } = store;
const dayMs = 24 * 60 * 60 * 1000;

test('asked about any time, every cell is what a naive history holds, and so is from when until when it was so', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      const { targetKey, history } = await writeHistory(store, steps);
      for (const [index, expected] of history.entries()) {
        // Just before the next scan, this one still tells.
        const at = new Date(Date.parse(noonOf(index)) + dayMs - 1).toISOString();
        const asOf = await asOfTime(targetKey, at);
        expect(asOf.takenAt).toBe(noonOf(index));
        expect((await scanTimes(sql, asOf)).next?.takenAt).toBe(
          index + 1 < history.length ? noonOf(index + 1) : undefined,
        );
        const cells = await allCells(asOf);
        expect(byKey(cells)).toEqual(expected);
        await expectValidity(asOf, cells, { history, index });
      }
    }),
    { numRuns: 12, seed: 20_261_123 },
  );
}, 120_000);

async function asOfTime(targetKey: string, at: string): Promise<AsOf> {
  const known = await findAsOfTime(sql, { targetKey, at });
  if (known.kind !== 'scanned') {
    throw new Error(`${at} is ${known.kind}`);
  }
  return known.asOf;
}

async function allCells(asOf: AsOf): Promise<AccessCell[]> {
  const filter = { limit: 1_000 };
  const ofPrincipals = await Promise.all(
    principals.map(({ id }) => accessOfPrincipal(sql, asOf, { principalId: id, filter })),
  );
  const known = await listRepositories(sql, asOf, filter);
  const toRepositories = await Promise.all(
    known.map(({ id }) => accessToRepository(sql, asOf, { repositoryId: id, filter })),
  );
  const cells = ofPrincipals.flat();
  expect(byKey(toRepositories.flat())).toEqual(byKey(cells.filter(({ repository }) => repository !== null)));
  return cells;
}

async function expectValidity(
  asOf: AsOf,
  cells: readonly AccessCell[],
  { history, index }: { readonly history: readonly Cells[]; readonly index: number },
): Promise<void> {
  const validities = await accessValidity(sql, asOf, cells);
  expect(validities).toHaveLength(cells.length);
  for (const [place, cell] of cells.entries()) {
    const { since, until, isUnreadAfter, unread } = naiveValidity(history, index, keyOf(cell));
    expect(cell.since).toBe(noonOf(since));
    expect(validities[place]).toMatchObject({
      valid: { from: noonOf(since), until: until === null ? null : noonOf(until) },
      isUnreadAfter,
      unread: unread.map((gap) => ({ from: noonOf(gap.from), until: noonOf(gap.until) })),
    });
  }
}

function byKey(cells: readonly AccessCell[]): Cells {
  return new Map(cells.map((cell) => [keyOf(cell), naiveCell(cell)]));
}

function keyOf({ principal, repository, accountId, region, action }: AccessCell): string {
  return cellKey(principal.id, repository?.arn ?? `${accountId} ${region}`, action);
}

test('a time before the first scan is told as such, with that scan, and so is a target without one', async () => {
  const [only] = fc.sample(step, { numRuns: 1, seed: 1 });
  const { targetKey } = await writeHistory(store, only === undefined ? [] : [only]);
  const before = new Date(Date.parse(noonOf(0)) - 1).toISOString();
  expect(await findAsOfTime(sql, { targetKey, at: before })).toMatchObject({
    kind: 'beforeFirst',
    first: { takenAt: noonOf(0) },
  });
  expect(await findAsOfTime(sql, { targetKey, at: noonOf(0) })).toMatchObject({ kind: 'scanned' });
  expect(await findAsOfTime(sql, { targetKey: 'nobody', at: before })).toEqual({ kind: 'neverScanned' });
});

test('both times are told: when it was so, and when that was evaluated', async () => {
  const [first, second] = fc.sample(step, { numRuns: 2, seed: 7 });
  const { targetKey } = await writeHistory(
    store,
    [first, second].filter((each) => each !== undefined),
  );
  const asOf = await asOfTime(targetKey, noonOf(0));
  const { scan, next } = await scanTimes(sql, asOf);
  const [row] = await sql<{ completedAt: string }[]>`
    select completed_at as "completedAt" from audit.scan where id = ${asOf.scanId}`;
  expect(scan).toEqual({ scanId: asOf.scanId, takenAt: noonOf(0), completedAt: row?.completedAt });
  expect(next?.completedAt).toBeDefined();
  const validities = await accessValidity(sql, asOf, await allCells(asOf));
  expect(validities.map(({ known }) => known.from)).toEqual(validities.map(() => scan.completedAt));
});
