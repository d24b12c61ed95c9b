import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { expectExit, runCommand } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';
import { scanParts } from './scan-directory.ts';

/* What people do with findings at a terminal, on the sample organization at its two points in time. */

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const database = await createTestDatabase();
const { store, url } = database;
const first = await scanParts(store, await readSnapshotDirectory(path.join(sample, '2026-11-09')), {
  now: '2026-11-09T07:00:00Z',
});
await scanParts(store, await readSnapshotDirectory(path.join(sample, '2026-11-16')), { now: '2026-11-16T07:00:00Z' });

afterAll(async () => {
  await database.drop();
});

type Result = Awaited<ReturnType<typeof runCommand>>;

async function run(...words: readonly string[]): Promise<Result> {
  return await runCommand([...words, '--database-url', url]);
}

async function text(...words: readonly string[]): Promise<string> {
  const result = await run(...words);
  expectExit(result, 0);
  return result.stdout;
}

const findingsSchema = z.looseObject({
  unmatchedExceptions: z.number(),
  findings: z.array(
    z.looseObject({ ruleId: z.string(), fingerprint: z.string(), status: z.string(), resource: z.string() }),
  ),
});

const { findings } = findingsSchema.parse(JSON.parse(await text('findings', '--format', 'json')));
const fingerprint = findings.find(({ ruleId }) => ruleId === 'ECR-PUB-PUSH')?.fingerprint ?? '';

test('`findings` shows what scans keep, with since when, and ends with 5 where something active is grave', async () => {
  const shown = await run('findings', '--severity', 'critical', '--fail-on', 'critical');
  expectExit(shown, 5);
  expect(shown.stdout).toContain('2 findings: 2 critical');
  expect(shown.stdout).toContain('active, first seen 2026-11-09T06:00:00');
  expect(shown.stdout).toContain(fingerprint);
  expect(findings.length).toBeGreaterThan(20);
});

test('a finding is acknowledged, and its history says by whom', async () => {
  expect(await text('findings', 'acknowledge', fingerprint, '--by', 'anna')).toContain('anna looks after it');
  const history = await text('findings', '--history', fingerprint);
  expect(history).toMatch(/2026-11-09T06:00:00\.000Z {2}opened/);
  expect(history).toContain('acknowledged');
  expect(history).toContain('by anna');
});

test('an exception is added, listed and withdrawn', async () => {
  const added = await text('exceptions', 'add', fingerprint, '--reason', 'a game', '--until', '30d', '--by', 'anna');
  expect(added).toContain('Approved:');
  expect(await text('findings', '--status', 'archived')).toContain(fingerprint);
  const { exceptions } = z
    .object({ exceptions: z.array(z.looseObject({ id: z.string(), findingStatus: z.string() })) })
    .parse(JSON.parse(await text('exceptions', 'list', '--format', 'json')));
  expect(exceptions.map(({ findingStatus }) => findingStatus)).toEqual(['archived']);
  expect(await text('exceptions', 'list')).toContain('a game');
  expect(await text('exceptions', 'withdraw', exceptions[0]?.id ?? '')).toContain('is active');
  expect(await text('exceptions', 'list')).toBe('No exceptions.\n');
});

describe('what cannot be is refused with exit code 2 and says what was expected', () => {
  const unknown = 'f'.repeat(64);
  test.each([
    ['a finding that is not there', ['exceptions', 'add', unknown, '--reason', 'x', '--until', '30d'], 'no finding'],
    [
      'an end that has passed',
      ['exceptions', 'add', fingerprint, '--reason', 'x', '--until', '2020-01-01'],
      'still to come',
    ],
    ['an end that is no time', ['exceptions', 'add', fingerprint, '--reason', 'x', '--until', 'soon'], '`90d`, a day'],
    ['no reason', ['exceptions', 'add', fingerprint, '--until', '30d'], '--reason'],
    [
      'an exception that is not there',
      ['exceptions', 'withdraw', '4c1f7a52-9f2b-4d3e-8a61-0b7c5e2d9f10'],
      'no exception',
    ],
    [
      'a scan that is not there',
      ['baseline', 'approve', '--scan', '4c1f7a52-9f2b-4d3e-8a61-0b7c5e2d9f10'],
      'no completed scan',
    ],
    ['an account that nobody knows', ['baseline', 'approve', '--account', '123456789012'], 'account 123456789012'],
  ])('%s', async (_, words, expected) => {
    const result = await run(...words);
    expectExit(result, 2);
    expect(result.stderr).toContain(expected);
  });
});

function write(name: string, content: string): string {
  const file = path.join(temporaryDirectory('exceptions'), name);
  writeFileSync(file, content);
  return file;
}

function line(finding: string, rest = ''): string {
  return `  - finding: ${finding}\n    approvedBy: anna\n    reason: reviewed\n    until: 2099-01-01\n${rest}`;
}

describe('a file of exceptions', () => {
  test('is tried first, applied, and applied again without a change; a line that is gone is withdrawn', async () => {
    const file = write('good.yaml', `version: 1\nexceptions:\n${line(fingerprint)}${line('e'.repeat(64))}`);
    expect(await text('exceptions', 'apply', file, '--dry-run')).toContain('Would be: 1 added');
    expect(await text('exceptions', 'list')).toBe('No exceptions.\n');
    const applied = await run('exceptions', 'apply', file, '--fail-on-unmatched');
    expectExit(applied, 5);
    expect(applied.stdout).toContain('1 added, 0 withdrawn, 0 unchanged');
    expect(applied.stdout).toContain('matches no finding, approves nothing: eeeeeeeeeeee');
    expect(await text('exceptions', 'apply', file)).toContain('0 added, 0 withdrawn, 1 unchanged');
    const empty = write('empty.yaml', 'version: 1\nexceptions: []\n');
    expect(await text('exceptions', 'apply', empty)).toContain('0 added, 1 withdrawn, 0 unchanged');
  });

  test.each([
    ['an unknown field', `version: 1\nexceptions:\n${line(fingerprint, '    untill: 2099\n')}`, 'malformed.yaml:'],
    [
      'a double line',
      `version: 1\nexceptions:\n${line(fingerprint)}${line(fingerprint)}`,
      'expected each finding once',
    ],
    [
      'a time that moves',
      `version: 1\nexceptions:\n${line(fingerprint).replace('2099-01-01', '90d')}`,
      'expected a day or a time',
    ],
    ['no version', `exceptions: []\n`, 'version'],
    ['rubbish', `{{{`, 'malformed.yaml:1:'],
    ['a binary', '\0\u{1}', 'malformed.yaml'],
  ])('with %s is refused whole, with the place', async (_, content, expected) => {
    const result = await run('exceptions', 'apply', write('malformed.yaml', content));
    expectExit(result, 2);
    expect(result.stderr).toContain(expected);
    expect(await text('exceptions', 'list')).toBe('No exceptions.\n');
  });
});

test('a baseline is approved, and drift is told since then', async () => {
  expect(await text('baseline', 'approve', '--scan', first, '--by', 'anna', '--reason', 'reviewed')).toContain(
    'Approved as baseline',
  );
  expect(await text('baseline', 'list')).toContain('reviewed');
  const drift = await text('drift', '--from', 'baseline');
  expect(drift).toContain('Drift from 2026-11-09T06:00:00');
});

test('drift since a baseline that nobody approved says how to approve one', async () => {
  const other = await createTestDatabase();
  await scanParts(other.store, await readSnapshotDirectory(path.join(sample, '2026-11-09')), {
    now: '2026-11-09T07:00:00Z',
  });
  const result = await runCommand(['drift', '--from', 'baseline', '--database-url', other.url]);
  expectExit(result, 2);
  expect(result.stderr).toContain('ecr-audit baseline approve');
  await other.drop();
});
