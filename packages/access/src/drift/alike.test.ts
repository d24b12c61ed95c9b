import { expect, test } from 'vitest';
import { isAlike } from './alike.ts';

test.each<[string, unknown, unknown]>([
  ['lists and objects of the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
  ['keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['nothing', undefined, undefined],
])('alike: %s', (_, a, b) => {
  expect(isAlike(a, b)).toBe(true);
});

test.each<[string, unknown, unknown]>([
  ['another value', { a: 1 }, { a: 2 }],
  ['a key more', { a: 1 }, { a: 1, b: undefined }],
  ['another key without a value', { a: undefined }, { b: undefined }],
  ['another order of a list', [1, 2], [2, 1]],
  ['a longer list', [1], [1, 2]],
  ['a list and an object', [], {}],
  ['nothing and null', undefined, null],
  ['maps, which are no plain data', new Map([[1, 1]]), new Map([[1, 1]])],
  ['what is deeper than any policy', nested(1000), nested(1000)],
])('not alike: %s', (_, a, b) => {
  expect(isAlike(a, b)).toBe(false);
});

function nested(depth: number): unknown {
  return depth === 0 ? 'end' : [nested(depth - 1)];
}
