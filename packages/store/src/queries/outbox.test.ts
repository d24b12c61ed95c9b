import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { requestScan } from '../request-scan.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { deliverNextOutboxRow, type OutboxDelivery, type OutboxRow } from './outbox.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  await database.store.sql`delete from audit.outbox`;
});

const minuteMs = 60_000;

it('delivers rows in order, each once, with what was written, and then has nothing due', async () => {
  const scanId = await addRows([{ place: 1, name: "O'Brien; drop table x" }, { place: 2 }]);
  const rows: OutboxRow[] = [];
  const first = await deliver(async (row) => void rows.push(row));
  await deliver(async (row) => void rows.push(row));
  const last = await deliver(async (row) => void rows.push(row));

  expect([first.kind, last.kind]).toEqual(['delivered', 'nothingDue']);
  expect(rows.map(({ payload }) => payload)).toEqual([{ place: 1, name: "O'Brien; drop table x" }, { place: 2 }]);
  expect(rows[0]).toMatchObject({ scanId, kind: 'test', attempts: 0 });
  expect(rows[0]?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

it('holds the rows behind one that fails, and delivers it again when its time has come', async () => {
  await addRows([{ place: 1 }, { place: 2 }]);
  const failed = await deliver(async () => await Promise.reject(new Error('the sink is\0 away')));
  expect(failed).toMatchObject({ kind: 'failed', retryDelayMs: minuteMs });
  expect((await deliver(async () => {})).kind).toBe('nothingDue');
  expect(await stored()).toMatchObject([
    { attempts: 1, isDelivered: false, failure: 'the sink is away' },
    { attempts: 0, isDelivered: false, failure: null },
  ]);

  await database.store.sql`update audit.outbox set next_attempt_at = now()`;
  const places: unknown[] = [];
  await deliver(async (row) => void places.push(row.payload));
  await deliver(async (row) => void places.push(row.payload));
  expect(places).toEqual([{ place: 1 }, { place: 2 }]);
  expect(await stored()).toMatchObject([
    { attempts: 2, isDelivered: true },
    { attempts: 1, isDelivered: true },
  ]);
});

it('asks for a longer delay after each failure', async () => {
  await addRows([{}]);
  const asked: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    await deliverNextOutboxRow(database.store, {
      deliver: async () => await Promise.reject(new Error('away')),
      retryDelayMs: (attempts) => {
        asked.push(attempts);
        return 0;
      },
    });
  }
  expect(asked).toEqual([1, 2, 3]);
});

it('gives a row to one process at a time, and nothing out of turn to the other', async () => {
  await addRows([{ place: 1 }, { place: 2 }]);
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const first = deliver(async () => {
    held.resolve();
    await release.promise;
  });
  await held.promise;
  expect((await deliver(async () => {})).kind).toBe('nothingDue');
  release.resolve();
  expect((await first).kind).toBe('delivered');
  expect((await deliver(async () => {})).kind).toBe('delivered');
});

async function deliver(to: (row: OutboxRow) => Promise<void>): Promise<OutboxDelivery> {
  return await deliverNextOutboxRow(database.store, { deliver: to, retryDelayMs: () => minuteMs });
}

async function addRows(payloads: readonly unknown[]): Promise<string> {
  const { sql } = database.store;
  const scanId = randomUUID();
  await requestScan(sql, { scanId, target: { key: 'account:111122223333' }, source: 'snapshot' });
  for (const payload of payloads) {
    await sql`
      insert into audit.outbox (scan_id, kind, payload)
      values (${scanId}, 'test', ${JSON.stringify(payload)}::text::jsonb)`;
  }
  return scanId;
}

async function stored(): Promise<readonly unknown[]> {
  return await database.store.sql`
    select attempts, delivered_at is not null as "isDelivered", last_failure as failure from audit.outbox order by id`;
}
