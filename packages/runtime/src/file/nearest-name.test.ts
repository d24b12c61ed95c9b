import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const names = ['accounts', 'regions', 'roleName', 'url'];

test.each([
  ['acounts', 'accounts'],
  ['acconuts', 'accounts'],
  ['rolename', 'roleName'],
  ['region', 'regions'],
  ['uri', 'url'],
  ['schedule', null],
  ['x', null],
  ['', null],
  ['a'.repeat(61), null],
])('`%s` was probably meant as %s', (written, expected) => {
  expect(nearestName(written, names)).toBe(expected);
});
