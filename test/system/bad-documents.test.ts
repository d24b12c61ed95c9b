import { createTestDatabase } from '@ecr-audit/store/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { expectExit, runCommand } from './harness/run-command.ts';
import { accountId, damagedFixture } from './harness/snapshots.ts';

const policiesFile = `accounts/${accountId}/eu-west-1/repository-policies.json`;
const repository = (name: string): string => `arn:aws:ecr:eu-west-1:${accountId}:repository/${name}`;

function withPolicies(texts: Readonly<Record<string, string>>): string {
  return damagedFixture({
    [policiesFile]: JSON.stringify(
      Object.entries(texts).map(([repositoryName, policyText]) => ({
        registryId: accountId,
        repositoryName,
        policyText,
      })),
    ),
  });
}

function one(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

const deny = { Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' };

/** In one repository each: what is wrong, the place that is told, and what was expected there. */
const broken: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'base/node',
    one({ ...deny, Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } }),
    'Statement[0].Condition.NotIpAddress.aws:SourceIp',
    /expected an IP address or a CIDR range/,
  ],
  [
    'shop/api',
    '{"Statement": [{"Effect": "Deny", "Effect": "Allow"}]}',
    'document',
    /names the key `Effect` twice: expected each key once/,
  ],
  ['shop/web', one({ ...deny, Principal: { AWS: ['*', 'ci'] } }), 'Statement[0].Principal.AWS', /holds `ci`: expected/],
  [
    'tools',
    one({ ...deny, Action: ['ecr:PutImage', 7] }),
    'Statement[0].Action',
    /holds `7`: expected text or a list of texts/,
  ],
];

function textsOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(broken.filter(([name]) => names.includes(name)).map(([name, text]) => [name, text]));
}

test('every document that cannot be read in full is listed by a scan, with its place and what was expected', async () => {
  const database = await createTestDatabase();
  onTestFinished(async () => await database.drop());
  const directory = withPolicies(textsOf(broken.map(([name]) => name)));
  const result = await runCommand(['scan', '--snapshot', directory, '--database-url', database.url]);
  expectExit(result, 0);
  for (const [name, , place, message] of broken) {
    const line = result.stdout.split('\n').find((each) => each.startsWith(`  - ${repository(name)} at`)) ?? '';
    expect(line).toContain(place);
    expect(line).toMatch(message);
  }
});

async function ask(text: string): Promise<unknown> {
  const directory = withPolicies({ 'shop/api': text });
  const question = ['--principal', `arn:aws:iam::${accountId}:role/builder`, '--action', 'ecr:PutImage'];
  const where = ['--snapshot', directory, '--resource', repository('shop/api'), '--format', 'json'];
  return JSON.parse((await runCommand(['explain', ...question, ...where])).stdout);
}

describe('a statement that cannot be read', () => {
  test.each([
    ['by its condition', one({ ...deny, Condition: { StringRoughly: { 'aws:SourceVpce': 'x' } } })],
    ['by its principal', one({ ...deny, Principal: { AWS: 'ci' } })],
    ['by its action', one({ ...deny, Action: 'PutImage' })],
  ])('may still deny, %s, and the answer carries the limit', async (_title, text) => {
    expect(await ask(text)).toMatchObject({
      decision: 'conditional',
      limits: expect.arrayContaining([expect.objectContaining({ code: 'documentProblem' })]),
    });
  });

  test('never allows: what else allows is what is left', async () => {
    const directory = withPolicies({ 'shop/api': one({ ...deny, Effect: 'Allow', Principal: { AWS: ['*', 'ci'] } }) });
    const question = ['--principal', 'arn:aws:iam::999900001111:role/stranger', '--action', 'ecr:PutImage'];
    const where = ['--snapshot', directory, '--resource', repository('shop/api'), '--format', 'json'];
    const { stdout } = await runCommand(['explain', ...question, ...where]);
    expect(JSON.parse(stdout)).toMatchObject({ decision: expect.stringMatching(/^(unknown|implicitDeny)$/) });
  });
});
