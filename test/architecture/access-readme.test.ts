import { readFileSync } from 'node:fs';

import { ERROR_CODES, LIMITS } from '@ecr-audit/access';
import { expect, test } from 'vitest';

const readme = readFileSync(new URL('../../packages/access/README.md', import.meta.url), 'utf8');

function section(title: string): string {
  return readme.split('\n## ').find((each) => each.startsWith(title)) ?? '';
}

test('the README of access lists every error code with its sentence, and no other', () => {
  const listed = [...section('Error codes').matchAll(/^- `(\w+)`: (.+)$/gm)].map(([, code, sentence]) => [
    code,
    sentence,
  ]);
  expect(Object.fromEntries(listed)).toEqual(ERROR_CODES);
});

test('the README of access lists every limit code once, and no other', () => {
  const listed = [...section('Limit codes').matchAll(/`(\w+)`/g)].map(([, code = '']) => code);
  expect(listed.toSorted()).toEqual(Object.keys(LIMITS).toSorted());
});
