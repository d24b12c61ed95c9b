import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSecret } from './secret-reference.ts';

function fileWith(text: string): { readonly kind: 'file'; readonly path: string } {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'ecr-audit-secret-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, 'secret');
  writeFileSync(file, text);
  return { kind: 'file', path: file };
}

test('a secret is read from a variable, or from a file without the line end of the editor', async () => {
  expect(await readSecret({ kind: 'environment', variable: 'ID' }, { ID: ' a b\n' })).toBe(' a b\n');
  expect(await readSecret(fileWith('a secret\n'))).toBe('a secret');
  expect(await readSecret(fileWith('a secret\r\n'))).toBe('a secret');
});

test('one that is not there is told by its place', async () => {
  await expect(readSecret({ kind: 'environment', variable: 'ID' }, {})).rejects.toMatchObject({
    code: 'secretUnreadable',
    message: 'cannot read the secret in the environment variable `ID`: it is not set',
  });
  await expect(readSecret({ kind: 'environment', variable: 'ID' }, { ID: '' })).rejects.toThrow('it is empty');
  await expect(readSecret({ kind: 'file', path: '/nowhere/id' })).rejects.toThrow(
    'cannot read the secret in the file `/nowhere/id`: ENOENT',
  );
  await expect(readSecret(fileWith('\n'))).rejects.toThrow('it is empty');
});

test('a file that is no secret is refused by its size, and is not repeated', async () => {
  await expect(readSecret(fileWith('x'.repeat(8193)))).rejects.toThrow(/it is larger than 8192 bytes$/);
  expect(await readSecret(fileWith('x'.repeat(8192)))).toHaveLength(8192);
});
