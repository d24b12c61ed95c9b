import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { collectActivityJob, importActivityFiles, type ImportOutcome } from '@ecr-audit/collector';
import { forgetOldActivity, listActivity, listActivityCoverage, observedActivity } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openFake, openSession } from '../fake-aws/testing.ts';
import { accountId, type Call, lookupEvent, minutesBefore, now, region, served } from './served.ts';

const database = await createTestDatabase();
const { store } = database;
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'ecr-audit-logs-'));
});
afterEach(async () => {
  rmSync(directory, { recursive: true });
  await store.sql`
    truncate audit.activity, audit.activity_principal, audit.activity_resource, audit.activity_seen, audit.change_event,
      audit.activity_observed, audit.activity_hole, audit.activity_reject, audit.activity_file, audit.activity_horizon`;
});
afterAll(() => database.drop());

const reads = { readOnly: true, managementEvent: true };

/** Writes a log file where CloudTrail puts it, and gives its path. */
function deliver(at: string, calls: readonly Call[], change: (text: string) => string | Buffer = gzipSync): string {
  const stamp = at.replaceAll(/[-:]/g, '').slice(0, 13);
  const folder = path.join(
    directory,
    `AWSLogs/o-example/${accountId}/CloudTrail/${region}/${at.slice(0, 10).replaceAll('-', '/')}`,
  );
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${accountId}_CloudTrail_${region}_${stamp}Z_aaaaAAAA1111bbbb.json.gz`);
  writeFileSync(file, change(JSON.stringify({ Records: calls.map(recordOf) })));
  return file;
}

function recordOf(call: Call): unknown {
  const event = lookupEvent(call);
  return JSON.parse('CloudTrailEvent' in event ? String(event.CloudTrailEvent) : '{}');
}

async function importAll(signal?: AbortSignal): Promise<ImportOutcome> {
  return await importActivityFiles({ store }, { directory, now, ...(signal === undefined ? {} : { signal }) });
}

async function uses(): Promise<readonly (readonly [string, string, number])[]> {
  return (await listActivity(store.sql, { limit: 100 })).map(({ action, source, events }) => [action, source, events]);
}

const pull = (at: string): Call => ({ name: 'BatchGetImage', at, more: reads });

test('use and changes of files are counted, and what the files show is said', async () => {
  deliver('2026-03-01T00:05:00Z', [pull('2026-03-01T00:01:00Z')]);
  deliver('2026-03-01T12:05:00Z', [
    { name: 'SetRepositoryPolicy', at: '2026-03-01T12:00:00Z' },
    { name: 'PutObject', at: '2026-03-01T12:00:00Z', source: 's3.amazonaws.com' },
  ]);
  const digest = path.join(directory, 'AWSLogs/digest.json.gz');
  writeFileSync(digest, gzipSync('{}'));
  expect(await importAll()).toMatchObject({
    files: { read: 2, known: 0, broken: 0, ignored: 1 },
    events: 3,
    uses: 2,
    changes: 1,
    holes: [],
    isWhole: true,
  });
  expect(await uses()).toEqual([
    ['ecr:BatchGetImage', 'logFile', 1],
    ['ecr:SetRepositoryPolicy', 'logFile', 1],
  ]);
  expect(await observedActivity(store.sql, { accountId, region })).toEqual([
    {
      eventName: '*',
      source: 'logFile',
      during: [{ fromMs: Date.parse('2026-03-01T00:05:00Z'), untilMs: Date.parse('2026-03-01T11:50:00Z') }],
    },
  ]);
});

test('files that were read are skipped by name and content, and a stopped import goes on', async () => {
  deliver('2026-03-01T00:05:00Z', [pull('2026-03-01T00:01:00Z')]);
  deliver('2026-03-01T06:05:00Z', [pull('2026-03-01T06:01:00Z')]);
  const stopping = new AbortController();
  const stopped = await importActivityFiles(
    { store },
    { directory, now, signal: stopping.signal, onProgress: ({ files }) => files.read === 1 && stopping.abort() },
  );
  expect(stopped).toMatchObject({ files: { read: 1 }, observed: [], isWhole: false });
  expect(await observedActivity(store.sql, { accountId, region })).toEqual([]);
  expect(await importAll()).toMatchObject({ files: { read: 1, known: 1 }, observed: [{ eventName: '*' }] });
  // The same name with another content is another file, whose events are known all the same.
  deliver('2026-03-01T06:05:00Z', [pull('2026-03-01T06:01:00Z'), pull('2026-03-01T06:02:00Z')]);
  expect(await importAll()).toMatchObject({ files: { read: 1, known: 1 } });
  expect(await importAll()).toMatchObject({ files: { read: 0, known: 2 }, events: 0, uses: 0 });
});

test('a broken file is named, what stood before the break counts, and the others go on', async () => {
  deliver('2026-03-01T00:05:00Z', [pull('2026-03-01T00:01:00Z')]);
  const many = Array.from({ length: 400 }, () => pull('2026-03-01T06:01:00Z'));
  const cut = deliver('2026-03-01T06:05:00Z', many, (text) => {
    const packed = gzipSync(text);
    return packed.subarray(0, packed.length * 0.7);
  });
  const noGzip = deliver('2026-03-01T07:05:00Z', [], () => 'not gzip');
  const noLog = deliver('2026-03-01T08:05:00Z', [], () => gzipSync('[1, 2'));
  deliver('2026-03-01T12:05:00Z', [pull('2026-03-01T12:01:00Z')]);
  symlinkSync(
    '/nowhere',
    path.join(directory, `${accountId}_CloudTrail_${region}_20260301T0905Z_aaaaAAAA1111bbbb.json.gz`),
  );
  const outcome = await importAll();
  expect(outcome).toMatchObject({ files: { read: 2, broken: 4 } });
  expect(outcome.uses).toBeGreaterThan(100);
  expect(outcome.uses).toBeLessThan(402);
  const named = outcome.broken.map(({ path: broken }) => path.basename(broken));
  expect(named).toEqual(expect.arrayContaining([cut, noGzip, noLog].map((file) => path.basename(file))));
  const reasons = new Set(outcome.holes.map(({ reason }) => reason));
  expect(reasons).toEqual(new Set(['fileBroken']));
  expect(outcome.observed).toHaveLength(5);
  expect((await importAll()).files).toMatchObject({ read: 0, known: 2, broken: 4 });
});

test('events that LookupEvents gave before are not counted again', async () => {
  const call = { ...pull(minutesBefore(60 * 24)), id: '00000000-0000-4000-9000-000000000007' };
  await openFake({ parts: served([call]), clock: () => now });
  const session = await openSession({ regions: [region] });
  const work = {
    accountId,
    partition: 'aws',
    region,
    isHomeRegion: false,
    isManagementAccount: false,
    isEcrRead: true,
    now,
  };
  await collectActivityJob({ store, session }, work);
  deliver('2026-11-21T12:05:00Z', [call]);
  expect(await importAll()).toMatchObject({ events: 1, uses: 0 });
  expect(await uses()).toEqual([['ecr:BatchGetImage', 'lookupEvents', 1]]);
});

test('what log files show is looked up all the same, because a trail may leave events out', async () => {
  const call = pull(minutesBefore(60 * 24));
  for (let hour = 0; hour <= 48; hour += 12) {
    deliver(minutesBefore(hour * 60), [pull(minutesBefore(hour * 60 + 1))]);
  }
  await importAll();
  await openFake({ parts: served([call]), clock: () => now });
  const session = await openSession({ regions: [region] });
  const work = {
    accountId,
    partition: 'aws',
    region,
    isHomeRegion: false,
    isManagementAccount: false,
    isEcrRead: true,
    now,
  };
  expect(await collectActivityJob({ store, session }, work)).toMatchObject({ uses: 1, isCaughtUp: true });
  expect(await listActivityCoverage(store.sql)).toMatchObject([
    { status: 'complete', from: '2026-08-24T13:00:00.000Z', until: '2026-11-22T11:45:00.000Z' },
  ]);
});

test('log files fill what LookupEvents has forgotten', async () => {
  const work = {
    accountId,
    partition: 'aws',
    region,
    isHomeRegion: false,
    isManagementAccount: false,
    isEcrRead: true,
  };
  const before = new Date('2026-07-01T00:15:00Z');
  await openFake({ parts: served([]), clock: () => before });
  const early = await openSession({ regions: [region] });
  await collectActivityJob({ store, session: early }, { ...work, now: before });
  for (let atMs = before.getTime() - 86_400_000; atMs < Date.parse('2026-08-26T00:00:00Z'); atMs += 43_200_000) {
    const at = new Date(atMs).toISOString().replace('.000', '');
    deliver(at, [pull(at)]);
  }
  await openFake({ parts: served([]), clock: () => now });
  const later = await openSession({ regions: [region] });
  await collectActivityJob({ store, session: later }, { ...work, now });
  expect(await listActivityCoverage(store.sql)).toMatchObject([
    { status: 'partial', from: '2026-08-24T13:00:00.000Z' },
  ]);
  await importAll();
  expect(await listActivityCoverage(store.sql)).toMatchObject([
    { status: 'complete', from: '2026-04-02T01:15:00.000Z', until: '2026-11-22T11:45:00.000Z' },
  ]);
});

test('events of a time that was forgotten are not taken in, and nothing is said to be seen there', async () => {
  await forgetOldActivity(store, { before: new Date('2026-03-01T06:00:00Z') });
  deliver('2026-03-01T00:05:00Z', [pull('2026-03-01T00:01:00Z')]);
  deliver('2026-03-01T12:05:00Z', [pull('2026-03-01T12:01:00Z')]);
  expect(await importAll()).toMatchObject({ events: 2, uses: 1 });
  expect(await observedActivity(store.sql, { accountId, region })).toMatchObject([
    { during: [{ fromMs: Date.parse('2026-03-01T06:00:00Z'), untilMs: Date.parse('2026-03-01T11:50:00Z') }] },
  ]);
});

test('a directory that is not there is an error that names it', async () => {
  const gone = path.join(directory, 'gone');
  await expect(importActivityFiles({ store }, { directory: gone, now })).rejects.toMatchObject({
    code: 'logDirectoryUnreadable',
    message: expect.stringContaining(gone),
  });
});
