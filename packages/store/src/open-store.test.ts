import { createServer } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { connectionTarget } from './connection-target.ts';
import { openStore } from './open-store.ts';
import { createTestDatabase } from './testing/index.ts';

const database = await createTestDatabase();
afterAll(() => database.drop());

describe('connectionTarget', () => {
  test.each([
    ['postgres://u:p@db.example:6000/audit', 'db.example:6000', 'audit'],
    ['postgresql://u@db.example/audit?sslmode=require', 'db.example:5432', 'audit'],
    ['postgres://u@localhost:5432/audit?host=%2Ftmp%2Fs', '/tmp/s/.s.PGSQL.5432', 'audit'],
    ['postgres://u@/audit?host=/tmp/s', '/tmp/s/.s.PGSQL.5432', 'audit'],
    ['postgres:///audit?host=/tmp/s&port=6000', '/tmp/s/.s.PGSQL.6000', 'audit'],
  ])('%s leads to %s', (url, description, name) => {
    expect(connectionTarget(url)).toMatchObject({ description, database: name });
  });

  test.each(['', 'nonsense', 'mysql://u:secret@db/x', 'postgres://u:secret@[/x'])(
    '`%s` is refused unrepeated',
    (url) => {
      expect(() => connectionTarget(url)).toThrow(expect.objectContaining({ code: 'databaseUrlInvalid' }));
      expect(() => connectionTarget(url)).not.toThrow(/secret/);
    },
  );
});

describe('openStore', () => {
  test('reads times as ISO text and bigint as numbers', async () => {
    const [row] = await database.store.sql`select timestamptz '2026-11-01 12:00+02' as time, 5::bigint as count`;
    expect(row).toEqual({ time: '2026-11-01T10:00:00.000Z', count: 5 });
  });

  test('refuses a bigint that a number cannot hold', async () => {
    await expect(database.store.sql`select 9007199254740993::bigint as count`).rejects.toThrow(/too large/);
  });

  test('ends a statement that runs too long', async () => {
    const store = await openStore(database.url, { statementTimeoutMs: 20 });
    await expect(store.sql`select pg_sleep(30)`).rejects.toMatchObject({ code: '57014' });
    await store.close();
  });

  test('names host and port when nobody listens, and never the password', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    await expect(openStore(`postgres://u:secret@127.0.0.1:${port}/audit`)).rejects.toMatchObject({
      code: 'databaseUnreachable',
      retryable: true,
      message: `cannot reach the database at \`127.0.0.1:${port}\` (ECONNREFUSED): start the server, or correct \`DATABASE_URL\``,
    });
  });

  test('names the socket when there is none', async () => {
    await expect(openStore('postgres://u@/audit?host=/nonexistent')).rejects.toMatchObject({
      code: 'databaseUnreachable',
      message: expect.stringContaining('`/nonexistent/.s.PGSQL.5432` (ENOENT)'),
    });
  });

  test('names the database when the server has none of this name', async () => {
    const url = new URL(database.url);
    url.pathname = '/missing';
    await expect(openStore(url.href)).rejects.toMatchObject({
      code: 'databaseUnreachable',
      retryable: false,
      message: expect.stringContaining('has no database `missing`'),
    });
  });
});

describe('a transaction', () => {
  const { sql } = database.store;

  test('is rolled back when its work throws, and its connection serves the next one', async () => {
    await expect(
      sql.begin(async (transaction) => {
        await transaction`insert into audit.target (key, name) values ('rolled-back', '')`;
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow('changed my mind');
    const [row] = await sql.begin(
      (transaction) => transaction`
      select count(*) as count from audit.target where key = 'rolled-back'`,
    );
    expect(row).toEqual({ count: 0 });
  });

  test('rejects when an error inside of it was swallowed, because nothing was written', async () => {
    const work = sql.begin(async (transaction) => {
      await transaction`select 1 / 0`.catch(() => {});
      return 'fine';
    });
    await expect(work).rejects.toThrow('the transaction was rolled back');
  });

  test('rejects when its connection dies, no statement of it runs elsewhere, and the process lives on', async () => {
    const work = sql.begin(async (transaction) => {
      const [own] = await transaction<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await sql`select pg_terminate_backend(${own?.pid ?? 0}, 5000)`;
      await transaction`select 1`.catch(() => {});
      await transaction`insert into audit.target (key, name) values ('outside', '')`;
    });
    await expect(work).rejects.toMatchObject({ code: 'databaseUnreachable', retryable: true });
    expect(await sql.begin((transaction) => transaction`select from audit.target where key = 'outside'`)).toEqual([]);
  });

  test('waits for its turn when many run at once', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        sql.begin(async (transaction) => {
          const [row] = await transaction<{ number: number }[]>`select ${number}::int as number`;
          return row?.number;
        }),
      ),
    );
    expect(results).toEqual(Array.from({ length: 20 }, (_, number) => number));
  });
});
