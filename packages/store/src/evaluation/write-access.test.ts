import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accessOfPrincipal } from '../queries/access-of-principal.ts';
import { accessToRepository } from '../queries/access-to-repository.ts';
import type { AccessCell } from '../queries/access-cell.ts';
import { findAsOf } from '../queries/as-of.ts';
import { listRepositories } from '../queries/repositories.ts';
import { requestScan } from '../request-scan.ts';
import { edited, emptyTable, principals, repositories, rowsOf, step } from '../testing/arbitrary-evaluation.ts';
import { openScene } from '../testing/evaluation-scene.ts';
import { cellKey, type Cells, naiveCell, naiveCounts, naiveSince, nextCells } from '../testing/naive-history.ts';
import { evaluationOf } from '../testing/random-history.ts';
import { findUnusedSets, readHistory } from '../testing/read-history.ts';
import { writeEvaluation } from './write-evaluation.ts';

const { store } = await openScene();
const { sql } = store;

test('after each of many evaluations with gaps, every cell as of every earlier one is what a naive history holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      const target = { key: randomUUID() };
      const history: Cells[] = [];
      let table = emptyTable;
      for (const [day, next] of steps.entries()) {
        table = edited(table, next);
        const before = history.at(-1) ?? new Map();
        const evaluation = evaluationOf(rowsOf(table, next), next, day);
        const now = nextCells(before, rowsOf(table, next), evaluation, { principals, repositories });
        history.push(now);

        await requestScan(sql, { scanId: evaluation.scanId, target, source: 'snapshot' });
        const { counts } = await writeEvaluation(store, evaluation);
        expect(counts).toMatchObject(naiveCounts(before, now));
        expect(counts.rowsWritten > 0).toBe(counts.opened + counts.closed > 0);
        await expectHistory(target.key, history);
      }
      await expectPages(target.key, history);
    }),
    { numRuns: 30, seed: 20_261_122 },
  );
}, 120_000);

async function expectHistory(targetKey: string, history: readonly Cells[]): Promise<void> {
  expect(await findUnusedSets(sql)).toEqual([]);
  const read = await readHistory(sql, targetKey);
  for (const [index, cells] of history.entries()) {
    expect(read[index]?.cells ?? new Map()).toEqual(cells);
    const since = new Map([...cells.keys()].map((key) => [key, naiveSince(history.slice(0, index + 1), key)]));
    expect(read[index]?.since ?? new Map()).toEqual(since);
  }
}

/** The questions of the API, as of every evaluation. */
async function expectPages(targetKey: string, history: readonly Cells[]): Promise<void> {
  const scans = await sql<{ id: string }[]>`
    select scan.id from audit.scan join audit.target on target.id = target_id where key = ${targetKey} order by evaluation`;
  for (const [index, { id: scanId }] of scans.entries()) {
    const asOf = await findAsOf(sql, { scanId });
    if (asOf === null) {
      throw new Error('the scan is not completed');
    }
    const filter = { limit: 1_000 };
    const ofPrincipals = await Promise.all(
      principals.map(({ id }) => accessOfPrincipal(sql, asOf, { principalId: id, filter })),
    );
    const known = await listRepositories(sql, asOf, filter);
    const toRepositories = await Promise.all(
      known.map(({ id }) => accessToRepository(sql, asOf, { repositoryId: id, filter })),
    );
    expect(cellsOf(ofPrincipals.flat())).toEqual(history[index]);
    const onRepositories = [...(history[index] ?? [])].filter(([key]) => key.includes('arn:'));
    expect(cellsOf(toRepositories.flat())).toEqual(new Map(onRepositories));
  }
}

function cellsOf(cells: readonly AccessCell[]): Cells {
  return new Map(
    cells.map((cell) => [
      cellKey(cell.principal.id, cell.repository?.arn ?? `${cell.accountId} ${cell.region}`, cell.action),
      naiveCell(cell),
    ]),
  );
}
