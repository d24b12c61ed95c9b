import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { matchTemplate, matchTemplateWithPrefix, type Tri } from './glob.ts';
import { parseTemplate, type Template } from './template.ts';

const RUNS = { numRuns: 2000, seed: 20261122 };

function template(text: string): Template {
  const parsed = parseTemplate(text, { wildcards: true, variables: true }, 'test');
  if (parsed.kind === 'unreadable') {
    throw new TypeError(parsed.problem.message);
  }
  return parsed.value;
}

/** The plainest matcher there is: it tries every way a `*` can be read. */
function matchesPlainly(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) {
    return text.length === 0;
  }
  if (first === '*') {
    return text.some((_, skipped) => matchesPlainly(rest, text.slice(skipped))) || matchesPlainly(rest, []);
  }
  const [char, ...others] = text;
  return char !== undefined && (first === '?' || first === char) && matchesPlainly(rest, others);
}

const patternText = fc
  .array(fc.constantFrom('a', 'b', '/', ':', '*', '*', '?', '💡'), { maxLength: 8 })
  .map((parts) => parts.join(''));
const plainText = fc.array(fc.constantFrom('a', 'b', '/', ':', '💡'), { maxLength: 8 }).map((parts) => parts.join(''));

describe('matchTemplate', () => {
  test('agrees with trying every reading of every star', () => {
    fc.assert(
      fc.property(patternText, plainText, (pattern, text) => {
        const expected = matchesPlainly(Array.from(pattern), Array.from(text)) ? 'yes' : 'no';
        expect(matchTemplate(template(pattern), text)).toBe(expected);
      }),
      RUNS,
    );
  });

  test('matches whatever a pattern was loosened from', () => {
    fc.assert(
      fc.property(plainText, fc.array(fc.nat(20)), fc.array(fc.nat(20)), (text, stars, marks) => {
        const loosened = Array.from(text).flatMap((char, index) =>
          stars.includes(index) ? ['*'] : marks.includes(index) ? ['?'] : [char],
        );
        expect(matchTemplate(template(loosened.join('')), text)).toBe('yes');
      }),
      RUNS,
    );
  });

  test.each<readonly [string, string, Tri]>([
    ['', '', 'yes'],
    ['', 'a', 'no'],
    ['*', '', 'yes'],
    ['?', '', 'no'],
    ['?', '💡', 'yes'],
    ['??', '💡', 'no'],
    ['a*b', 'ab', 'yes'],
    ['a*b', 'acb/d:b', 'yes'],
    ['A', 'a', 'no'],
    ['team/${aws:username}', 'team/alice', 'maybe'],
    ['team/${aws:username}/x', 'team/alice/y', 'no'],
    ['${*}', '*', 'yes'],
    ['${*}', 'a', 'no'],
    ['${?}', '?', 'yes'],
    ['a.c', 'abc', 'no'],
    ['[ab]', 'a', 'no'],
  ])('`%s` against `%s` is %s', (pattern, text, expected) => {
    expect(matchTemplate(template(pattern), text)).toBe(expected);
  });

  test('ends on patterns that would keep a backtracking matcher busy for ever', () => {
    const repeats = 1000;
    const hostile = template(`${'a*'.repeat(repeats)}b`);
    expect(matchTemplate(hostile, 'a'.repeat(2 * repeats))).toBe('no');
    expect(matchTemplateWithPrefix(hostile, 'a'.repeat(repeats))).toBe('maybe');
    expect(matchTemplate(template('*'.repeat(10_000)), 'x'.repeat(2048))).toBe('yes');
    expect(matchTemplate(template(`${'*?'.repeat(1000)}b`), 'a'.repeat(2000))).toBe('no');
  }, 10_000);
});

// Names that no policy here can spell out, and names that one may.
const unnamed = ['x', 'xyz', 'xxxxxx', 'x/x'];
const anySuffix = [...unnamed, '', 'a', 'b', 'ab', 'a/b', '💡', 'bb:a'];

/** What tells whether a verdict is right: for `maybe`, tails of the pattern as plain text, one of which must match. */
function suffixesToTry(verdict: Tri, pattern: string): readonly string[] {
  switch (verdict) {
    case 'yes':
      return anySuffix;
    case 'no':
      return unnamed;
    case 'maybe': {
      const steps = Array.from(pattern);
      return steps.map((_, index) => steps.slice(index).join('').replaceAll('*', '').replaceAll('?', 'x'));
    }
  }
}

describe('matchTemplateWithPrefix', () => {
  test('agrees with every suffix that could follow', () => {
    fc.assert(
      fc.property(patternText, plainText, (pattern, prefix) => {
        const parsed = template(pattern);
        const verdict = matchTemplateWithPrefix(parsed, prefix);
        const matching = suffixesToTry(verdict, pattern).filter(
          (suffix) => matchTemplate(parsed, `${prefix}${suffix}`) === 'yes',
        );
        expect(matching.length > 0).toBe(verdict !== 'no');
        expect(verdict === 'yes' ? matching : anySuffix).toEqual(anySuffix);
      }),
      RUNS,
    );
  });

  test.each<readonly [string, string, Tri]>([
    ['AROA1:*', 'AROA1:', 'yes'],
    ['AROA1:alice', 'AROA1:', 'no'],
    ['AROA1:', 'AROA1:', 'no'],
    ['AROA2:*', 'AROA1:', 'no'],
    ['*', 'AROA1:', 'yes'],
    ['AROA1*', 'AROA1:', 'yes'],
    ['AROA1:a*', 'AROA1:', 'maybe'],
    ['AROA1:?', 'AROA1:', 'maybe'],
    ['AROA1:${aws:SourceIdentity}', 'AROA1:', 'maybe'],
    ['AROA2:${aws:SourceIdentity}', 'AROA1:', 'no'],
    ['*', '', 'yes'],
    ['A*1:*', 'AROA1:', 'yes'],
    ['*:*', 'AROA1:', 'yes'],
    ['A*:', 'AROA1:', 'maybe'],
  ])('`%s` against `%s` and an unnamed rest is %s', (pattern, prefix, expected) => {
    expect(matchTemplateWithPrefix(template(pattern), prefix)).toBe(expected);
  });
});
