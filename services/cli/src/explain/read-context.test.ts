import { expect, test } from 'vitest';
import { readContext } from './read-context.ts';

test('a value may hold the sign, be empty, and a key given again has several values', () => {
  const pairs = ['aws:RequestTag/a=b=c', 'aws:SourceVpce=', 'aws:TagKeys=x', 'aws:TagKeys=y'];
  expect(readContext(pairs)).toEqual({ 'aws:RequestTag/a': 'b=c', 'aws:SourceVpce': '', 'aws:TagKeys': ['x', 'y'] });
});

test('a key that is absent is another thing than one with an empty value', () => {
  expect(readContext(['aws:SourceVpce='], ['aws:MultiFactorAuthPresent'])).toEqual({
    'aws:SourceVpce': '',
    'aws:MultiFactorAuthPresent': null,
  });
});

test('a key given again in other letters is the same key', () => {
  expect(readContext(['aws:TagKeys=x', 'AWS:tagkeys=y'])).toEqual({ 'AWS:tagkeys': ['x', 'y'] });
});

test.each(['aws:SourceIp', '=10.0.0.1', ''])('`%s` is refused', (pair) => {
  expect(() => readContext([pair])).toThrow('expected KEY=VALUE');
});

test.each(['', 'aws:SourceIp=10.0.0.1'])('`%s` is refused as the name of an absent key', (key) => {
  expect(() => readContext([], [key])).toThrow('expected the name of a condition key');
});

test('a key cannot be absent and have a value, whatever its letters', () => {
  expect(() => readContext(['aws:SourceIp=10.0.0.1'], ['AWS:SourceIP'])).toThrow('expected one of the two');
});
