import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requestScan } from '../request-scan.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { listDeliveries } from './outbox-deliveries.ts';
import { outboxDepths } from './outbox-state.ts';
import { messagesThatTold } from './outbox-told.ts';
import { deliverNextOutboxRow, finishOutboxRows } from './outbox.ts';

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

const target = 'account:111122223333';

/** A message about findings, due so many hours from now; null is at once. */
interface Row {
  readonly name: string;
  readonly about: readonly string[];
  readonly inHours?: number;
  readonly targetKey?: string;
}

describe('a message that waits for its time', () => {
  it('holds up none, and goes out when its time has come', async () => {
    await add(alert({ name: 'digest', about: ['a'], inHours: 8 }), alert({ name: 'urgent', about: ['b'] }));
    expect(await delivered()).toEqual(['urgent']);
    await letPass(9);
    expect(await delivered()).toEqual(['digest']);
  });

  it('does not count as due before', async () => {
    await add(alert({ name: 'digest', about: ['a'], inHours: 8 }));
    expect(await delivered()).toEqual([]);
    expect(await outboxDepths(database.store.sql)).toEqual([]);
    await letPass(9);
    expect(await outboxDepths(database.store.sql)).toMatchObject([{ sink: 'slack', state: 'waiting', messages: 1 }]);
  });

  it('takes its turn by the order in which it was written', async () => {
    await add(alert({ name: 'first', about: ['a'], inHours: 1 }), alert({ name: 'second', about: ['b'], inHours: 2 }));
    await letPass(3);
    expect(await delivered()).toEqual(['first', 'second']);
  });

  it('does not end before it was told', async () => {
    await add(alert({ name: 'digest', about: ['a'], inHours: 8 }));
    await delivered();
    await finishOutboxRows(database.store.sql, ['slack']);
    const rows = await database.store.sql`select from audit.outbox where delivered_at is null`;
    expect(rows).toHaveLength(1);
  });
});

describe('messages about one finding', () => {
  it('what became of it waits for the message that tells of it', async () => {
    await add(
      alert({ name: 'digest', about: ['a', 'b'], inHours: 8 }),
      change({ name: 'resolved', about: ['b'] }),
      change({ name: 'other', about: ['c'] }),
    );
    expect(await delivered()).toEqual(['other']);
    await letPass(9);
    expect(await delivered()).toEqual(['digest', 'resolved']);
  });

  it('an alert waits for nobody, and takes along what it would overtake', async () => {
    await add(
      alert({ name: 'digest', about: ['a', 'b'], inHours: 8 }),
      alert({ name: 'unrelated', about: ['z'], inHours: 8 }),
      change({ name: 'resolved', about: ['a'] }),
      alert({ name: 'again, and graver', about: ['a'] }),
    );
    expect(await delivered()).toEqual(['digest', 'resolved', 'again, and graver']);
    await letPass(9);
    expect(await delivered()).toEqual(['unrelated']);
  });

  it('and what that would overtake in turn', async () => {
    await add(
      alert({ name: 'one', about: ['a'], inHours: 8 }),
      alert({ name: 'two', about: ['a', 'b'], inHours: 9 }),
      alert({ name: 'three', about: ['b', 'c'], inHours: 10 }),
      alert({ name: 'now', about: ['c'] }),
    );
    expect(await delivered()).toEqual(['one', 'two', 'three', 'now']);
  });

  it('one that waits itself takes along no more than until then', async () => {
    await add(alert({ name: 'late', about: ['a'], inHours: 10 }), alert({ name: 'early', about: ['a'], inHours: 5 }));
    expect(await delivered()).toEqual([]);
    await letPass(6);
    expect(await delivered()).toEqual(['late', 'early']);
  });

  it('of another target is another one', async () => {
    await add(
      alert({ name: 'digest', about: ['a'], inHours: 8 }),
      alert({ name: 'elsewhere', about: ['a'], targetKey: 'account:444455556666' }),
    );
    expect(await delivered()).toEqual(['elsewhere']);
  });
});

it('the messages that told a sink of a finding are found again, the latest of each, and none that it never had', async () => {
  const { sql } = database.store;
  await add(
    alert({ name: 'one', about: ['a', 'b'] }),
    alert({ name: 'two', about: ['a'] }),
    alert({ name: 'three', about: ['a'] }),
    change({ name: 'not an alert', about: ['a'] }),
  );
  await delivered();
  await add(alert({ name: 'not yet', about: ['a'] }));
  const told = async (sink: string, fingerprints: readonly string[], perFindingMax: number): Promise<unknown> =>
    (await messagesThatTold(sql, { sink, targetKey: target, fingerprints, perFindingMax })).map(({ payload }) =>
      named(payload),
    );
  expect(await told('slack', ['a'], 2)).toEqual(['two', 'three']);
  expect(await told('slack', ['a', 'b'], 2)).toEqual(['one', 'two', 'three']);
  expect(await told('slack', ['c'], 2)).toEqual([]);
  expect(await told('webhook', ['a'], 2)).toEqual([]);
});

it('deliveries are listed, the latest first, page by page, with what each is about', async () => {
  const { sql } = database.store;
  await add(alert({ name: 'one', about: ['a', 'b'] }), alert({ name: 'two', about: ['c'], inHours: 8 }));
  await delivered();
  const all = await listDeliveries(sql, { limit: 10 });
  expect(all).toMatchObject([
    { title: 'two', state: 'waiting', findings: 1, targetKey: target },
    { title: 'one', state: 'delivered', findings: 2, notBefore: null, nextAttemptAt: null },
  ]);
  expect(all[0]?.nextAttemptAt).toBe(all[0]?.notBefore);
  const [first] = all;
  const before = { id: first?.id ?? 0, sink: first?.sink ?? '' };
  expect((await listDeliveries(sql, { limit: 10, before })).map(({ title }) => title)).toEqual(['one']);
  expect((await listDeliveries(sql, { limit: 10, state: 'waiting', sink: 'slack' })).map(({ title }) => title)).toEqual(
    ['two'],
  );
});

interface OutboxRow extends Row {
  readonly kind: string;
  readonly payload: object;
}

function alert(row: Row): OutboxRow {
  const findings = row.about.map((fingerprint) => ({ fingerprint }));
  return { ...row, kind: 'alert', payload: { title: row.name, findings } };
}

function change(row: Row): OutboxRow {
  const changes = row.about.map((fingerprint) => ({ fingerprint, kind: 'resolved' }));
  return { ...row, kind: 'finding.changed', payload: { title: row.name, changes } };
}

async function add(...rows: readonly OutboxRow[]): Promise<void> {
  const { sql } = database.store;
  for (const { kind, payload, inHours, targetKey = target } of rows) {
    const scanId = randomUUID();
    await requestScan(sql, { scanId, target: { key: targetKey }, source: 'snapshot' });
    await sql`
      insert into audit.outbox (scan_id, kind, payload, not_before)
      values (${scanId}, ${kind}, ${JSON.stringify(payload)}::text::jsonb,
        now() + make_interval(hours => ${inHours ?? null}::integer))`;
  }
}

async function letPass(hours: number): Promise<void> {
  await database.store.sql`update audit.outbox set not_before = not_before - make_interval(hours => ${hours})`;
}

async function delivered(): Promise<readonly unknown[]> {
  const names: unknown[] = [];
  for (;;) {
    const delivery = await deliverNextOutboxRow(database.store, {
      sink: 'slack',
      deliver: async (row) => await Promise.resolve({ kind: 'delivered', progress: { ts: row.id } }),
    });
    if (delivery.kind === 'nothingDue') {
      return names;
    }
    names.push(named(delivery.row.payload));
  }
}

function named(payload: unknown): unknown {
  return typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'title') : null;
}
