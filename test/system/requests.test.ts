import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { expectExit, runCommand } from './harness/run-command.ts';
import { accountId, fixtureDirectory } from './harness/snapshots.ts';
import { temporaryDirectory } from './harness/temporary-directory.ts';

const explain = ['explain', '--snapshot', fixtureDirectory, '--requests'];
const resource = `arn:aws:ecr:eu-west-1:${accountId}:repository/shop/api`;
const question = (id: string | number): string =>
  JSON.stringify({ id, principal: `arn:aws:iam::${accountId}:role/builder`, action: 'ecr:PutImage', resource });

async function answers(input: string): Promise<readonly unknown[]> {
  const result = await runCommand([...explain, '-'], { input });
  expectExit(result, 0);
  expect(result.stdout === '' || result.stdout.endsWith('\n')).toBe(true);
  return result.stdout
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line));
}

test('one answer a line, in the order of the requests, and a bad line does not stop the rest', async () => {
  const lines = [
    question('first'),
    'not JSON',
    '{"id": "cut", "principal": "arn:aws',
    '',
    '{"id": 7, "principal": "arn:aws:iam::111122223333:user/ana"}',
    '{"id": 8, "action": "ecr:PutImage", "principal": "x", "resource": "*", "surprise": true}',
    '[1]',
    `${question('last')}\r`,
    '',
  ];
  const expected = [
    { id: 'first', decision: 'allowed' },
    { error: expect.stringContaining('not JSON') },
    { id: 'cut', error: expect.stringContaining('not JSON') },
    { error: expect.stringContaining('blank line') },
    { id: 7, error: expect.stringContaining('`action`') },
    { id: 8, error: expect.stringContaining('surprise') },
    { error: expect.any(String) },
    { id: 'last', decision: 'allowed' },
  ];
  expect(await answers(`${lines.join('\n')}\n`)).toMatchObject(expected);
});

test.each([
  ['nothing', ''],
  ['a line feed', '\n'],
])('%s gives no answer', async (_title, input) => {
  expect(await answers(input)).toEqual([]);
});

test('a last line without a line feed and a byte order mark in front are read', async () => {
  expect(await answers(`\uFEFF${question(1)}\n${question(2)}`)).toMatchObject([
    { id: 1, decision: 'allowed' },
    { id: 2, decision: 'allowed' },
  ]);
});

test('a line beyond the bound is refused, and the next one is answered', async () => {
  const input = `{"id": 1, "principal": "${'x'.repeat(1_100_000)}"}\n${question(2)}\n`;
  expect(await answers(input)).toMatchObject([
    { error: expect.stringContaining('line too long') },
    { id: 2, decision: 'allowed' },
  ]);
});

test('thousands of requests from a file keep their order', async () => {
  const file = path.join(temporaryDirectory('requests'), 'requests.ndjson');
  const count = 5_000;
  writeFileSync(file, Array.from({ length: count }, (_, id) => `${question(id)}\n`).join(''));
  const result = await runCommand([...explain, file]);
  const ids = result.stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => z.object({ id: z.number() }).parse(JSON.parse(line)).id);
  expect(ids).toEqual(Array.from({ length: count }, (_, id) => id));
});
