import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeAws } from '../fake-aws/start-fake-aws.ts';
import { expectExit, runCommand } from './harness/run-command.ts';
import { accountId, damagedFixture, fixtureDirectory } from './harness/snapshots.ts';
import { temporaryDirectory } from './harness/temporary-directory.ts';

const regions = ['--regions', 'eu-west-1,us-east-1'];
const clock = (): Date => new Date('2026-11-09T06:00:00Z');

async function databaseUrl(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(async () => await database.drop());
  return database.url;
}

async function fakeEnvironment(): Promise<Record<string, string>> {
  const fake = await startFakeAws({
    snapshotDir: fixtureDirectory,
    accountId,
    clock,
    lookupEventsPerSecond: Number.POSITIVE_INFINITY,
  });
  onTestFinished(async () => await fake.close());
  return { ...fake.environment() };
}

async function output(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const result = await runCommand(words, { env });
  expectExit(result, 0);
  return result.stdout;
}

describe.each(['ndjson', 'csv', 'table'])('as %s,', (format) => {
  test('scanning AWS, scanning what was collected from it, and reading that directory export the same bytes', async () => {
    const env = await fakeEnvironment();
    const directory = path.join(temporaryDirectory('collected'), 'snapshot');
    const [fromAws, fromDirectory] = [await databaseUrl(), await databaseUrl()];
    await output(['scan', ...regions, '--database-url', fromAws], env);
    await output(['collect', ...regions, '--out', directory], env);
    await output(['scan', '--snapshot', directory, '--database-url', fromDirectory]);

    const access = ['access', '--format', format];
    const exported = await output([...access, '--database-url', fromAws]);
    expect(exported.split('\n').length).toBeGreaterThan(100);
    expect(await output([...access, '--database-url', fromDirectory])).toBe(exported);
    expect(await output([...access, '--snapshot', directory])).toBe(exported);
  });
});

test('with the denied cells, database and directory export the same bytes too', async () => {
  const url = await databaseUrl();
  await output(['scan', '--snapshot', fixtureDirectory, '--database-url', url]);
  const access = ['access', '--format', 'ndjson', '--include-denied'];
  const exported = await output([...access, '--snapshot', fixtureDirectory]);
  expect(exported).toContain('"decision":"implicitDeny"');
  expect(await output([...access, '--database-url', url])).toBe(exported);
});

test('explain answers the same from the database as from the directory', async () => {
  const url = await databaseUrl();
  await output(['scan', '--snapshot', fixtureDirectory, '--database-url', url]);
  const question = ['--principal', `arn:aws:iam::${accountId}:role/builder`, '--action', 'push'];
  const words = ['explain', ...question, '--resource', `arn:aws:ecr:eu-west-1:${accountId}:repository/shop/api`];
  expect(await output([...words, '--database-url', url])).toBe(
    await output([...words, '--snapshot', fixtureDirectory]),
  );
});

test('the same snapshot twice is one scan, and an older one is refused', async () => {
  const words = ['scan', '--database-url', await databaseUrl(), '--snapshot'];
  const first = await runCommand([...words, fixtureDirectory]);
  const again = await runCommand([...words, fixtureDirectory]);
  expect(again.stderr).toContain('scanned before');
  expect(again.stdout).toBe(first.stdout);

  const manifest = { formatVersion: 1, takenAt: '2026-11-02T06:00:00Z', partition: 'aws', gaps: [] };
  const older = await runCommand([...words, damagedFixture({ 'snapshot.json': JSON.stringify(manifest) })]);
  expect(older.exitCode).toBe(2);
  expect(older.stderr).toMatch(/`2026-11-02T06:00:00Z` is older than the scan of `2026-11-09T06:00:00/);
});

test('the second scan says what changed since the first', async () => {
  const words = ['scan', '--format', 'json', '--database-url', await databaseUrl(), '--snapshot'];
  const first: unknown = JSON.parse(await output([...words, fixtureDirectory]));
  expect(first).toMatchObject({ scan: { previousTakenAt: null, changes: { closed: 0, unchanged: 0 } } });
  const manifest = { formatVersion: 1, takenAt: '2026-11-16T06:00:00Z', partition: 'aws', gaps: [] };
  const later = damagedFixture({
    'snapshot.json': JSON.stringify(manifest),
    [`accounts/${accountId}/eu-west-1/repository-policies.json`]: '[]',
  });
  const second: unknown = JSON.parse(await output([...words, later]));
  expect(second).toMatchObject({ scan: { previousTakenAt: '2026-11-09T06:00:00.000Z' }, outside: [] });
});

test('collect refuses a directory that is no snapshot, and keeps what is in it', async () => {
  const directory = temporaryDirectory('occupied');
  writeFileSync(path.join(directory, 'thesis.txt'), 'five years of work');
  const result = await runCommand(['collect', ...regions, '--no-cloudtrail', '--out', directory], {
    env: await fakeEnvironment(),
  });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain('thesis.txt');
});

test('--fail-on-gaps ends with 3 where something could not be read, after the report', async () => {
  const words = ['scan', '--snapshot', fixtureDirectory, '--database-url', await databaseUrl(), '--fail-on-gaps'];
  const result = await runCommand(words);
  expect(result.exitCode).toBe(3);
  expect(result.stdout).toMatch(/GAPS: 1\./);
});
