import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type FakeAws, type FakeAwsSettings, startFakeAws } from '../fake-aws/start-fake-aws.ts';
import { type CommandResult, expectExit, runCommand } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';
import { accountId, arnOf, policiesAtAws } from './policies-at-aws.ts';

const allow = (action: string): object => ({ Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const parts = policiesAtAws({
  A: { version: 'v1', document: allow('ecr:ListImages') },
  B: { version: 'v7', document: allow('ecr:*') },
  C: { version: 'v2', document: allow('s3:*') },
});
const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization/2026-11-16');

async function openFake(settings: FakeAwsSettings = {}): Promise<FakeAws> {
  const fake = await startFakeAws({ parts, accountId, ...settings });
  onTestFinished(async () => await fake.close());
  return fake;
}

async function live(
  fake: FakeAws,
  words: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  return await runCommand(['policies', '--live', ...words], { env: { ...fake.environment(accountId), ...env } });
}

test('the policies of AWS are listed as those of a file are, and kept in the cache of the user', async () => {
  const fake = await openFake();
  const home = temporaryDirectory('home');
  const first = await live(fake, ['--format', 'ndjson'], { XDG_CACHE_HOME: home });
  expectExit(first, 0);
  const lines = first.stdout.trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { arn: arnOf('A'), name: 'A', version: 'v1', allows: [{ actions: ['ecr:ListImages'] }], principals: null },
    { arn: arnOf('B'), name: 'B', version: 'v7', denies: [], principals: null },
  ]);
  expect(readdirSync(path.join(home, 'ecr-audit/managed-policies'))).toHaveLength(3);
  const second = await live(fake, ['--format', 'ndjson'], { XDG_CACHE_HOME: home });
  expect(second.stdout).toBe(first.stdout);
  expect(second.stderr).toContain('3 policies of AWS: 3 kept from earlier, 0 read');
  expect(fake.callCounts()).toMatchObject({ 'iam:ListPolicies': 2, 'iam:GetPolicyVersion': 3 });
});

test('beside a snapshot, those who hold them are counted', async () => {
  const held = policiesAtAws({ AdministratorAccess: { version: 'v1', document: allow('*') } });
  const fake = await startFakeAws({ parts: held, accountId });
  onTestFinished(async () => await fake.close());
  const cache = temporaryDirectory('cache');
  const result = await live(fake, ['--cache', cache, '--snapshot', sample, '--format', 'ndjson']);
  expectExit(result, 0);
  expect(JSON.parse(result.stdout)).toMatchObject({ name: 'AdministratorAccess', principals: 14 });
});

test('a policy that cannot be read is in no line, and named in every form', async () => {
  const fake = await openFake({ faults: [{ kind: 'deny', operation: 'iam:GetPolicyVersion', resource: arnOf('B') }] });
  const cache = ['--cache', temporaryDirectory('cache')];
  const named = /1 policy could not be read, and may say anything/;
  const ndjson = await live(fake, [...cache, '--format', 'ndjson']);
  expectExit(ndjson, 0);
  expect(ndjson.stdout).not.toContain(arnOf('B'));
  expect(ndjson.stderr).toMatch(named);
  expect(ndjson.stderr).toContain(`cannot read iam:GetPolicyVersion of \`${arnOf('B')}\`: access denied`);
  const table = await live(fake, cache);
  expect(table.stdout).toMatch(named);
  expect(table.stdout).toContain(arnOf('B'));
  const json = await live(fake, [...cache, '--format', 'json']);
  expect(JSON.parse(json.stdout)).toContainEqual(
    expect.objectContaining({ arn: arnOf('B'), allows: null, denies: null, isWhole: false }),
  );
  expectExit(await live(fake, [...cache, '--format', 'csv', '--fail-on-gaps']), 3);
});

test('a list that AWS refuses ends the command with a sentence', async () => {
  const fake = await openFake({ faults: [{ kind: 'deny', operation: 'iam:ListPolicies' }] });
  const result = await live(fake, ['--cache', temporaryDirectory('cache'), '--format', 'ndjson']);
  expectExit(result, 4);
  expect(result.stdout).toBe('');
  expect(result.stderr).toContain('cannot read iam:ListPolicies: access denied');
});
