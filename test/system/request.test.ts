import { saveTargetPlan, wantedScans } from '@ecr-audit/store';
import { createTestDatabase, type TestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectExit, runCommand } from './harness/run-command.ts';

const target = { key: 'account:111122223333' };
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});

async function request(...words: readonly string[]): ReturnType<typeof runCommand> {
  return await runCommand(['request', '--database-url', database.url, ...words], { env: {} });
}

test('a scan of what nobody knows, or of nothing, is refused with what to do', async () => {
  const nothing = await request();
  expectExit(nothing, 2);
  expect(nothing.stderr).toContain('name what to scan with `--target`');
  const unknown = await request('--target', target.key);
  expectExit(unknown, 2);
  expect(unknown.stderr).toContain(`there is no target \`${target.key}\``);
  const wrong = await request('--target', target.key, '--accounts', '12');
  expectExit(wrong, 2);
  expect(wrong.stderr).toContain('expected account ids of twelve digits');
});

test('a scan that is asked for waits for a collector, and asking again is the same scan', async () => {
  await saveTargetPlan(database.store.sql, { target, plan: {} });
  const first = await request('--target', target.key, '--format', 'json');
  expectExit(first, 0);
  const [wanted] = await wantedScans(database.store.sql);
  expect(JSON.parse(first.stdout)).toEqual({
    scanId: wanted?.scanId,
    isNew: true,
    status: 'requested',
    failure: null,
    gaps: 0,
  });
  const again = await request('--target', target.key);
  expectExit(again, 0);
  expect(again.stdout).toContain(`Scan ${wanted?.scanId} of ${target.key} was requested before`);
  expect(await wantedScans(database.store.sql)).toHaveLength(1);
});
