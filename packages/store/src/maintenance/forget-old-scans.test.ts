import { afterEach, beforeEach, expect, it } from 'vitest';
import { finishStep } from '../fleet/steps.ts';
import { readParts } from '../parts.ts';
import { listCoverage } from '../queries/coverage.ts';
import { completeScan, startedScan } from '../testing/fleet-scene.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { forgetOldScans } from './forget-old-scans.ts';

const later = new Date('2100-01-01T00:00:00Z');
const long = new Date(0);
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

async function scanOf(day: number, contents: readonly string[]): Promise<string> {
  const { store } = database;
  const takenAt = `2026-11-0${day}T00:00:00.000Z`;
  const step = { source: 'organization' } as const;
  const { scanId } = await startedScan(store, { takenAt, steps: [step] });
  const parts = contents.map((content, index) => ({ path: `accounts/111122223333/${index}.json`, content }));
  await finishStep(store, { scanId, step, parts, gaps: [], lease: null });
  const coverage = [
    { accountId: '111122223333', region: null, source: 'iam', status: 'complete', detail: null },
  ] as const;
  await completeScan(store, { scanId, takenAt, coverage });
  return scanId;
}

it('old scans lose what they read, the latest of a target keeps it, and coverage stays', async () => {
  const { store } = database;
  const [first, second] = [await scanOf(1, ['shared', 'old']), await scanOf(2, ['shared', 'new'])];
  const outcome = await forgetOldScans(store, { scansBefore: later, deliveredBefore: long });
  expect(outcome).toEqual({ scans: 1, parts: 1, outboxRows: 0 });
  expect(await readParts(store.sql, first)).toEqual([]);
  expect((await readParts(store.sql, second)).map(({ content }) => content)).toEqual(['shared', 'new', '{}']);
  expect(await listCoverage(store.sql, first, { limit: 10 })).toHaveLength(1);
  expect(await forgetOldScans(store, { scansBefore: later, deliveredBefore: long })).toEqual({
    scans: 0,
    parts: 0,
    outboxRows: 0,
  });
});

it('what is young enough stays', async () => {
  const first = await scanOf(1, ['a']);
  await scanOf(2, ['b']);
  await forgetOldScans(database.store, { scansBefore: long, deliveredBefore: long });
  expect(await readParts(database.store.sql, first)).toHaveLength(2);
});

it('messages go when they were delivered long ago, and never before they were delivered', async () => {
  const { sql } = database.store;
  const scanId = await scanOf(1, []);
  for (const deliveredAt of [null, '2026-01-01T00:00:00Z', '2026-11-20T00:00:00Z']) {
    await sql`insert into audit.outbox (scan_id, kind, payload, delivered_at) values (${scanId}, 'x', '{}', ${deliveredAt})`;
  }
  const outcome = await forgetOldScans(database.store, { scansBefore: long, deliveredBefore: new Date('2026-06-01') });
  expect(outcome.outboxRows).toBe(1);
  expect(await sql`select from audit.outbox`).toHaveLength(2);
});
