import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { assertLease, releaseLease, renewLease, takeLease, type Lease } from './lease.ts';

const minuteMs = 60_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

function lease(key: string): Lease {
  return { key, holder: randomUUID() };
}

it('a lease has one holder, until it is released', async () => {
  const { sql } = database.store;
  const [first, second] = [lease('account:1'), lease('account:1')];
  expect(await takeLease(sql, first, minuteMs)).toBe(true);
  expect(await takeLease(sql, second, minuteMs)).toBe(false);
  expect(await takeLease(sql, first, minuteMs)).toBe(true);
  await releaseLease(sql, second);
  expect(await takeLease(sql, second, minuteMs)).toBe(false);
  await releaseLease(sql, first);
  expect(await takeLease(sql, second, minuteMs)).toBe(true);
});

it('of many who ask at once, one has it', async () => {
  const { sql } = database.store;
  const asked = await Promise.all(
    Array.from({ length: 12 }, async () => await takeLease(sql, lease('account:2'), minuteMs)),
  );
  expect(asked.filter(Boolean)).toHaveLength(1);
});

it('a lease that expired may be taken, and its holder can neither renew it nor write under it', async () => {
  const { sql } = database.store;
  const [gone, next] = [lease('account:3'), lease('account:3')];
  await takeLease(sql, gone, -1);
  expect(await takeLease(sql, next, minuteMs)).toBe(true);
  expect(await renewLease(sql, gone, minuteMs)).toBe(false);
  await expect(sql.begin(async (transaction) => await assertLease(transaction, gone))).rejects.toMatchObject({
    code: 'leaseLost',
    retryable: true,
  });
  await sql.begin(async (transaction) => await assertLease(transaction, next));
});

it('a lease that expired and that nobody took stays with its holder', async () => {
  const { sql } = database.store;
  const mine = lease('account:4');
  await takeLease(sql, mine, -1);
  expect(await renewLease(sql, mine, minuteMs)).toBe(true);
  expect(await takeLease(sql, lease('account:4'), minuteMs)).toBe(false);
});

it('nobody takes a lease over while a transaction writes under it, even after it expired', async () => {
  const { sql } = database.store;
  const [mine, next] = [lease('account:5'), lease('account:5')];
  await takeLease(sql, mine, -1);
  let isTaken: boolean | null = null;
  const writing = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const written = sql.begin(async (transaction) => {
    await assertLease(transaction, mine);
    writing.resolve();
    await release.promise;
    return isTaken;
  });
  await writing.promise;
  const taking = takeLease(sql, next, minuteMs).then((taken) => (isTaken = taken));
  for (let waiting = 0; waiting === 0;) {
    const rows = await sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%audit.lease%'`;
    waiting = rows.length;
  }
  release.resolve();
  expect(await written).toBeNull();
  expect(await taking).toBe(true);
});
