import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { requestScan } from '../request-scan.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { deliverNextOutboxRow, finishOutboxRows, type DeliveryOutcome, type OutboxRow } from './outbox.ts';
import { listDeadDeliveries, outboxDepths, retryDeadDeliveries } from './outbox-state.ts';

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

const delivered: DeliveryOutcome = { kind: 'delivered', progress: null };
const failed: DeliveryOutcome = {
  kind: 'failed',
  reason: 'the sink is\0 away',
  retryDelayMs: 60_000,
  isDead: false,
  progress: { part: 1 },
};
const dead: DeliveryOutcome = { ...failed, isDead: true };

it('delivers rows in order, each once, with what was written, and then has nothing due', async () => {
  const scanId = await addRows([{ place: 1, name: "O'Brien; drop table x" }, { place: 2 }]);
  const rows = [await deliver('slack', delivered), await deliver('slack', delivered)];
  expect(await deliver('slack', delivered)).toBeNull();
  expect(rows.map((row) => row?.payload)).toEqual([{ place: 1, name: "O'Brien; drop table x" }, { place: 2 }]);
  expect(rows[0]).toMatchObject({ scanId, kind: 'test', attempts: 0, firstFailedAt: null, progress: null });
  expect(rows[0]?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
});

it('holds the rows behind one that fails, and delivers it again when its time has come, with what had arrived', async () => {
  await addRows([{ place: 1 }, { place: 2 }]);
  await deliver('slack', failed);
  expect(await deliver('slack', delivered)).toBeNull();
  await database.store.sql`update audit.outbox_delivery set next_attempt_at = now()`;
  const again = await deliver('slack', delivered);
  expect(again).toMatchObject({ payload: { place: 1 }, attempts: 1, progress: { part: 1 } });
  expect(again?.firstFailedAt).toMatch(/Z$/);
  expect((await deliver('slack', delivered))?.payload).toEqual({ place: 2 });
});

it('a sink that fails holds up no other', async () => {
  await addRows([{ place: 1 }, { place: 2 }]);
  await deliver('slack', failed);
  expect((await deliver('webhook', delivered))?.payload).toEqual({ place: 1 });
  expect((await deliver('webhook', delivered))?.payload).toEqual({ place: 2 });
});

it('a sink that is in the middle of a delivery holds up no other, and nobody else delivers to it out of turn', async () => {
  await addRows([{ place: 1 }, { place: 2 }]);
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const first = deliverNextOutboxRow(database.store, {
    sink: 'slack',
    deliver: async () => {
      held.resolve();
      await release.promise;
      return delivered;
    },
  });
  await held.promise;
  expect(await deliver('slack', delivered)).toBeNull();
  expect((await deliver('webhook', delivered))?.payload).toEqual({ place: 1 });
  release.resolve();
  expect((await first).kind).toBe('attempted');
  expect((await deliver('slack', delivered))?.payload).toEqual({ place: 2 });
});

it('a row ends when each configured sink had it, and a sink that comes later gets only what is not ended', async () => {
  await addRows([{ place: 1 }]);
  await deliver('slack', delivered);
  await finishOutboxRows(database.store.sql, ['slack', 'webhook']);
  expect(await ended()).toEqual([false]);
  await deliver('webhook', { kind: 'skipped' });
  await finishOutboxRows(database.store.sql, ['slack', 'webhook']);
  expect(await ended()).toEqual([true]);
  await addRows([{ place: 2 }]);
  expect((await deliver('late', delivered))?.payload).toEqual({ place: 2 });
});

it('a sink that is no longer configured is not waited for', async () => {
  await addRows([{ place: 1 }]);
  await deliver('gone', failed);
  await deliver('slack', delivered);
  await finishOutboxRows(database.store.sql, ['slack']);
  expect(await ended()).toEqual([true]);
});

it('a dead message lets those behind it pass, is counted and listed, and can be sent again', async () => {
  await addRows([{ place: 1 }, { place: 2 }]);
  await deliver('slack', dead);
  expect((await deliver('slack', delivered))?.payload).toEqual({ place: 2 });
  const { sql } = database.store;
  expect(await outboxDepths(sql)).toMatchObject([{ sink: 'slack', state: 'dead', messages: 1 }]);
  const [listed] = await listDeadDeliveries(sql, { limit: 10 });
  expect(listed).toMatchObject({ sink: 'slack', kind: 'test', attempts: 1, lastFailure: 'the sink is away' });

  expect(await retryDeadDeliveries(sql, { id: null, sink: 'webhook' })).toBe(0);
  expect(await retryDeadDeliveries(sql, { id: (listed?.id ?? 0) + 1, sink: null })).toBe(0);
  expect(await retryDeadDeliveries(sql, { id: listed?.id ?? 0, sink: 'slack' })).toBe(1);
  expect(await deliver('slack', delivered)).toMatchObject({ payload: { place: 1 }, attempts: 0, firstFailedAt: null });
  expect(await outboxDepths(sql)).toEqual([]);
});

async function deliver(sink: string, outcome: DeliveryOutcome): Promise<OutboxRow | null> {
  const delivery = await deliverNextOutboxRow(database.store, {
    sink,
    deliver: async () => await Promise.resolve(outcome),
  });
  return delivery.kind === 'attempted' ? delivery.row : null;
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

async function ended(): Promise<readonly boolean[]> {
  const rows = await database.store.sql<{ isEnded: boolean }[]>`
    select delivered_at is not null as "isEnded" from audit.outbox order by id`;
  return rows.map(({ isEnded }) => isEnded);
}
