import { expect, test } from 'vitest';
import { watchContext } from './stated-context.ts';

test('a stated key counts as asked for once its value is, and one that is not stated never', () => {
  const { given, asked } = watchContext(
    new Map([
      ['aws:sourcevpce', null],
      ['aws:sourceip', ['10.0.0.1']],
    ]),
  );
  expect(given.has('aws:sourceip')).toBe(true);
  expect(given.get('aws:sourcevpce')).toBeNull();
  expect(given.get('aws:sourcevpc')).toBeUndefined();
  expect([...asked]).toEqual(['aws:sourcevpce']);
});
