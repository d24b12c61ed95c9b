import { randomUUID } from 'node:crypto';
import { type AccessRow, assembleSnapshot, evaluateSnapshot, type Snapshot } from '@ecr-audit/access';
import {
  accessOfPrincipal,
  accessToRepository,
  type AccessCell,
  type AsOf,
  findAsOf,
  listRepositories,
  requestScan,
  type Sql,
  writeEvaluation,
} from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { organizationPlan } from '../arbitrary/organization.ts';
import { snapshotParts } from '../render/snapshot-parts.ts';

const ORGANIZATIONS = 12;

/** More cells than one principal or one repository has here. */
const CELLS_MAX = 100_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** A cell as text, by which cells are sorted and told apart. */
function cellText(cell: Omit<AccessRow, 'resource'> & { readonly resource: string | null }): string {
  const { principal, accountId, region, resource, action, decision, residual, reasons, limits } = cell;
  const answer = { decision, residual, reasons: reasons.map(sorted), limits: limits.map(({ code }) => code) };
  return `${principal.id} ${accountId} ${region} ${resource ?? '*'} ${action} ${JSON.stringify(answer)}`;
}

/** The database keeps JSON by its content, and so the order of its fields is its own. */
function sorted(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function storedText(cell: AccessCell): string {
  return cellText({ ...cell, resource: cell.repository?.arn ?? null, residual: cell.residual });
}

async function write(sql: Sql, snapshot: Snapshot, targetKey: string): Promise<AsOf> {
  const scanId = randomUUID();
  const target = { key: targetKey };
  await requestScan(sql, { scanId, target, source: 'snapshot' });
  const { rows: _, ...evaluation } = evaluateSnapshot(snapshot);
  await writeEvaluation(database.store, { ...evaluation, scanId, takenAt: snapshot.takenAt, target });
  const asOf = await findAsOf(sql, { scanId });
  if (asOf === null) {
    throw new Error('expected the scan that was just written');
  }
  return asOf;
}

describe('generated organizations in the database', () => {
  let cells = 0;
  const plans = fc.sample(organizationPlan, { seed: 20261122, numRuns: ORGANIZATIONS });

  test.each(plans.map((plan, index) => [index, plan] as const))(
    'who can reach a repository and what a principal can reach are the same cells, in organization %i',
    async (index, plan) => {
      const { sql } = database.store;
      const snapshot = assembleSnapshot(snapshotParts(plan));
      const asOf = await write(sql, snapshot, `organization:o-${index}`);
      const { rows, principals } = evaluateSnapshot(snapshot);
      const expected = [...rows].map(cellText).toSorted();
      cells += expected.length;
      const filter = { limit: CELLS_MAX };

      const byPrincipal: AccessCell[] = [];
      for (const { id } of principals) {
        byPrincipal.push(...(await accessOfPrincipal(sql, asOf, { principalId: id, filter })));
      }
      const byRepository: AccessCell[] = [];
      for (const { id } of await listRepositories(sql, asOf, { limit: CELLS_MAX })) {
        byRepository.push(...(await accessToRepository(sql, asOf, { repositoryId: id, filter })));
      }

      expect(byPrincipal.map(storedText).toSorted()).toEqual(expected);
      const aboutRepositories = byPrincipal.filter(({ repository }) => repository !== null);
      expect(byRepository.map(storedText).toSorted()).toEqual(aboutRepositories.map(storedText).toSorted());
    },
  );

  test('hold many cells, so that agreeing means something', () => {
    expect(cells).toBeGreaterThan(1000);
  });
});
