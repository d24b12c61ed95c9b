import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startFakeAws } from '../fake-aws/start-fake-aws.ts';
import type { FakeAws, FakeAwsSettings } from '../fake-aws/start-fake-aws.ts';
import { expectExit, runCommand, startCommand } from '../system/harness/run-command.ts';
import type { CommandResult } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';
import { cutDown, organizationOf, smallOrganization } from './world.ts';

// The pace of Organizations is real here, so the organization is cut down to what the tests look at.
const whole = smallOrganization({ accounts: 4, principals: 16, repositories: 8 });
const parts = cutDown(whole, ({ Targets }) => Targets.length > 3);
const organization = organizationOf(parts);
const managementId = organization.Organization.MasterAccountId;
const accountIds = organization.Accounts.map((account) => account.Id).toSorted();
const memberIds = accountIds.filter((id) => id !== managementId);
const [memberId = '', otherId = ''] = memberIds;

async function openFake(settings: FakeAwsSettings = {}): Promise<FakeAws> {
  const fake = await startFakeAws({ parts, accountId: managementId, lookupEventsPerSecond: 1000, ...settings });
  onTestFinished(async () => await fake.close());
  return fake;
}

async function run(
  fake: FakeAws,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  return await runCommand([...words, '--no-cloudtrail'], { env: { ...fake.environment(managementId), ...env } });
}

function target(): string {
  return path.join(temporaryDirectory('organization'), 'snapshot');
}

async function accountsIn(directory: string): Promise<readonly string[]> {
  const found = (await readSnapshotDirectory(directory)).flatMap(
    (part) => /^accounts\/(\d+)\//.exec(part.path)?.[1] ?? [],
  );
  return [...new Set(found)].toSorted();
}

const callsSchema = z.array(
  z.object({ operation: z.string(), attempts: z.number(), throttled: z.number(), minimum: z.number() }),
);

describe('collect --organization', () => {
  test('writes every account of the organization and tells the calls, none more than needed', async () => {
    const out = target();
    const result = await run(await openFake(), [
      'collect',
      '--organization',
      '--regions',
      'all',
      '--out',
      out,
      '--format',
      'json',
    ]);
    expectExit(result, 0);
    const told = z
      .object({ organizationId: z.string(), accountIds: z.array(z.string()), files: z.number(), calls: callsSchema })
      .parse(JSON.parse(result.stdout));
    expect(told).toMatchObject({ organizationId: organization.Organization.Id, accountIds });
    expect(told.files).toBe((await readSnapshotDirectory(out)).length);
    expect(await accountsIn(out)).toEqual(accountIds);
    for (const call of told.calls) {
      expect(call).toEqual({ ...call, attempts: call.minimum, throttled: 0 });
    }
  });

  test('shows the calls as a table where --calls asks for it, and how many accounts it reads', async () => {
    const result = await run(await openFake(), [
      'collect',
      '--organization',
      '--out',
      target(),
      '--calls',
      '--regions',
      'eu-west-1',
    ]);
    expectExit(result, 0);
    expect(result.stdout).toMatch(/^4 accounts of o-/);
    expect(result.stdout).toMatch(/CALLS to AWS: \d+, where \d+ could have read as much/);
    expect(result.stdout).toMatch(/ecr:DescribeRegistry +4 +0 +0 +0 +4/);
    expect(result.stderr).toContain('reading 4 accounts');
  });

  test.each([
    [
      'an included unit',
      ['--include-ou', organization.Accounts.find((account) => account.Id === memberId)?.ParentId ?? ''],
      (id: string) =>
        organization.Accounts.find((account) => account.Id === id)?.ParentId ===
        organization.Accounts.find((account) => account.Id === memberId)?.ParentId,
    ],
    [
      'excluded accounts',
      ['--exclude-accounts', `${memberId},${otherId}`],
      (id: string) => id !== memberId && id !== otherId,
    ],
    ['named accounts', ['--accounts', memberId], (id: string) => id === memberId],
  ])('reads what the selection leaves: %s', async (_title, words, isRead) => {
    const out = target();
    expectExit(
      await run(await openFake(), ['collect', '--organization', '--out', out, '--regions', 'eu-west-1', ...words]),
      0,
    );
    expect(await accountsIn(out)).toEqual(accountIds.filter(isRead));
  });

  test('an account without role ends with 0, names it, and with 3 where gaps are to fail', async () => {
    const fake = await openFake({ rolesMissing: [memberId] });
    const words = ['collect', '--organization', '--regions', 'eu-west-1', '--out', target()];
    const result = await run(fake, words);
    expectExit(result, 0);
    expect(result.stdout).toContain(`cannot assume \`arn:aws:iam::${memberId}:role/ecr-audit\``);
    expect(result.stderr).toContain('1 account of 4 could not be read');
    expectExit(await run(fake, [...words, '--fail-on-gaps']), 3);
  });

  test('the external id comes from a file or the environment, and is never shown', async () => {
    const externalId = 'a-secret-external-id';
    const fake = await openFake({ externalId });
    const file = path.join(temporaryDirectory('secret'), 'external-id');
    writeFileSync(file, `${externalId}\n`, { mode: 0o600 });
    const words = ['collect', '--organization', '--regions', 'eu-west-1', '--fail-on-gaps', '--no-cloudtrail'];
    for (const [more, env] of [
      [['--external-id-file', file], {}],
      [[], { ECR_AUDIT_EXTERNAL_ID: externalId }],
      [[], {}],
    ] as const) {
      const result = await run(fake, [...words, ...more, '--out', target()], env);
      expect(result.stdout.includes('cannot assume')).toBe(more.length === 0 && !('ECR_AUDIT_EXTERNAL_ID' in env));
      expect(result.stdout + result.stderr).not.toContain(externalId);
    }
  });

  test('a throttled scan says how often it was throttled', async () => {
    const fake = await openFake({ faults: [{ kind: 'throttle', operation: 'ecr:DescribeRegistry', times: 3 }] });
    const result = await run(fake, ['collect', '--organization', '--regions', 'eu-west-1', '--out', target()]);
    expectExit(result, 0);
    expect(result.stderr).toContain('AWS throttled 3 attempts');
    expect(result.stdout).not.toContain('DescribeRegistry');
  });

  test('Ctrl-C in the middle ends with 130 and leaves nothing half written', async () => {
    const fake = await openFake({ latencyMs: 200 });
    const directory = temporaryDirectory('interrupted');
    const command = startCommand(
      ['collect', '--organization', '--regions', 'eu-west-1', '--out', path.join(directory, 'snapshot')],
      { env: { ...fake.environment(managementId) } },
    );
    await new Promise<void>((resolve) => {
      command.process.stderr?.on('data', () => {
        if (command.stderr().includes('reading 4 accounts')) {
          resolve();
        }
      });
    });
    command.process.kill('SIGINT');
    expect((await command.result).exitCode).toBe(130);
    expect(readdirSync(directory)).toEqual([]);
  });
});

test('without Organizations a list of accounts is read, and their policies above are not known', async () => {
  const out = target();
  const fake = await openFake();
  expectExit(
    await run(fake, ['collect', '--accounts', `${memberId},${otherId}`, '--regions', 'eu-west-1', '--out', out]),
    0,
  );
  expect(await accountsIn(out)).toEqual([memberId, otherId].toSorted());
  expect(existsSync(path.join(out, 'organization.json'))).toBe(false);
  expect(Object.keys(fake.callCounts()).filter((name) => name.startsWith('organizations:'))).toEqual([]);
});

test('one account is read in all its regions where that is asked', async () => {
  const out = target();
  const fake = await openFake();
  expectExit(await run(fake, ['collect', '--regions', 'all', '--out', out]), 0);
  const served = parts.filter((part) => part.path.startsWith(`accounts/${managementId}/`)).map((part) => part.path);
  const read = (await readSnapshotDirectory(out))
    .map((part) => part.path)
    .filter((file) => file.startsWith('accounts/'));
  expect(read).toEqual(served.toSorted());
});

test('scan --organization reports on the whole of it, and its JSON tells the calls', async () => {
  const database = await createTestDatabase();
  onTestFinished(async () => await database.drop());
  const words = ['scan', '--organization', '--regions', 'all', '--format', 'json', '--database-url', database.url];
  const result = await run(await openFake({ rolesMissing: [memberId] }), words);
  expectExit(result, 0);
  const report = z
    .object({
      scan: z.object({ target: z.string() }),
      coverage: z.array(z.object({ accountId: z.string(), source: z.string(), status: z.string() })),
      calls: callsSchema,
    })
    .parse(JSON.parse(result.stdout));
  expect(report.scan.target).toBe(`organization:${organization.Organization.Id}`);
  const ofMember = report.coverage.filter((line) => line.accountId === memberId);
  expect(ofMember.map((line) => `${line.source} ${line.status}`)).toEqual([
    'cloudtrail notReadable',
    'iam notReadable',
    'ecr notReadable',
  ]);
  expect(report.calls.find((call) => call.operation === 'sts:AssumeRole')).toMatchObject({ attempts: 4, minimum: 3 });
});

describe('what is refused', () => {
  test.each([
    ['--include-ou alone', ['--include-ou', 'ou-ab12-11111111'], 'expected `--organization` or `--accounts` beside it'],
    ['--role-name alone', ['--role-name', 'auditor'], 'expected `--organization` or `--accounts` beside it'],
    ['tags without Organizations', ['--accounts', '111122223333', '--include-tag', 'a=b'], 'without `--organization`'],
    [
      'a management role without Organizations',
      ['--accounts', '111122223333', '--management-role-arn', 'arn:aws:iam::111122223333:role/a'],
      'without `--organization`',
    ],
    ['an account id that is none', ['--accounts', '12'], 'expected account ids of twelve digits'],
    ['a unit that is none', ['--organization', '--include-ou', 'unit'], 'expected ids of units'],
    ['a tag without value', ['--organization', '--include-tag', 'production'], 'expected a tag and its value'],
    [
      'a unit that is not there',
      ['--organization', '--exclude-ou', 'ou-zzzz-99999999'],
      'there is no such account, unit or root',
    ],
    ['a role name that is none', ['--organization', '--role-name', 'a b'], 'the name of the auditor role'],
  ])('%s', async (_title, words, expected) => {
    const out = target();
    const result = await run(await openFake(), ['collect', '--regions', 'eu-west-1', '--out', out, ...words]);
    expectExit(result, 2);
    expect(result.stderr).toContain(expected);
    expect(existsSync(out)).toBe(false);
  });

  test('a member account that may not list the organization is told who may', async () => {
    const fake = await openFake();
    const result = await runCommand(['collect', '--organization', '--regions', 'eu-west-1', '--out', target()], {
      env: { ...fake.environment(memberId) },
    });
    expectExit(result, 2);
    expect(result.stderr).toContain('only the management account and delegated administrators may ask');
    expect(result.stderr).toContain('--accounts');
  });
});
