import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { requestScan } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnService, startService } from './harness/service-process.ts';
import { until } from './harness/until.ts';

const services = ['collector', 'evaluator', 'notifier', 'api'] as const;
const unreachable = 'postgres://audit:hunter2@127.0.0.1:1/audit';

describe.each(services)('the %s as a process', (name) => {
  it('prints its help with an example and exits 0, with nothing configured', async () => {
    const running = spawnService(name, {}, ['--help']);
    expect(await running.ended).toBe(0);
    expect(running.lines().join('\n')).toMatch(/DATABASE_URL[^]*Exit codes:[^]*Example:/);
    expect(running.log()).toBe('');
  });

  it('refuses an argument that it does not know, and starts nothing', async () => {
    const running = spawnService(name, {}, ['--hlep']);
    expect(await running.ended).toBe(2);
    expect(running.log()).toContain('unexpected argument `--hlep`: expected none, or `--help`');
  });

  it('names every variable that is wrong, without a stack trace, and exits 2', async () => {
    const running = spawnService(name, { LOG_LEVEL: 'loud' });
    expect(await running.ended).toBe(2);
    expect(running.log()).toMatch(/`DATABASE_URL` is not set: expected [^]*`LOG_LEVEL` cannot be used: expected /);
    expect(running.log()).not.toMatch(/\n\s+at /);
  });

  it('says that the database cannot be reached, without the password or a stack trace, and exits 1', async () => {
    const running = spawnService(name, { DATABASE_URL: unreachable });
    expect(await running.ended).toBe(1);
    expect(running.log()).toContain('cannot reach the database at `127.0.0.1:1`');
    expect(running.log()).not.toMatch(/hunter2|\n\s+at /);
  });
});

describe('a message', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });

  it('that was delivered by a notifier that was killed before it could say so is delivered again', async () => {
    const { sql } = database.store;
    const scanId = randomUUID();
    await requestScan(sql, { scanId, target: { key: 'account:111122223333' }, source: 'snapshot' });
    const [row] = await sql<{ id: number }[]>`
      insert into audit.outbox (scan_id, kind, payload) values (${scanId}, 'test', '{}') returning id`;
    const script = path.join(import.meta.dirname, 'fixtures/deliver-and-die.ts');
    const killed = spawnSync(process.execPath, [script], { env: { ...process.env, DATABASE_URL: database.url } });
    expect([killed.signal, JSON.parse(String(killed.stdout))]).toEqual(['SIGKILL', { id: row?.id }]);

    const notifier = await startService('notifier', { DATABASE_URL: database.url });
    await until('the message', () => notifier.lines().length > 0, { detail: notifier.log });
    expect(JSON.parse(notifier.lines()[0] ?? '')).toMatchObject({ id: row?.id, scanId });
    expect(await notifier.stop('SIGTERM')).toBe(0);
    expect(notifier.lines()).toHaveLength(1);
  });
});
