import { expect, test } from 'vitest';

import { describePlace, describeValue, unreadable } from './problem.ts';

test.each<readonly [unknown, string]>([
  ['Alow', '`Alow`'],
  ['', '``'],
  [7, '`7`'],
  [null, '`null`'],
  [{ a: ['b'] }, '`{"a":["b"]}`'],
  [undefined, '`undefined`'],
  ['x'.repeat(60), `\`${'x'.repeat(60)}\``],
  ['x'.repeat(61), `\`${'x'.repeat(60)}...\``],
  [['x'.repeat(57)], `\`["${'x'.repeat(57)}"...\``],
])('a message names the value %j in backticks, up to its sixtieth character', (value, named) => {
  expect(describeValue(value)).toBe(named);
});

test('a problem is told with line and column where its document was a text', () => {
  const problem = { place: 'Statement[1].Effect', message: 'is missing' };
  expect(describePlace(problem)).toBe('Statement[1].Effect');
  expect(describePlace({ ...problem, position: { line: 7, column: 17 } })).toBe(
    'Statement[1].Effect (line 7, column 17)',
  );
  expect(unreadable(problem.place, problem.message)).toEqual({ kind: 'unreadable', problem });
});
