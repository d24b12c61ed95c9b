import { migrate, openStore, readerState, type Store } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

/* The role of dashboards reads the views and nothing else, and a database migrates where nobody may make it. */

const database = await createTestDatabase();
const { sql } = database.store;
const reader = 'ecr_audit_reader';
afterAll(async () => await database.drop());

async function relations(kind: 'r' | 'v'): Promise<readonly string[]> {
  const rows = await sql<{ name: string }[]>`
    select format('audit.%I', relname) as name from pg_class
    where relnamespace = 'audit'::regnamespace and relkind = ${kind} order by relname`;
  return rows.map(({ name }) => name);
}

async function asReader(statement: string): Promise<unknown> {
  return await sql.begin(async (transaction) => {
    await transaction.unsafe(`set local role ${reader}`);
    return await transaction.unsafe(statement);
  });
}

const denied = { code: '42501' };

test('it reads every view', async () => {
  const views = await relations('v');
  expect(views).toEqual(
    expect.arrayContaining([
      'audit.effective_access',
      'audit.findings',
      'audit.access_drift',
      'audit.activity_by_principal',
    ]),
  );
  for (const view of views) {
    await expect(asReader(`select * from ${view}`)).resolves.toEqual([]);
  }
  expect(await readerState(sql)).toBe('ready');
});

test('it is refused every table', async () => {
  const tables = await relations('r');
  expect(tables.length).toBeGreaterThan(20);
  for (const table of tables) {
    await expect(asReader(`select from ${table}`)).rejects.toMatchObject(denied);
    await expect(asReader(`delete from ${table}`)).rejects.toMatchObject(denied);
  }
});

test('it writes nowhere, and gives nobody rights', async () => {
  for (const view of await relations('v')) {
    await expect(asReader(`delete from ${view}`)).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|55000)$/),
    });
  }
  await expect(asReader('create table audit.note (id bigint)')).rejects.toMatchObject(denied);
  await expect(asReader('create view audit.note as select 1 as id')).rejects.toMatchObject(denied);
  await expect(asReader(`select audit.let_read('${reader}')`)).rejects.toMatchObject(denied);
});

test('nobody logs in as it', async () => {
  const [role] = await sql`
    select rolcanlogin as "canLogin", rolsuper as "isSuper", rolcreaterole as "createsRoles"
    from pg_roles where rolname = ${reader}`;
  expect(role).toEqual({ canLogin: false, isSuper: false, createsRoles: false });
});

test('every view and every column of one says what it means', async () => {
  const silent = await sql`
    select relname, attname from pg_class
    join pg_attribute on attrelid = pg_class.oid and attnum > 0
    where relnamespace = 'audit'::regnamespace and relkind = 'v'
      and (obj_description(pg_class.oid, 'pg_class') is null
        or col_description(pg_class.oid, attnum) is null)`;
  expect([...silent]).toEqual([]);
});

test('the names in the views are all that a dashboard has to know: none of a table shows through', async () => {
  const invoked = await sql`
    select relname from pg_class
    where relnamespace = 'audit'::regnamespace and relkind = 'v' and array_to_string(reloptions, ',') ~ 'security_invoker'`;
  expect([...invoked]).toEqual([]);
});

describe('a user of the database who may not make roles', () => {
  const owner = `test_owner_${process.pid}`;
  const madeLater = `test_reader_${process.pid}`;
  let own: TestDatabase | null = null;
  let store: Store | null = null;

  afterEach(async () => {
    await store?.close();
    await own?.drop();
    await sql.unsafe(`drop role if exists ${owner}`);
    await sql.unsafe(`drop role if exists ${madeLater}`);
  });

  test('migrates, is told what to do, and lets the role read once it is there', async () => {
    own = await createTestDatabase({ isMigrated: false });
    const url = new URL(own.url);
    await sql.unsafe(`create role ${owner} login`);
    await sql.unsafe(`alter database ${url.pathname.slice(1)} owner to ${owner}`);
    url.username = owner;
    store = await openStore(url.href, { connectionsMax: 1 });
    expect((await migrate(store)).applied.at(-1)).toMatch(/^\d{4}_/);

    const letRead = `select audit.let_read('${madeLater}') as refused`;
    const [first] = await store.sql.unsafe<{ refused: string | null }[]>(letRead);
    expect(first?.refused).toContain(`create role ${madeLater} nologin`);
    await sql.unsafe(`create role ${madeLater} nologin`);
    const [second] = await store.sql.unsafe<{ refused: string | null }[]>(letRead);
    expect(second?.refused).toBeNull();
    const rows = await own.store.sql.begin(async (transaction) => {
      await transaction.unsafe(`set local role ${madeLater}`);
      return await transaction`select * from audit.findings`;
    });
    expect(rows).toHaveLength(0);
  });
});
