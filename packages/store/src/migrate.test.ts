import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from './migrate.ts';
import { openStore } from './open-store.ts';
import { createTestDatabase, describeSchema, type TestDatabase } from './testing/index.ts';

// One database stays open for the whole file, so that the shared server does not stop between the tests.
const migrated = await createTestDatabase();
let database: TestDatabase;
let directory: string;

beforeEach(async () => {
  database = await createTestDatabase({ isMigrated: false });
  directory = mkdtempSync(path.join(tmpdir(), 'migrations-'));
  cpSync(path.join(import.meta.dirname, '../migrations'), directory, { recursive: true });
});

afterEach(async () => {
  rmSync(directory, { recursive: true });
  await database.drop();
});

afterAll(() => migrated.drop());

test('an empty database gets every migration, and a second run has nothing to do', async () => {
  const { applied } = await migrate(database.store);
  expect(applied[0]).toBe('0001_create_audit_schema');
  expect(await migrate(database.store)).toEqual({ applied: [] });
});

test('processes that migrate at once apply each migration once', async () => {
  const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(database.url)));
  const results = await Promise.all(stores.map((store) => migrate(store)));
  await Promise.all(stores.map((store) => store.close()));
  expect(results.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
});

test('schema.sql is the migrated database', async () => {
  await expect(await describeSchema(migrated.store.sql)).toMatchFileSnapshot('../schema.sql');
});

test('a new migration is applied to a database that has the others', async () => {
  await migrate(database.store, { directory });
  writeFileSync(path.join(directory, '9000_add_note.sql'), 'create table audit.note (id bigint);');
  expect(await migrate(database.store, { directory })).toEqual({ applied: ['9000_add_note'] });
});

test('a migration that fails leaves nothing of itself and nothing of those before it', async () => {
  writeFileSync(path.join(directory, '9000_fail.sql'), 'create table audit.note (id bigint); select 1 / 0;');
  await expect(migrate(database.store, { directory })).rejects.toThrow('division by zero');
  expect(await database.store.sql`select from pg_namespace where nspname = 'audit'`).toHaveLength(0);
});

test('a migration that was changed after it was applied is refused', async () => {
  await migrate(database.store, { directory });
  writeFileSync(path.join(directory, '0001_create_audit_schema.sql'), 'select 1;');
  await expect(migrate(database.store, { directory })).rejects.toMatchObject({
    code: 'migrationChanged',
    message: expect.stringContaining('`0001_create_audit_schema`'),
  });
});

test('a database that a newer version migrated is refused', async () => {
  writeFileSync(path.join(directory, '9000_add_note.sql'), 'create table audit.note (id bigint);');
  await migrate(database.store, { directory });
  await expect(migrate(database.store)).rejects.toMatchObject({ code: 'migrationUnknown' });
});

test('a migration that would come before an applied one is refused', async () => {
  await migrate(database.store, { directory });
  writeFileSync(path.join(directory, '0000_early.sql'), 'select 1;');
  await expect(migrate(database.store, { directory })).rejects.toMatchObject({ code: 'migrationOutOfOrder' });
});

test('a dashboard user who may only select from the view can read it', async () => {
  const { sql } = migrated.store;
  const rows = await sql.begin(async (transaction) => {
    await transaction`create role dashboard_test`;
    await transaction`grant usage on schema audit to dashboard_test`;
    await transaction`grant select on audit.effective_access to dashboard_test`;
    await transaction`set local role dashboard_test`;
    const found = await transaction`select * from audit.effective_access`;
    await transaction`reset role`;
    await transaction`revoke all on schema audit from dashboard_test`;
    await transaction`revoke all on audit.effective_access from dashboard_test`;
    await transaction`drop role dashboard_test`;
    return found.length;
  });
  expect(rows).toBe(0);
});
