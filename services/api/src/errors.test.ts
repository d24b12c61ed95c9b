import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { apiErrorCodes } from './errors.ts';

it('the README lists every error code with its status and sentence', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../README.md'), 'utf8');
  const listed = [...readme.matchAll(/^- `(\w+)` \((\d{3}|at the start)\): (.+)$/gm)].map(([, code, status, title]) => [
    code,
    { status: status === 'at the start' ? null : Number(status), title },
  ]);
  expect(Object.fromEntries(listed)).toEqual(apiErrorCodes);
});
