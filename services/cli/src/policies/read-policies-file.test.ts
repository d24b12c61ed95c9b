import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readPoliciesFile } from './read-policies-file.ts';

function fileOf(content: string | Buffer): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'ecr-audit-policies-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'policies.ndjson');
  writeFileSync(file, content);
  return file;
}

function line(arn: string, document: unknown = { Statement: [] }): string {
  return JSON.stringify({ Arn: arn, PolicyName: 'b', DefaultVersionId: 'v1', Document: document });
}

test('one policy a line, in the order of the file; empty lines are left out', async () => {
  const read = await readPoliciesFile(fileOf(`${line('z')}\r\n\n${line('a', '{}')}`));
  expect(read).toEqual([
    { arn: 'z', name: 'b', version: 'v1', document: { Statement: [] } },
    { arn: 'a', name: 'b', version: 'v1', document: '{}' },
  ]);
});

test.each([
  ['an ARN that is there already', `${line('a')}\n${line('a')}\n`, /:2`: `a` is on line 1 already/],
  ['a line without an end', line('a', 'x'.repeat(3_000_000)), /:1`: expected a line of at most 1000000 bytes/],
  ['half a line', `${line('a')}\n{"Arn": "b"`, /:2`: expected one JSON object a line/],
  ['a list', `${line('a')}\n[]\n`, /:2`: /],
  ['an ARN that is none', '{"Arn": "", "PolicyName": "b", "Document": {}}', /:1`: `Arn`: expected the ARN/],
  ['a name that is missing', '{"Arn": "a", "Document": {}}', /:1`: `PolicyName`: expected the name/],
  ['a document that is a list', line('a', []), /:1`: `Document`: expected a policy document/],
  ['what is no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /:1`: expected text in UTF-8/],
])('%s is refused with its line', async (_, content, expected) => {
  await expect(readPoliciesFile(fileOf(content))).rejects.toMatchObject({
    code: 'inputUnreadable',
    message: expect.stringMatching(expected),
  });
});

test('a file that is not there is named', async () => {
  await expect(readPoliciesFile('/nowhere/x.ndjson')).rejects.toMatchObject({
    code: 'inputUnreadable',
    message: expect.stringContaining('`/nowhere/x.ndjson`'),
  });
});
