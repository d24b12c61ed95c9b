import { expect, test } from 'vitest';

import { statementName } from './document.ts';
import { parsePolicyDocument } from './parse-document.ts';

test.each([
  ['its Sid', 'AllowPull', 'AllowPull'],
  ['its place where it has no Sid', undefined, '1'],
  ['its place where its Sid is empty', '', '1'],
])('a statement is named by %s', (_, Sid, name) => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  const parsed = parsePolicyDocument({ Statement: [statement, { Sid, ...statement }] }, 'identity');
  const second = parsed.kind === 'readable' ? parsed.value.statements[1] : undefined;
  expect(second === undefined ? null : statementName(second)).toBe(name);
});
