import { expect, it } from 'vitest';
import { isNamedLike } from './name-pattern.ts';

it('matches names letter by letter, with stars for any characters', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['prod/app', 'prod/*', true],
    ['prod/', 'prod/*', true],
    ['Prod/app', 'prod/*', false],
    ['prod/app', 'prod/app', true],
    ['prod/app2', 'prod/app', false],
    ['prod/app', '*', true],
    ['', '*', true],
    ['a', '', false],
    ['abcabc', '*abc', true],
    ['abcab', '*abc', false],
    ['aXbXc', 'a*b*c', true],
    ['ab', 'a*b*b', false],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['a.c', 'a?c', false],
    ['a_c', 'a_c', true],
    ['abc', 'a_c', false],
    ['a**c', 'a**c', true],
  ];
  for (const [name, pattern, expected] of cases) {
    expect([name, pattern, isNamedLike(name, pattern)]).toEqual([name, pattern, expected]);
  }
});

it('takes no longer for a pattern that almost fits in many ways', () => {
  expect(isNamedLike('a'.repeat(256), `${'*a'.repeat(127)}*b`)).toBe(false);
});
