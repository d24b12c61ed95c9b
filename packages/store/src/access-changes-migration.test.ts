import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { step } from './testing/arbitrary-evaluation.ts';
import { openScene } from './testing/evaluation-scene.ts';
import { writeHistory } from './testing/random-history.ts';

const { store } = await openScene();
const { sql } = store;

const migration = readFileSync(path.join(import.meta.dirname, '../migrations/0009_keep_access_changes.sql'), 'utf8');
const backfill = migration.slice(migration.indexOf('-- What is there already'));

test('the changes that the migration finds in a history are those that evaluations write', async () => {
  const histories = fc.sample(fc.array(step, { minLength: 5, maxLength: 9 }), { numRuns: 12, seed: 20_261_123 });
  for (const steps of histories) {
    await writeHistory(store, steps);
  }
  const written = await allChanges();
  expect(written.length).toBeGreaterThan(200);
  expect(new Set(written.map(({ unread }) => unread))).toEqual(new Set([0, 1, 2]));

  await sql`delete from audit.access_change`;
  await sql.begin(async (transaction) => await transaction.unsafe(backfill).simple());
  expect(await allChanges()).toEqual(written);
});

async function allChanges(): Promise<readonly { readonly unread: number }[]> {
  return [
    ...(await sql<{ unread: number }[]>`
      select principal_id, changed_in_scan, chunk, unread, encode(actions, 'hex') as actions,
        encode(members, 'hex') as members, account_id, region
      from audit.access_change
      order by 1, 2, 3, 4, 5, 6, 7, 8`),
  ];
}
