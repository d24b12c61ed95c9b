import { PutOff } from '@ecr-audit/jobs';
import { finishStep, releaseLease, takeLease, type Lease } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withLease } from './with-lease.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

const other = '6f1c2a5e-3d0b-4c62-9a51-0d7f3b1f8e11';
const minute = { leaseMs: 60_000, retryMs: 5 };

it('work whose lease somebody holds is put off, and done when it is free', async () => {
  const { store } = database;
  const key = 'account:111122223333';
  const signal = new AbortController().signal;
  const held = { key, holder: other };
  await takeLease(store.sql, held, 60_000);
  const refused = withLease(store, { key, ...minute, signal }, async () => await Promise.resolve('done'));
  await expect(refused).rejects.toBeInstanceOf(PutOff);
  await releaseLease(store.sql, held);
  expect(await withLease(store, { key, ...minute, signal }, async () => await Promise.resolve('done'))).toBe('done');
  expect(await takeLease(store.sql, held, 60_000)).toBe(true);
});

it('work that is given back lets its lease go at once, and keeps nothing from then on', async () => {
  const { store } = database;
  const key = 'account:444455556666';
  const stopping = new AbortController();
  const wasGivenBack = withLease(store, { key, ...minute, signal: stopping.signal }, async (lease: Lease) => {
    stopping.abort();
    for (let isFree = false; !isFree;) {
      isFree = await takeLease(store.sql, { key, holder: other }, 60_000);
    }
    const step = { source: 'iam', accountId: '444455556666' } as const;
    await finishStep(store, { scanId: other, step, parts: [], gaps: [], lease });
  });
  await expect(wasGivenBack).rejects.toMatchObject({ code: 'leaseLost' });
  expect(await takeLease(store.sql, { key, holder: other }, 60_000)).toBe(true);
});

it('work that fails lets its lease go, and its error passes', async () => {
  const { store } = database;
  const key = 'account:777788889999';
  const { signal } = new AbortController();
  const failing = withLease(store, { key, ...minute, signal }, async () => await Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  expect(await takeLease(store.sql, { key, holder: other }, 60_000)).toBe(true);
});
