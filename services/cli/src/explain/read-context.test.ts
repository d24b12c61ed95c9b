import { expect, test } from 'vitest';
import { readContext } from './read-context.ts';

test('a value may hold the sign, be empty, and a key given again has several values', () => {
  const pairs = ['aws:RequestTag/a=b=c', 'aws:SourceVpce=', 'aws:TagKeys=x', 'aws:TagKeys=y'];
  expect(readContext(pairs)).toEqual({ 'aws:RequestTag/a': 'b=c', 'aws:SourceVpce': '', 'aws:TagKeys': ['x', 'y'] });
});

test.each(['aws:SourceIp', '=10.0.0.1', ''])('`%s` is refused', (pair) => {
  expect(() => readContext([pair])).toThrow('expected KEY=VALUE');
});
