import { afterAll, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import { createTestDatabase } from '../testing/index.ts';
import { databaseFailureOf } from './database-failure.ts';
import { migrationState } from './migration-state.ts';

const database = await createTestDatabase({ isMigrated: false });
const { sql } = database.store;
afterAll(() => database.drop());

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => 'none',
    (error: unknown) => databaseFailureOf(error),
  );
}

it('tells a table that is missing from a database that is away', async () => {
  expect(await failureOf(sql`select * from audit.scan`)).toBe('notMigrated');
});

it('knows a statement that was cut off for its time', async () => {
  const slow = await openStore(database.url, { statementTimeoutMs: 20, connectionsMax: 1 });
  expect(await failureOf(slow.sql`select pg_sleep(5)`)).toBe('tookTooLong');
  await slow.close();
});

it('knows a connection that the server ended', async () => {
  const victim = await openStore(database.url, { connectionsMax: 1, applicationName: 'victim' });
  const running = failureOf(victim.sql`select pg_sleep(60)`);
  const deadlineMs = performance.now() + 10_000;
  let ended = 0;
  while (ended === 0 && performance.now() < deadlineMs) {
    const rows = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'victim' and state = 'active'`;
    ended = rows.length;
  }
  expect(await running).toBe('unreachable');
  await victim.close();
});

it('takes a mistake in a statement for what it is', async () => {
  expect(await failureOf(sql`select 1 / ${0}::int`)).toBeNull();
  expect(databaseFailureOf(new Error('something else'))).toBeNull();
  expect(databaseFailureOf('text')).toBeNull();
});

it('names the migrations that a new database lacks, and those that this version does not know', async () => {
  const { pending, unknown } = await migrationState(sql);
  expect(pending[0]).toMatch(/^0001_/);
  expect(unknown).toEqual([]);

  const current = await createTestDatabase();
  expect(await migrationState(current.store.sql)).toEqual({ pending: [], unknown: [] });
  await current.store.sql`insert into audit.migration (name, checksum) values ('9999_later', 'x')`;
  expect(await migrationState(current.store.sql)).toEqual({ pending: [], unknown: ['9999_later'] });
  await current.drop();
});
