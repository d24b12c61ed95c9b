import { createTestDatabase } from '@ecr-audit/store/testing';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';

import { openFake } from '../fake-aws/testing.ts';
import { redisSource, startRedis } from '../jobs/harness/redis-server.ts';
import { runCommand, type CommandResult } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';

const sampleDirectory = new URL('../../services/cli/sample-organization/2026-11-09', import.meta.url).pathname;
const managementAccount = '111122223333';
/** The sample's own gap: a member that nobody may enter. */
const closedAccount = '777788889999';

const answerSchema = z.object({
  isHealthy: z.boolean(),
  checks: z.array(
    z.object({
      area: z.string(),
      status: z.enum(['ok', 'problem', 'warning', 'notProbed']),
      message: z.string(),
      advice: z.string().nullable(),
      action: z.string().optional(),
      accountId: z.string().optional(),
      regions: z.array(z.string()).optional(),
    }),
  ),
});

interface Examination extends z.infer<typeof answerSchema> {
  readonly result: CommandResult;
}

async function doctor(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Examination> {
  const result = await runCommand(['doctor', '--format', 'json', ...words], { env: environment });
  expect(result.stderr).not.toContain('unexpected error');
  return { ...answerSchema.parse(JSON.parse(result.stdout)), result };
}

function configurationFile(text: string): string {
  const file = path.join(temporaryDirectory('doctor'), 'audit.yaml');
  writeFileSync(file, text);
  return file;
}

function organizationFile(more = ''): string {
  return configurationFile(
    `version: 1\norganization:\n  accounts: discover\n  regions: [eu-west-1]\nselection:\n  exclude: { accounts: ["${closedAccount}"] }\n${more}`,
  );
}

function problemsOf({ checks }: Examination): readonly string[] {
  return checks.filter(({ status }) => status === 'problem').map(({ message }) => message);
}

async function fakeOrganization(): ReturnType<typeof openFake> {
  return await openFake({ snapshotDir: sampleDirectory, callerAccountId: managementAccount });
}

describe('ecr-audit doctor', () => {
  test('finds no problem where nothing is missing, and says what was not probed', async () => {
    const fake = await fakeOrganization();
    const found = await doctor(['--config', organizationFile()], fake.environment(managementAccount));
    expect(problemsOf(found)).toEqual([]);
    expect(found.result.exitCode).toBe(0);
    expect(found.isHealthy).toBe(true);
    const messages = found.checks.map(({ message }) => message);
    expect(messages).toContain('o-lk7parcel42: 7 accounts, 6 of them selected');
    // The accounts without an OIDC provider.
    expect(found.checks.filter(({ action }) => action === 'iam:GetOpenIDConnectProvider')).toEqual(
      ['222233334444', '444455556666', '666677778888'].map((accountId) =>
        expect.objectContaining({ status: 'notProbed', accountId }),
      ),
    );
  });

  test('names the action, the account and the region that lack a right, and the template that has it', async () => {
    const fake = await fakeOrganization();
    fake.setFaults([
      { kind: 'deny', operation: 'ecr:GetRegistryPolicy', accountId: '333344445555', region: 'eu-west-1' },
      { kind: 'deny', operation: 'organizations:ListPolicies' },
    ]);
    const found = await doctor(['--config', organizationFile()], fake.environment(managementAccount));
    expect(found.result.exitCode).toBe(1);
    expect(found.isHealthy).toBe(false);
    expect(problemsOf(found)).toEqual([
      `missing \`organizations:ListPolicies\` in account ${managementAccount}`,
      'missing `ecr:GetRegistryPolicy` in account 333344445555, region eu-west-1',
    ]);
    const advices = found.checks.filter(({ status }) => status === 'problem').map(({ advice }) => advice);
    expect(advices[0]).toContain('infra/cloudformation/management-role.yaml');
    expect(advices[1]).toContain('infra/cloudformation/auditor-role.yaml');
  });

  test('a member whose role is refused is a problem of that account only', async () => {
    const fake = await fakeOrganization();
    fake.setRolesMissing(['333344445555']);
    const found = await doctor(['--config', organizationFile()], fake.environment(managementAccount));
    expect(problemsOf(found)).toEqual([expect.stringMatching(/^account 333344445555 cannot be entered: /)]);
    expect(found.checks.find(({ status }) => status === 'problem')?.advice).toContain('auditor-role-stackset.yaml');
  });

  test('probes only the accounts and regions that are asked for', async () => {
    const fake = await fakeOrganization();
    const words = ['--account', '333344445555', '--regions', 'eu-west-1,us-east-1'];
    const found = await doctor(words, fake.environment(managementAccount));
    expect(problemsOf(found)).toEqual([]);
    const registries = fake.calls().filter(({ service }) => service === 'ecr');
    expect(new Set(registries.map(({ account, region }) => `${account} ${region}`))).toEqual(
      new Set(['333344445555 eu-west-1', '333344445555 us-east-1']),
    );
  });

  test('a right that only tags or all regions need is a warning where neither is asked for', async () => {
    const fake = await fakeOrganization();
    fake.setFaults([
      { kind: 'deny', operation: 'account:ListRegions' },
      { kind: 'deny', operation: 'organizations:ListTagsForResource' },
    ]);
    const plain = await doctor(['--config', organizationFile()], fake.environment(managementAccount));
    expect(problemsOf(plain)).toEqual([]);
    expect(new Set(plain.checks.filter(({ status }) => status === 'warning').map(({ action }) => action))).toEqual(
      new Set(['account:ListRegions', 'organizations:ListTagsForResource']),
    );
    const tagged = organizationFile('  include: { tags: { team: registry } }\n');
    const asked = await doctor(['--config', tagged], fake.environment(managementAccount));
    expect(problemsOf(asked)).toContainEqual(expect.stringContaining('missing `organizations:ListTagsForResource`'));
  });

  test.each([
    ['no credentials', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_REGION: 'eu-west-1' }, 'no AWS credentials found'],
    [
      'an endpoint that does not answer',
      {
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'AKIA111122223333FAKE',
        AWS_SECRET_ACCESS_KEY: 'fake-secret-key',
      },
      'cannot reach AWS at `http://127.0.0.1:9`',
    ],
  ])('tells what is wrong before anything can be asked: %s', async (_, environment, expected) => {
    const found = await doctor([], environment);
    expect(found.result.exitCode).toBe(1);
    expect(problemsOf(found)).toEqual([expect.stringContaining(expected)]);
    expect(found.result.stdout).not.toContain('fake-secret-key');
  });

  test('a wrong configuration is told with its lines, and nothing else is asked', async () => {
    const file = configurationFile(
      'version: 1\norganization:\n  acounts: own\n  regions: all\nschedules: { access: 90d }\n',
    );
    const found = await doctor(['--config', file]);
    expect(found.result.exitCode).toBe(1);
    expect(found.checks.map(({ area }) => area)).toEqual(['configuration', 'configuration']);
    expect(problemsOf(found)[1]).toBe('audit.yaml:3: `organization.acounts` is unknown; did you mean `accounts`?');
    const meaningless = configurationFile(
      'version: 1\norganization: { accounts: own, regions: all }\nschedules: { access: 90d }',
    );
    expect(problemsOf(await doctor(['--config', meaningless]))).toEqual([
      '`schedules.access`: cannot read the schedule `90d`: expected an interval between `1m` and `31d`',
    ]);
  });

  test('the text tells what to do, and no secret', async () => {
    const fake = await fakeOrganization();
    fake.setFaults([{ kind: 'deny', operation: 'iam:ListSAMLProviders' }]);
    const environment = {
      ...fake.environment(managementAccount),
      ECR_AUDIT_EXTERNAL_ID: 'an-external-id-that-is-secret',
      DATABASE_URL: 'postgres://audit:secret-password@127.0.0.1:9/audit',
      REDIS_URL: 'redis://:secret-password@127.0.0.1:9',
    };
    const result = await runCommand(['doctor'], { env: environment });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain(`PROBLEM     missing \`iam:ListSAMLProviders\` in account ${managementAccount}`);
    expect(result.stdout).toMatch(/What to do\n {2}1\. add `iam:ListSAMLProviders` to the role/);
    expect(result.stdout).toMatch(/cannot reach the database at `[^`]*127\.0\.0\.1:9[^`]*` \(ECONNREFUSED\)/);
    expect(result.stdout).toContain('cannot open the job queues in Redis');
    expect(result.stdout + result.stderr).not.toMatch(/secret-password|external-id-that/);
  });
});

describe('the database', () => {
  test('that is migrated is well, and one that is not is a warning', async () => {
    const migrated = await createTestDatabase();
    onTestFinished(async () => await migrated.drop());
    const well = await doctor(['--no-aws'], { DATABASE_URL: migrated.url });
    expect(well.result.exitCode).toBe(0);
    expect(well.checks.filter(({ area }) => area === 'database').map(({ status }) => status)).toEqual([
      'ok',
      'ok',
      'ok',
    ]);

    const empty = await createTestDatabase({ isMigrated: false });
    onTestFinished(async () => await empty.drop());
    const fresh = await doctor(['--no-aws'], { DATABASE_URL: empty.url });
    expect(fresh.result.exitCode).toBe(0);
    expect(fresh.checks).toContainEqual(expect.objectContaining({ area: 'database', status: 'warning' }));
    const [row] = await empty.store.sql<{ exists: boolean }[]>`select to_regnamespace('audit') is not null as exists`;
    expect(row).toEqual({ exists: false });
  });

  test('of a newer version, or one that cannot be written, is a problem', async () => {
    const database = await createTestDatabase();
    onTestFinished(async () => await database.drop());
    await database.store.sql`insert into audit.migration (name, checksum) values ('9999_future', 'x')`;
    const newer = await doctor(['--no-aws'], { DATABASE_URL: database.url });
    expect(problemsOf(newer)).toEqual(['the database has migrations of a newer version: 9999_future']);
    const readOnly = new URL(database.url);
    readOnly.searchParams.set('options', '-c default_transaction_read_only=on');
    const replica = await doctor(['--no-aws'], { DATABASE_URL: readOnly.href });
    expect(problemsOf(replica)).toContain('the server cannot be written: it is a replica, or read only');
  });
});

// A server that is not ours is not told to forget.
describe.skipIf(redisSource() !== 'binary')('Redis', () => {
  test('that keeps its jobs is well; one that throws them away is a problem', async () => {
    const server = await startRedis();
    onTestFinished(async () => await server.stop());
    const well = await doctor(['--no-aws'], { REDIS_URL: server.url });
    expect(well.result.exitCode).toBe(0);
    expect(well.checks.filter(({ area }) => area === 'queues').map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Redis \d+\.\d+\.\d+ answers$/),
      'its maxmemory-policy is `noeviction`',
    ]);
    await tell(server.url, 'CONFIG SET maxmemory-policy allkeys-lru');
    const forgetful = await doctor(['--no-aws'], { REDIS_URL: server.url });
    await tell(server.url, 'CONFIG SET maxmemory-policy noeviction');
    expect(forgetful.result.exitCode).toBe(1);
    expect(problemsOf(forgetful)).toEqual([expect.stringContaining('`allkeys-lru`')]);
  });
});

async function tell(url: string, command: string): Promise<void> {
  const connection = connect(url.slice('unix://'.length));
  connection.write(`${command}\r\n`);
  const [answer] = await once(connection, 'data');
  connection.destroy();
  expect(String(answer)).toBe('+OK\r\n');
}
