import { createTestDatabase } from '@ecr-audit/store/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { expectExit, runCommand } from '../system/harness/run-command.ts';
import { damagedFixture, fixtureDirectory } from '../system/harness/snapshots.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';

/* The report through the command line, from a directory and from databases. */

async function output(...words: readonly string[]): Promise<string> {
  const result = await runCommand(words);
  expectExit(result, 0);
  return result.stdout;
}

const report = async (...words: readonly string[]): Promise<string> => await output('over-permission', ...words);

test('an embedded database gives the bytes that the scanned directory gives, when it proves and when it kept what follows', async () => {
  const data = ['--data', temporaryDirectory('over-permission')];
  await output('scan', '--snapshot', fixtureDirectory, ...data);
  for (const format of ['json', 'html']) {
    const fromDirectory = await report('--snapshot', fixtureDirectory, '--format', format);
    expect(await report(...data, '--format', format)).toBe(fromDirectory);
  }
});

test('after a second scan the database tells of the second alone, without what is gone', async () => {
  const database = await createTestDatabase();
  onTestFinished(async () => await database.drop());
  const stored = ['--database-url', database.url];
  const place = 'accounts/111122223333/eu-west-1';
  const later = damagedFixture({
    'snapshot.json': JSON.stringify({ formatVersion: 1, takenAt: '2026-12-01T06:00:00Z', partition: 'aws', gaps: [] }),
    [`${place}/repositories.json`]: '{"repositories":[]}',
    [`${place}/repository-policies.json`]: '[]',
  });
  await output('scan', '--snapshot', fixtureDirectory, ...stored);
  await output('scan', '--snapshot', later, ...stored);
  const fromDatabase = await report(...stored, '--format', 'json');
  expect(fromDatabase).toBe(await report('--snapshot', later, '--format', 'json'));
  expect(fromDatabase).not.toContain(`arn:aws:ecr:eu-west-1:111122223333:repository/`);
});

describe('bad input', () => {
  test('without any CloudTrail every absence is not known, for that reason, and the command succeeds', async () => {
    const events = ['us-east-1', 'eu-west-1'].flatMap((region) =>
      ['cloudtrail-events.ndjson', 'cloudtrail-events.ndjson.gz', 'cloudtrail-window.json'].map((name) => [
        `accounts/111122223333/${region}/${name}`,
        null,
      ]),
    );
    const directory = damagedFixture(Object.fromEntries(events));
    const lines = (await report('--snapshot', directory, '--format', 'csv')).split('\n').slice(1, -1);
    expect(lines.length).toBeGreaterThan(0);
    const statuses = new Set(lines.map((line) => /,(used|unused|notKnown),/.exec(line)?.[1]));
    expect([...statuses]).toEqual(['notKnown']);
    expect(lines.some((line) => line.endsWith(',noCloudTrail'))).toBe(true);
  });

  test.each([
    [['--snapshot', '/nowhere/at/all'], 'it does not exist'],
    [['--snapshot', fixtureDirectory, '--out', '/nowhere/report.html'], 'cannot write'],
  ])('%j is refused with one line that says why', async (words, said) => {
    const result = await runCommand(['over-permission', ...words]);
    expectExit(result, 2);
    expect(result.stdout).toBe('');
    expect(result.stderr.trim().split('\n').at(-1)).toContain(said);
  });
});

test('the page loads nothing from anywhere, and says so to the browser', async () => {
  const page = await report('--snapshot', fixtureDirectory, '--format', 'html');
  expect(page).not.toMatch(/<(?:script|link|img|iframe|object|embed|base|form)\b/i);
  expect(page).not.toMatch(/\b(?:src|href|action|srcset|background)\s*=/i);
  expect(page).not.toMatch(/@import|url\(/i);
  expect(page).toMatch(
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/,
  );
});

test('a policy whose names are markup is text in the page', async () => {
  const hostile = '<script>alert(1)</script>" onload="x';
  const statement = {
    Sid: hostile,
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:role/not-there' },
    Action: 'ecr:*',
  };
  const place = 'accounts/111122223333/eu-west-1';
  const directory = damagedFixture({
    [`${place}/repositories.json`]: JSON.stringify({
      repositories: [
        {
          repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
          registryId: '111122223333',
          repositoryName: 'team/app',
        },
      ],
    }),
    [`${place}/repository-policies.json`]: JSON.stringify([
      {
        registryId: '111122223333',
        repositoryName: 'team/app',
        policyText: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
      },
    ]),
  });
  const page = await report('--snapshot', directory, '--format', 'html');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x');
  expect(page).not.toContain('<script');
});
