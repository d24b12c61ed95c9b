import { once } from 'node:events';
import { createServer } from 'node:net';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeAws } from '../fake-aws/start-fake-aws.ts';
import { expectExit, runCommand } from './harness/run-command.ts';
import { accountId, damagedFixture, fixtureDirectory } from './harness/snapshots.ts';

const policiesFile = `accounts/${accountId}/eu-west-1/repository-policies.json`;
const detailsFile = `accounts/${accountId}/account-authorization-details.json`;
const repository = (name: string): string => `arn:aws:ecr:eu-west-1:${accountId}:repository/${name}`;

async function databaseUrl(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(async () => await database.drop());
  return database.url;
}

function policies(statements: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(
    Object.entries(statements).map(([repositoryName, statement]) => ({
      registryId: accountId,
      repositoryName,
      policyText:
        typeof statement === 'string' ? statement : JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    })),
  );
}

const everyone = { Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' };

test('a malformed policy document is listed with its policy, place and expectation, and the scan goes on', async () => {
  const directory = damagedFixture({
    [policiesFile]: policies({
      'base/node': { ...everyone, Effect: 'Alow' },
      'shop/web': { ...everyone, Condition: { StringRoughly: { 'aws:PrincipalOrgID': 'o-1' } } },
      tools: '{"Version":',
    }),
  });
  const result = await runCommand(['scan', '--snapshot', directory, '--database-url', await databaseUrl()]);
  expectExit(result, 0);
  const lines = result.stdout.split('\n');
  const lineAbout = (name: string): string => lines.find((line) => line.startsWith(`  - ${repository(name)} at`)) ?? '';
  expect(lineAbout('base/node')).toMatch(
    /Statement\[0\]\.Effect \(line 1, column \d+\): is `Alow`: expected `Allow` or `Deny`/,
  );
  expect(lineAbout('shop/web')).toMatch(/StringRoughly.*expected one of IAM's condition operators/);
  expect(lineAbout('tools')).toContain('ends too early: expected a JSON value');
  // One bad document taints what rests on it, and never the rest.
  const rest = await runCommand([
    'explain',
    '--snapshot',
    directory,
    '--principal',
    `arn:aws:iam::${accountId}:role/builder`,
    '--action',
    'ecr:PutImage',
    '--resource',
    repository('shop/api'),
    '--format',
    'json',
  ]);
  expect(JSON.parse(rest.stdout)).toMatchObject({
    decision: 'allowed',
    limits: expect.not.arrayContaining([expect.objectContaining({ code: 'documentProblem' })]),
  });
});

function truncatedFixture(): string {
  return damagedFixture({ [detailsFile]: '{"UserDetailList": [{"Path": "/' });
}

describe('a mistake of the user ends with 2 and one sentence that names the place and the remedy:', () => {
  const question = ['--principal', `arn:aws:iam::${accountId}:user/ana`, '--resource', repository('base/node')];
  const explain = ['explain', '--snapshot', fixtureDirectory];
  const cases: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    [
      'truncated JSON',
      () => ['scan', '--snapshot', truncatedFixture()],
      /account-authorization-details\.json` at `line 1, column 32`: expected JSON/,
    ],
    [
      'a directory that is no snapshot',
      () => ['scan', '--snapshot', `${fixtureDirectory}/accounts`],
      /is not a snapshot: expected a file snapshot\.json.*ecr-audit collect --out/,
    ],
    [
      'a directory that does not exist',
      () => ['access', '--snapshot', '/nowhere/at/all'],
      /cannot open snapshot directory `\/nowhere\/at\/all`: it does not exist/,
    ],
    [
      'an unknown action',
      () => [...explain, ...question, '--action', 'ecr:BatchGetImages'],
      /did you mean `ecr:BatchGetImage`/,
    ],
    [
      'a resource that is no repository',
      () => [
        ...explain,
        '--principal',
        `arn:aws:iam::${accountId}:user/ana`,
        '--action',
        'ecr:PutImage',
        '--resource',
        'shop/api',
      ],
      /no repository: expected `\*` or an ARN such as/,
    ],
    [
      'a user that its account does not have',
      () => [
        ...explain,
        '--principal',
        `arn:aws:iam::${accountId}:user/nobody`,
        '--action',
        'ecr:PutImage',
        '--resource',
        repository('base/node'),
      ],
      /nobody/,
    ],
    [
      'a context without a value',
      () => [...explain, ...question, '--action', 'ecr:PutImage', '--context', 'aws:SourceIp'],
      /expected KEY=VALUE/,
    ],
    [
      'a format that does not exist',
      () => ['access', '--snapshot', fixtureDirectory, '--format', 'xml'],
      /cannot use `--format`: expected one of `ndjson`, `csv`/,
    ],
    ['an option that does not exist', () => ['scan', '--region', 'eu-west-1'], /unknown option '--region'/],
    [
      'a region that is no region',
      () => ['collect', '--out', '/nowhere', '--regions', 'Ireland'],
      /`Ireland` is no region name/,
    ],
    [
      'two sources at once',
      () => ['scan', '--snapshot', fixtureDirectory, '--regions', 'eu-west-1'],
      /expected one source/,
    ],
    [
      'a file of requests that does not exist',
      () => [...explain, '--requests', '/nowhere.ndjson'],
      /cannot read `\/nowhere\.ndjson`: it does not exist/,
    ],
    [
      'a port that is none',
      () => ['demo', '--once', '--port', '70000'],
      /cannot use `--port`: expected a whole number from 0 to 65535/,
    ],
  ];
  test.each(cases)('%s', async (_title, words, message) => {
    const result = await runCommand(words());
    expect(result.stderr).toMatch(message);
    expect(result.stderr).not.toMatch(/^\s+at /m);
    expect(result.stdout).toBe('');
    expect(result.exitCode).toBe(2);
  });
});

test('a missing region folder makes answers about its registry unknown, and says what was not read', async () => {
  const directory = damagedFixture({ [`accounts/${accountId}/eu-west-1`]: null });
  const question = ['--principal', `arn:aws:iam::${accountId}:role/builder`, '--action', 'ecr:PutImage'];
  const result = await runCommand([
    'explain',
    '--snapshot',
    directory,
    ...question,
    '--resource',
    repository('base/node'),
  ]);
  expect(result.exitCode).toBe(0);
  expect(result.stdout).toMatch(/^UNKNOWN/);
  expect(result.stdout).toContain('the repository policy could not be read (repositoryPolicyUnread)');
});

test('an unknown account id is answered as unknown, with the limit that names the reason', async () => {
  const question = ['--principal', `arn:aws:iam::${accountId}:role/builder`, '--action', 'ecr:PutImage'];
  const resource = 'arn:aws:ecr:eu-west-1:999900001111:repository/app';
  const result = await runCommand(['explain', '--snapshot', fixtureDirectory, ...question, '--resource', resource]);
  expect(result.exitCode).toBe(0);
  expect(result.stdout).toContain("the registry's account is not in the snapshot");
});

test('a target that the database does not have is refused with those that it has', async () => {
  const url = await databaseUrl();
  const empty = await runCommand(['access', '--database-url', url]);
  expect(empty).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('run `ecr-audit scan` first') });
  await runCommand(['scan', '--snapshot', fixtureDirectory, '--database-url', url]);
  const wrong = await runCommand(['access', '--database-url', url, '--target', 'account:999900001111']);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain(
    'no completed scan of `account:999900001111`: expected one of `accounts:111122223333,444455556666`',
  );
});

test('a database that does not answer ends with 4, names the address and never the password', async () => {
  const url = 'postgres://auditor:secret-word@127.0.0.1:1/audit';
  const result = await runCommand(['scan', '--snapshot', fixtureDirectory, '--database-url', url]);
  expect(result.exitCode).toBe(4);
  expect(result.stderr).toMatch(/cannot reach the database at `127\.0\.0\.1:1` \(ECONNREFUSED\): start the server/);
  expect(result.stderr).not.toContain('secret-word');
});

test('a database URL that is none ends with 2 and says how one is written', async () => {
  const result = await runCommand(['scan', '--snapshot', fixtureDirectory, '--database-url', 'audit']);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain('expected `postgres://USER:PASSWORD@HOST:PORT/DATABASE`');
});

test('a port in use ends with 2, names the port and how to choose another', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const result = await runCommand(['serve', '--port', port, '--database-url', await databaseUrl()]);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toMatch(new RegExp(`port \`${port}\`.*is in use.*--port`));
});

describe('AWS', () => {
  test('expired credentials end with 4 and say so, and no scan is recorded', async () => {
    const fake = await startFakeAws({
      snapshotDir: fixtureDirectory,
      faults: [{ kind: 'expireToken', operation: '*' }],
    });
    onTestFinished(async () => await fake.close());
    const url = await databaseUrl();
    const result = await runCommand(['scan', '--database-url', url], { env: { ...fake.environment() } });
    expect(result.exitCode).toBe(4);
    expect(result.stderr).toMatch(/expired/);
    expect((await runCommand(['access', '--database-url', url])).stderr).toContain('no completed scan');
  });

  test('no credentials at all end with 4', async () => {
    const result = await runCommand(['collect', '--out', '/nowhere/snapshot', '--regions', 'eu-west-1']);
    expect(result.exitCode).toBe(4);
    expect(result.stderr).toMatch(/credentials/);
  });

  test('an endpoint that does not answer ends with 4', async () => {
    const env = {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'AKIA111122223333FAKE',
      AWS_SECRET_ACCESS_KEY: 'k',
    };
    const result = await runCommand(['collect', '--out', '/nowhere/snapshot', '--regions', 'eu-west-1'], { env });
    expect(result.exitCode).toBe(4);
    expect(result.stderr).toContain('127.0.0.1:1');
  });
});
