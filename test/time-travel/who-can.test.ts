import { openStore } from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expectExit, runCommand } from '../system/harness/run-command.ts';
import { accountId, noonOf, registry, scanOf, writeWeek } from './week.ts';

const database = await createTestDatabase();
afterAll(async () => {
  await database.drop();
});
beforeAll(async () => {
  const store = await openStore(database.url);
  await writeWeek(store);
  await store.close();
});

async function run(words: readonly string[], exitCode = 0): Promise<{ stdout: string; stderr: string }> {
  const result = await runCommand([...words, '--database-url', database.url]);
  expectExit(result, exitCode);
  return result;
}

const bob = `arn:aws:iam::${accountId}:user/bob`;
const lineSchema = z.looseObject({ principal: z.string(), decision: z.string() });

describe('who-can', () => {
  it('tells a person who could push then, since when, until when, and when that was known', async () => {
    const { stdout } = await run(['who-can', 'push', 'team/app', '--at', noonOf(4)]);
    expect(stdout).toContain(`At ${noonOf(4)}:`);
    expect(stdout).toMatch(new RegExp(`Told by the scan of ${scanOf(4)}, evaluated 20\\d\\d-`));
    expect(stdout).toContain(`The next scan was taken ${scanOf(5)}`);
    expect(stdout).toContain(`Who can push to ${registry}/team/app`);
    const line = stdout.split('\n').find((each) => each.includes(bob));
    for (const part of [
      'conditional',
      scanOf(2),
      scanOf(5),
      'aws:SourceIp',
      `not read from ${scanOf(3)} until ${scanOf(4)}`,
    ]) {
      expect(line).toContain(part);
    }
  });

  it('answers for now without a time', async () => {
    const { stdout } = await run(['who-can', 'push', `${registry}/team/app`]);
    expect(stdout).toContain(`Told by the scan of ${scanOf(6)}`);
    expect(stdout).toContain('user/alice');
    expect(stdout).toContain('still');
    expect(stdout).not.toContain(bob);
  });

  it('says what could not be read, in every format, and exits with 3 where that is asked', async () => {
    const table = await run(['who-can', 'push', 'team/app', '--at', '2026-11-03', '--fail-on-gaps'], 3);
    expect(table.stdout).toContain('could not read everything');
    expect(table.stdout).toContain('unknown');
    const csv = await run(['who-can', 'push', 'team/app', '--at', '2026-11-03', '--format', 'csv']);
    expect(csv.stderr).toContain('could not read everything');
    expect(csv.stdout).toContain(',false,');
  });

  it('gives JSON lines and CSV with both times', async () => {
    const { stdout } = await run(['who-can', 'push', 'team/*', '--at', noonOf(1), '--format', 'json']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)));
    expect(lines.find(({ principal }) => principal === bob)).toMatchObject({
      at: noonOf(1),
      scanTakenAt: scanOf(1),
      nextTakenAt: scanOf(2),
      isComplete: true,
      decision: 'allowed',
      validFrom: scanOf(1),
      validUntil: scanOf(2),
      knownFrom: expect.stringMatching(/^20/),
      knownUntil: expect.stringMatching(/^20/),
      unread: [],
    });
    const csv = await run(['who-can', 'ecr:putimage', 'team/app', '--at', noonOf(1), '--format', 'csv']);
    const [header, ...rows] = csv.stdout.trim().split('\n');
    expect(header).toContain('validFrom,validUntil,knownFrom,knownUntil');
    expect(rows.some((row) => row.includes(bob) && row.includes('ecr:PutImage'))).toBe(true);
  });

  it('says of a repository of later that the scan did not know it', async () => {
    const { stdout } = await run(['who-can', 'push', 'late', '--at', noonOf(5)]);
    expect(stdout).toContain(`seen for the first time in the scan of ${scanOf(6)}`);
  });

  it.each([
    [['push', 'team/app', '--at', '2026-10-31'], scanOf(1)],
    [['push', 'team/app', '--at', '2999-01-01'], 'a time that has come'],
    [['push', 'team/app', '--at', 'yesterday'], 'an ISO time'],
    [['push', 'nowhere'], 'no repository `nowhere`'],
    [['fly', 'team/app'], 'expected `pull`'],
  ])('refuses %j in one sentence', async (words, said) => {
    const { stdout, stderr } = await run(['who-can', ...words], 2);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('what-can', () => {
  it('lists what a principal could do then, also one that is gone now', async () => {
    const { stdout } = await run(['what-can', 'bob', '--at', noonOf(2), '--format', 'ndjson']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => lineSchema.parse(JSON.parse(line)));
    expect(lines).toContainEqual(
      expect.objectContaining({ action: 'push', decision: 'conditional', validFrom: scanOf(2), validUntil: scanOf(5) }),
    );
    expect((await run(['what-can', bob, '--action', 'push'], 2)).stderr).toContain('nor has it now');
  });
});
