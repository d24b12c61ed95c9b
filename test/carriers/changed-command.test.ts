import path from 'node:path';
import { readSnapshotDirectory, writeSnapshotDirectory } from '@ecr-audit/aws';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type CommandResult, expectExit, runCommand } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';

const samples = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const earlier = path.join(samples, '2026-11-09');
const later = path.join(samples, '2026-11-16');
const pull = 'arn:aws:iam::444455556666:policy/platform/PullFromSharedRegistry';

async function changed(...words: readonly string[]): Promise<CommandResult> {
  const result = await runCommand(['policies', '--changed', ...words]);
  expectExit(result, 0);
  return result;
}

const lineSchema = z.looseObject({ kind: z.string(), arn: z.string().nullish(), owner: z.string().optional() });

describe('policies --changed between two directories', () => {
  test('tells the versions, the actions and who gained what, for a person', async () => {
    const { stdout } = await changed('--from', earlier, '--to', later);
    expect(stdout).toContain('1 policy changed in what it says of ECR.');
    expect(stdout).toMatch(/PullFromSharedRegistry +customer +v2 -> v3 +5 actions/);
    expect(stdout).toMatch(/PullFromSharedRegistry +gained +pull; BatchGetImage, GetDownloadUrlForLayer/);
    expect(stdout).toMatch(/Not known, because a snapshot lacks it: 1 whole account \(777788889999\)/);
  });

  test('has one line with a kind for everything in ndjson, and the same in JSON and csv', async () => {
    const { stdout } = await changed('--from', earlier, '--to', later, '--format', 'ndjson');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => lineSchema.parse(JSON.parse(line)))).toMatchObject([
      { kind: 'changed', arn: pull, owner: 'customer', versions: { before: 'v2', after: 'v3' }, concernsEcr: true },
      { kind: 'notKnown', accountId: '777788889999', arn: null, unreadIn: 'both' },
    ]);
    const json = await changed('--from', earlier, '--to', later, '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      from: '2026-11-09T06:00:00Z',
      to: '2026-11-16T06:00:00Z',
      changes: [JSON.parse(lines[0] ?? '')],
      together: [],
    });
    const csv = await changed('--from', earlier, '--to', later, '--format', 'csv');
    const rows = csv.stdout.trimEnd().split('\n');
    expect(rows.filter((row) => row.startsWith(`${pull},customer,changed,444455556666,v2,v3,`))).toHaveLength(4);
    expect(rows.at(-1)).toMatch(/^,,notKnown,777788889999,+$/);
    expect(new Set(rows.map((row) => row.replaceAll(/"[^"]*"/g, '').split(',').length)).size).toBe(1);
  });

  test('an account that the later snapshot lacks is not known, and nothing of it is lost', async () => {
    const cut = path.join(temporaryDirectory('cut'), 'snapshot');
    const parts = await readSnapshotDirectory(later);
    await writeSnapshotDirectory(
      cut,
      parts.filter((part) => !part.path.startsWith('accounts/444455556666/account-')),
    );
    const words = ['--from', earlier, '--to', cut, '--format', 'ndjson', '--all', '--fail-on-gaps'];
    const result = await runCommand(['policies', '--changed', ...words]);
    expectExit(result, 3);
    const lines = result.stdout
      .trimEnd()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)));
    expect(lines.filter(({ kind }) => kind !== 'notKnown')).toEqual([]);
    expect(lines).toContainEqual({ kind: 'notKnown', accountId: '444455556666', arn: null, unreadIn: 'to' });
  });
});

test('two scans of a database are compared as their directories are; the last two by default', async () => {
  const database = await createTestDatabase();
  onTestFinished(async () => await database.drop());
  const words = ['--database-url', database.url];
  for (const snapshot of [earlier, later]) {
    expectExit(await runCommand(['scan', ...words, '--snapshot', snapshot]), 0);
  }
  const directories = await changed('--from', earlier, '--to', later, '--format', 'ndjson');
  const scans = await changed(...words, '--format', 'ndjson');
  expect(scans.stdout).toBe(directories.stdout);
  const unknown = '00000000-0000-4000-8000-000000000000';
  const missing = await runCommand(['policies', '--changed', ...words, '--from', unknown]);
  expectExit(missing, 2);
  expect(missing.stderr).toContain(`no completed scan \`${unknown}\``);
}, 300_000);

test.each([
  [['--changed', '--from', later, '--to', earlier], /cannot compare with a later snapshot/],
  [['--changed', '--to', later], /expected `--from` beside a directory/],
  [['--from', earlier], /cannot use `--from` without `--changed`/],
])('what cannot be compared is refused: %j', async (words, expected) => {
  const result = await runCommand(['policies', ...words]);
  expectExit(result, 2);
  expect(result.stderr).toMatch(expected);
  expect(result.stdout).toBe('');
});
