import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { importActivityFiles } from '@ecr-audit/collector';
import { listActivity, observedActivity, type Store } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { accountId, lookupEvent, region } from './served.ts';

const disturbed = await createTestDatabase();
const undisturbed = await createTestDatabase();
const directory = mkdtempSync(path.join(tmpdir(), 'ecr-audit-logs-'));
const filesCount = 240;
const eventsPerFile = 300;
const firstMs = Date.parse('2026-03-01T00:00:00Z');

afterAll(async () => {
  rmSync(directory, { recursive: true });
  await disturbed.drop();
  await undisturbed.drop();
});

// Three times what is kept at once.
beforeAll(() => {
  for (let file = 0; file < filesCount; file += 1) {
    const atMs = firstMs + file * 3_600_000;
    const at = new Date(atMs).toISOString();
    const folder = path.join(directory, at.slice(0, 10));
    mkdirSync(folder, { recursive: true });
    const records = Array.from({ length: eventsPerFile }, (_, index) =>
      recordOf(new Date(atMs - index * 1000).toISOString().replace('.000', ''), index),
    );
    const stamp = at.replaceAll(/[-:]/g, '').slice(0, 13);
    writeFileSync(
      path.join(folder, `${accountId}_CloudTrail_${region}_${stamp}Z_aaaaAAAA1111bbbb.json.gz`),
      gzipSync(JSON.stringify({ Records: records })),
    );
  }
});

function recordOf(at: string, index: number): unknown {
  const requestParameters = { repositoryName: `team-${index % 50}/app` };
  const event = lookupEvent({
    name: index % 2 === 0 ? 'BatchGetImage' : 'PutImage',
    at,
    more: { requestParameters, readOnly: true, managementEvent: true },
  });
  return JSON.parse('CloudTrailEvent' in event ? String(event.CloudTrailEvent) : '{}');
}

function startImport(): ChildProcess {
  const script = new URL('../../services/cli/src/main.ts', import.meta.url).pathname;
  return spawn(
    process.execPath,
    [script, 'activity', 'import', directory, '--format', 'json', '--database-url', disturbed.url],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
}

async function outcomeIn(store: Store): Promise<unknown> {
  return {
    activity: await listActivity(store.sql, { limit: 10_000 }),
    observed: await observedActivity(store.sql, { accountId, region }),
    files: [...(await store.sql`select name, hash, has_reads from audit.activity_file order by name`)].length,
    seen: [...(await store.sql`select count(*) as seen from audit.activity_seen`)],
  };
}

test('an import that is killed again and again ends with what an undisturbed one gives', async () => {
  await importActivityFiles({ store: undisturbed.store }, { directory, now: new Date('2026-11-22T12:00:00Z') });
  let seenBefore = 0;
  for (let kill = 0; kill < 2; kill += 1) {
    const child = startImport();
    const ended = once(child, 'exit');
    // Something of this run is kept, and the rest is in its hands.
    await vi.waitFor(
      async () => {
        const [row] = await disturbed.store.sql<{ seen: number }[]>`select count(*) as seen from audit.activity_seen`;
        expect(row?.seen ?? 0).toBeGreaterThan(seenBefore);
      },
      { timeout: 60_000, interval: 5 },
    );
    child.kill('SIGKILL');
    await ended;
    const [row] = await disturbed.store.sql<{ seen: number }[]>`select count(*) as seen from audit.activity_seen`;
    seenBefore = row?.seen ?? 0;
    expect(seenBefore).toBeLessThan(filesCount * eventsPerFile);
    expect(await observedActivity(disturbed.store.sql, { accountId, region })).toEqual([]);
  }
  const last = startImport();
  const printed = last.stdout === null ? [] : Array.fromAsync(last.stdout, String);
  const [code] = await once(last, 'exit');
  expect(code).toBe(0);
  expect(JSON.parse((await printed).join(''))).toMatchObject({ isWhole: true, files: { broken: 0 }, holes: [] });
  expect(await outcomeIn(disturbed.store)).toEqual(await outcomeIn(undisturbed.store));
}, 180_000);
