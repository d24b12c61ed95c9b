import { expect, test } from 'vitest';
import { productionTest } from './production.ts';

function isProduction(name: string, { account = 'shared', path = '', patterns = [] as string[] } = {}): boolean {
  const repository = { arn: '', accountId: '111122223333', region: 'eu-west-1', name };
  return productionTest([{ id: '111122223333', name: account, path }], patterns)(repository);
}

test.each([
  ['prod/api', true],
  ['team/prod-api', true],
  ['api-production', true],
  ['live/web', true],
  ['preprod/api', false],
  ['pre-prod/api', false],
  ['non-production/api', false],
  ['nonprod', false],
  ['product/api', false],
  ['team/api', false],
])('without patterns, %s is production: %s', (name, expected) => {
  expect(isProduction(name)).toBe(expected);
});

test('the name of the account or of a unit above it makes all its repositories production', () => {
  expect(isProduction('team/api', { account: 'acme-prod' })).toBe(true);
  expect(isProduction('team/api', { path: 'Root/Production/Web' })).toBe(true);
});

test('a pattern takes the place of the words, and stars are its only wildcards', () => {
  expect(isProduction('prod/api', { patterns: ['*-live'] })).toBe(false);
  expect(isProduction('Team-Live', { patterns: ['*-live'] })).toBe(true);
  expect(isProduction('teamXlive', { patterns: ['team.live'] })).toBe(false);
  expect(isProduction('x', { patterns: ['111122223333'] })).toBe(true);
});

test('a hostile pattern costs no more than its length times that of the name', () => {
  expect(isProduction('a'.repeat(256), { patterns: [`${'*a'.repeat(120)}b`] })).toBe(false);
});
