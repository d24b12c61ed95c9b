import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { storeErrorCodes } from './errors.ts';

test('the README lists every error code with its sentence', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8');
  const listed = [...readme.matchAll(/^- `(\w+)`: (.+)$/gm)].map(([, code, sentence]) => [code, sentence]);
  expect(Object.fromEntries(listed)).toEqual(storeErrorCodes);
});
