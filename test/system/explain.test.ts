import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { explanationSchema } from '../explain/explanation-schema.ts';
import { expectExit, runCommand } from './harness/run-command.ts';
import { accountId, damagedFixture } from './harness/snapshots.ts';

const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization/2026-11-16');
const scorer = 'arn:aws:iam::444455556666:role/teams/payments/fraud-scorer';
const model = 'arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model';
const pull = ['--principal', scorer, '--action', 'pull', '--resource', model];

async function explain(...words: readonly string[]): Promise<string> {
  const result = await runCommand(['explain', '--snapshot', sample, ...words]);
  expectExit(result, 0);
  return result.stdout;
}

describe('an answer that depends on the request', () => {
  test('says on which key, how to state it, and is decided by asking again', async () => {
    const open = await explain(...pull);
    expect(open).toMatch(/^IT DEPENDS on the request: role\/teams\/payments\/fraud-scorer may or may not pull from/);
    expect(open).toContain('  condition   if aws:SourceVpce is vpce-0c1d2e3f4a5b6c7d8\n');
    expect(open).toContain('ask again and state aws:SourceVpce (--context KEY=VALUE, or --absent KEY where');
    const through = await explain(...pull, '--context', 'aws:SourceVpce=vpce-0c1d2e3f4a5b6c7d8');
    expect(through).toMatch(/^ALLOWED: /);
    expect(through).toContain('  - aws:SourceVpce is "vpce-0c1d2e3f4a5b6c7d8"\n');
    const around = await explain(...pull, '--absent', 'aws:SourceVpce');
    expect(around).toMatch(/^DENIED because an Allow is missing: /);
    expect(around).toContain('"ThroughTheEndpoint" of the repository policy, whose condition is not met');
  });

  test('is not decided by a key that is misspelt, and says that nothing asks for it', async () => {
    const misspelt = await explain(...pull, '--absent', 'aws:SourceVcpe');
    expect(misspelt).toMatch(/^IT DEPENDS/);
    expect(misspelt).toContain('aws:SourceVcpe is absent: no statement that was weighed asks for it');
  });
});

test('the JSON has one shape, and nothing in it that a terminal obeys', async () => {
  const name = '\u001B[2Jgone\u009B\u202E';
  const statement = { Sid: name, Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' };
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const directory = damagedFixture({
    [`accounts/${accountId}/eu-west-1/repository-policies.json`]: JSON.stringify([
      { registryId: accountId, repositoryName: 'shop/api', policyText },
    ]),
  });
  const question = ['--principal', `arn:aws:iam::${accountId}:role/builder`, '--action', 'ecr:BatchGetImage'];
  const where = ['--snapshot', directory, '--resource', `arn:aws:ecr:eu-west-1:${accountId}:repository/shop/api`];
  const { stdout } = await runCommand(['explain', ...where, ...question, '--format', 'json']);
  expect(stdout).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
  const { actions } = explanationSchema.parse(JSON.parse(stdout));
  const sids = actions.flatMap(({ gates }) => gates.flatMap(({ statements }) => statements.map(({ sid }) => sid)));
  expect(sids).toContain(name);
});

test.each([
  ['a principal without its path', ['--principal', 'arn:aws:iam::444455556666:role/fraud-scorer'], scorer],
  ['the bare name of a repository', ['--resource', 'payments/fraud-modl'], model],
  [
    'a key that is absent and has a value',
    ['--context', 'aws:SourceIp=10.0.0.1', '--absent', 'aws:sourceip'],
    'expected one of the two',
  ],
  ['an absent key with a value', ['--absent', 'aws:SourceIp=10.0.0.1'], 'expected the name of a condition key'],
])('%s is refused, with what was meant', async (_title, words, expected) => {
  const result = await runCommand(['explain', '--snapshot', sample, ...pull, ...words]);
  expect(result.stderr).toContain(expected);
  expect(result.stdout).toBe('');
  expect(result.exitCode).toBe(2);
});
