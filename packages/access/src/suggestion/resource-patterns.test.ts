import { expect, test } from 'vitest';
import { literalPattern, resourcePatterns, wholePrefixes } from './resource-patterns.ts';

const base = 'arn:aws:ecr:eu-west-1:111122223333:repository/';

function repositories(...names: readonly string[]) {
  return names.map((name) => ({ arn: `${base}${name}`, accountId: '111122223333', region: 'eu-west-1', name }));
}

test('a prefix stands for its repositories only when every one of them is meant', () => {
  const existing = repositories('team/a', 'team/b', 'team/c', 'other/a', 'other/b', 'other/c');
  const meant = repositories('team/a', 'team/b', 'team/c', 'other/a', 'other/b');
  const patterns = resourcePatterns(meant, wholePrefixes(meant, existing));
  expect(patterns).toEqual([`${base}other/a`, `${base}other/b`, `${base}team/*`]);
});

test('a statement about some of them names each, though all are meant elsewhere', () => {
  const existing = repositories('team/a', 'team/b', 'team/c');
  const prefixes = wholePrefixes(existing, existing);
  expect(resourcePatterns(repositories('team/a', 'team/b'), prefixes)).toEqual([`${base}team/a`, `${base}team/b`]);
});

test('the shortest whole prefix is taken, and two repositories are named', () => {
  const existing = repositories('org/x/a', 'org/x/b', 'org/y/c', 'pair/a', 'pair/b');
  expect(resourcePatterns(existing, wholePrefixes(existing, existing))).toEqual([
    `${base}org/*`,
    `${base}pair/a`,
    `${base}pair/b`,
  ]);
});

test('wildcards and variables in a name are taken literally', () => {
  expect(literalPattern('a*b?c${aws:username}$d')).toBe('a${*}b${?}c${$}{aws:username}$d');
});
