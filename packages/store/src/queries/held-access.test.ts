import { add, bitSet, members, type PrincipalRef } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { principals, step } from '../testing/arbitrary-evaluation.ts';
import { openScene } from '../testing/evaluation-scene.ts';
import { writeHistory } from '../testing/random-history.ts';
import { accessOfPrincipal } from './access-of-principal.ts';
import { findAsOf, type AsOf } from './as-of.ts';
import { accessPlaces, heldAccess, type HeldAccessFilter } from './held-access.ts';

const { store } = await openScene();
const { sql } = store;

/** Cells as text, whichever way they were read. */
type CellText = string;

function cellText(
  principal: PrincipalRef,
  place: { readonly accountId: string; readonly region: string; readonly repository: string | null },
  said: { readonly action: string; readonly decision: string; readonly residual: unknown; readonly limits: unknown },
): CellText {
  const { action, decision, residual, limits } = said;
  return JSON.stringify([
    principal.id,
    place.accountId,
    place.region,
    place.repository,
    action,
    decision,
    residual,
    limits,
  ]);
}

async function unfolded(asOf: AsOf, filter: HeldAccessFilter = {}): Promise<CellText[]> {
  const places = await accessPlaces(sql, asOf);
  const cells: CellText[] = [];
  for await (const batch of heldAccess(sql, asOf, { places, filter })) {
    for (const { principal, blocks, registries } of batch) {
      for (const { accountId, region, said } of registries) {
        said.forEach(({ action, verdict }) =>
          cells.push(cellText(principal, { accountId, region, repository: null }, { action, ...verdict })),
        );
      }
      for (const { set, said } of blocks) {
        for (const index of members(set)) {
          const repository = places.repositories[index];
          said.forEach(({ action, verdict }) =>
            cells.push(
              cellText(
                principal,
                {
                  accountId: repository?.accountId ?? '',
                  region: repository?.region ?? '',
                  repository: repository?.arn ?? '',
                },
                { action, ...verdict },
              ),
            ),
          );
        }
      }
    }
  }
  return cells.toSorted();
}

async function oneByOne(
  asOf: AsOf,
): Promise<
  { readonly text: CellText; readonly action: string; readonly repository: string | null; readonly decision: string }[]
> {
  const cells = await Promise.all(
    principals.map(({ id }) => accessOfPrincipal(sql, asOf, { principalId: id, filter: { limit: 1_000 } })),
  );
  return cells.flat().map((cell) => {
    const { principal, accountId, region, action, decision, residual, limits } = cell;
    const repository = cell.repository?.arn ?? null;
    const text = cellText(principal, { accountId, region, repository }, { action, decision, residual, limits });
    return { text, action, repository, decision };
  });
}

test('the whole access as of every scan is what each principal has alone, whatever came and went', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const { targetKey } = await writeHistory(store, steps);
      const scans = await sql<{ id: string }[]>`
        select scan.id from audit.scan join audit.target on target.id = target_id where key = ${targetKey}`;
      for (const { id: scanId } of scans) {
        const asOf = await findAsOf(sql, { scanId });
        if (asOf === null) {
          throw new Error('the scan is not completed');
        }
        const cells = await oneByOne(asOf);
        compared += cells.length;
        const texts = (wanted: (cell: (typeof cells)[number]) => boolean): CellText[] =>
          cells
            .filter(wanted)
            .map(({ text }) => text)
            .toSorted();
        expect(await unfolded(asOf)).toEqual(texts(() => true));
        expect(await unfolded(asOf, { action: 'push' })).toEqual(texts(({ action }) => action === 'push'));
        expect(await unfolded(asOf, { decision: 'unknown' })).toEqual(texts(({ decision }) => decision === 'unknown'));
        const { repositories } = await accessPlaces(sql, asOf);
        const some = bitSet(repositories.length);
        [...repositories.keys()].filter((index) => index % 2 === 1).forEach((index) => add(some, index));
        const names = new Set([...members(some)].map((index) => repositories[index]?.arn));
        expect(await unfolded(asOf, { repositories: some, registries: null })).toEqual(
          texts(({ repository }) => repository !== null && names.has(repository)),
        );
      }
    }),
    { numRuns: 10, seed: 20_261_123 },
  );
  expect(compared).toBeGreaterThan(400);
}, 120_000);
