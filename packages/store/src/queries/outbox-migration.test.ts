import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import { deliverNextOutboxRow } from './outbox.ts';
import { messagesThatTold } from './outbox-told.ts';

let database: TestDatabase;
let directory: string;

beforeAll(async () => {
  database = await createTestDatabase({ isMigrated: false });
  directory = mkdtempSync(path.join(tmpdir(), 'migrations-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await database.drop();
});

it('messages from before they were found by their findings are found, and go out at once', async () => {
  const { store } = database;
  cpSync(path.join(import.meta.dirname, '../../migrations'), directory, {
    recursive: true,
    filter: (file) => !file.endsWith('.sql') || path.basename(file) < '0010',
  });
  await migrate(store, { directory });
  const scanId = randomUUID();
  await store.sql`insert into audit.target (key, name) values ('account:1', 'one')`;
  await store.sql`
    insert into audit.scan (id, target_id, source) select ${scanId}, id, 'snapshot' from audit.target`;
  const payloads: readonly [kind: string, payload: unknown][] = [
    ['alert', { findings: [{ fingerprint: 'a' }, { fingerprint: 'a' }, { title: 'of another form' }] }],
    ['scan.completed', { findings: [{ fingerprint: 'a' }] }],
    ['alert', ['of another form']],
  ];
  for (const [kind, payload] of payloads) {
    await store.sql`
      insert into audit.outbox (scan_id, kind, payload)
      values (${scanId}, ${kind}, ${JSON.stringify(payload)}::text::jsonb)`;
  }
  await migrate(store);
  const kinds: string[] = [];
  for (const _ of payloads) {
    const delivery = await deliverNextOutboxRow(store, {
      sink: 'slack',
      deliver: async () => await Promise.resolve({ kind: 'delivered', progress: null }),
    });
    kinds.push(delivery.kind === 'attempted' ? delivery.row.kind : 'none');
  }
  expect(kinds).toEqual(['alert', 'scan.completed', 'alert']);
  const told = await messagesThatTold(store.sql, {
    sink: 'slack',
    targetKey: 'account:1',
    fingerprints: ['a'],
    perFindingMax: 5,
  });
  expect(told.map(({ payload }) => payload)).toEqual([payloads[0]?.[1]]);
});
