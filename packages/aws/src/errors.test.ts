import { readFile } from 'node:fs/promises';

import { expect, test } from 'vitest';

import { awsErrorCodes } from './errors.ts';

test('the README lists every error code with its sentence, and no other', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^- `(\w+)`: (.+)$/gm)].map(([, code, sentence]) => [code, sentence]);
  expect(Object.fromEntries(listed)).toEqual(awsErrorCodes);
});
