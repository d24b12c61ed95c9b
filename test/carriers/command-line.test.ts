import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ECR_ACTIONS } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { expectExit, runCommand, startCommand } from '../system/harness/run-command.ts';
import { temporaryDirectory } from '../system/harness/temporary-directory.ts';

const file = path.join(import.meta.dirname, 'sample-policies.ndjson');
const sample = path.join(import.meta.dirname, '../../services/cli/sample-organization/2026-11-16');

const say = z.strictObject({
  actions: z.array(z.string()),
  resources: z.array(z.string()),
  explicit: z.boolean(),
  conditional: z.boolean(),
});
const lineSchema = z.strictObject({
  arn: z.string(),
  name: z.string(),
  version: z.string().nullable(),
  allows: z.array(say),
  denies: z.array(say),
  principals: z.int().nullable(),
});
type Line = z.output<typeof lineSchema>;

async function list(...words: readonly string[]): Promise<Line[]> {
  const result = await runCommand(['policies', '--format', 'ndjson', ...words]);
  expectExit(result, 0);
  const lines = result.stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => lineSchema.parse(JSON.parse(line)));
}

const brief = (each: Line['allows'][number]): string =>
  `${each.actions.length} on ${each.resources.join(' ')}${each.explicit ? ', explicit' : ''}${each.conditional ? ', if' : ''}`;

function policy(arn: string, document: unknown = { Statement: [] }): string {
  return JSON.stringify({ Arn: arn, PolicyName: 'b', Document: document });
}

describe('a list of policies without a snapshot', () => {
  test('names those that say something of ECR, in the order of the file, with every action', async () => {
    const all = ECR_ACTIONS.length;
    const listed = await list('--policies', file);
    expect(listed.map(({ name, allows, denies }) => [name, allows.map(brief), denies.map(brief)])).toEqual([
      ['Everything', [`${all} on *`], []],
      ['EverythingButIdentity', [`${all} on *`], []],
      ['Quarantine', [], ['1 on *, explicit']],
      ['LookAround', ['11 on *, explicit'], []],
      ['TrainModels', ['1 on *, explicit', '2 on arn:aws:ecr:*:*:repository/*model*, explicit'], []],
      ['Platform', [`${all} on *, explicit, if`], []],
      ['ServiceAlone', [], [`${all} on *`]],
      ['Tagged', [], [`${all} on *, if`]],
      ['Old', ['5 on *, explicit'], []],
      ['Nested', ['2 on arn:aws:ecr:*:*:repository/a, explicit'], []],
    ]);
    expect(listed.every(({ principals }) => principals === null)).toBe(true);
    expect(listed[2]).toMatchObject({ version: 'v3', denies: [{ actions: ['ecr:GetAuthorizationToken'] }] });
  });

  test('with --all names all of them', async () => {
    expect(await list('--policies', file, '--all')).toHaveLength(12);
  });

  test.each([
    ['{"Arn": "a"', /wrong\.ndjson:2`: expected one JSON object a line/],
    ['{"Arn": "a", "PolicyName": "b"}', /:2`: `Document`: expected a policy document/],
  ])('a line %s is refused with its number', async (line, expected) => {
    const wrong = path.join(temporaryDirectory('policies'), 'wrong.ndjson');
    writeFileSync(wrong, `\n${line}\n`);
    const result = await runCommand(['policies', '--policies', wrong]);
    expectExit(result, 2);
    expect(result.stderr).toMatch(expected);
  });

  test('is refused as a whole before anything is listed', async () => {
    const wrong = path.join(temporaryDirectory('policies'), 'wrong.ndjson');
    writeFileSync(wrong, `${policy('a')}\n${policy('a')}\n`);
    const result = await runCommand(['policies', '--policies', wrong, '--format', 'ndjson', '--all']);
    expectExit(result, 2);
    expect(result.stderr).toContain('wrong.ndjson:2`: `a` is on line 1 already');
    expect(result.stdout).toBe('');
  });

  test('a document that is ten thousand deep is listed as one that cannot be read', async () => {
    const deep = path.join(temporaryDirectory('policies'), 'deep.ndjson');
    const nested = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    writeFileSync(
      deep,
      `{"Arn":"a","PolicyName":"b","Document":{"Statement":[{"Effect":"Allow","Action":${nested}}]}}\n`,
    );
    const result = await runCommand(['policies', '--policies', deep, '--format', 'ndjson']);
    expectExit(result, 0);
    expect(result.stderr).toContain('could not be read in full');
  });

  test('a reader that wants the first line alone gets it, and the command ends quietly', async () => {
    const long = path.join(temporaryDirectory('policies'), 'long.ndjson');
    const document = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
    writeFileSync(long, Array.from({ length: 3_000 }, (_, index) => `${policy(`a${index}`, document)}\n`).join(''));
    const running = startCommand(['policies', '--policies', long, '--format', 'ndjson']);
    running.process.stdout?.once('data', () => running.process.stdout?.destroy());
    const result = await running.result;
    expectExit(result, 0);
    expect(result.stdout).toMatch(/^{"arn":"a0"/);
    expect(result.stderr).toBe('');
  });

  test('a document that cannot be read is listed, and said so beside the list', async () => {
    const broken = path.join(temporaryDirectory('policies'), 'broken.ndjson');
    writeFileSync(
      broken,
      '{"Arn": "arn:aws:iam::aws:policy/B", "PolicyName": "B", "Document": {"Statement": [{"Effect": 1}]}}\n',
    );
    const result = await runCommand(['policies', '--policies', broken, '--format', 'ndjson']);
    expectExit(result, 0);
    expect(result.stdout).toContain('"name":"B"');
    expect(result.stderr).toContain('could not be read in full');
  });
});

test('policies of a snapshot are ranked by whom they would free, and counted', async () => {
  const listed = await list('--snapshot', sample);
  expect(listed[0]).toMatchObject({ name: 'AdministratorAccess', principals: 14 });
  expect(listed.some(({ arn, principals }) => arn.includes('333344445555') && (principals ?? 0) > 0)).toBe(true);
  const table = await runCommand(['policies', '--snapshot', sample, '--by', 'administer']);
  expectExit(table, 0);
  expect(table.stdout).toMatch(/POLICY +HELD BY +FREES +OF PUSH +OF ADMINISTER/);
});
