import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseJson } from './parse-json.ts';

const RUNS = { numRuns: 1000, seed: 20261122 };

function readWithEngine(text: string): { readonly value: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return null;
  }
}

/** JSON as another writer might put it: white space wherever it may stand, and characters as escapes. */
function spelled(value: unknown, spell: Spelling): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => spelled(item, spell)).join(',')}${spell.space}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${spelled(key, spell)}:${spelled(item, spell)}${spell.space}`,
    );
    return `${spell.space}{${spell.space}${entries.join(',')}}`;
  }
  const plain = JSON.stringify(value);
  const text =
    typeof value === 'string' && spell.isEscaped
      ? `"${Array.from(value, (char) => (/^[a-z/"\\]$/.test(char) ? escapeOf(char) : JSON.stringify(char).slice(1, -1))).join('')}"`
      : plain;
  return `${spell.space}${text}${spell.space}`;
}

interface Spelling {
  readonly space: string;
  readonly isEscaped: boolean;
}

function escapeOf(char: string): string {
  return char === '/' ? '\\/' : `\\u00${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

const spelling = fc.record({ space: fc.stringMatching(/^[ \t\r\n]{0,3}$/), isEscaped: fc.boolean() });

describe('parseJson reads what JSON.parse reads', () => {
  test('of any JSON value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (json) => {
        expect(parseJson(json)).toEqual({ kind: 'readable', value: readWithEngine(json)?.value });
      }),
      RUNS,
    );
  });

  test('of any JSON value, with other white space and escapes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), spelling, (value, spell) => {
        const text = spelled(value, spell);
        expect(parseJson(text)).toEqual({ kind: 'readable', value: readWithEngine(text)?.value });
      }),
      RUNS,
    );
  });

  test('and refuses what it refuses: a text with one character taken away, added or changed', () => {
    const broken = fc
      .record({
        json: fc.json({ maxDepth: 3 }),
        at: fc.nat(),
        kind: fc.constantFrom('removed' as const, 'added' as const, 'changed' as const),
        char: fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"',
          '\\',
          '0',
          '-',
          'e',
          '.',
          'n',
          ' ',
          '\n',
          '\u0001',
          "'",
        ),
      })
      .map(({ json, at, kind, char }) => {
        const place = at % (json.length + 1);
        return `${json.slice(0, place)}${kind === 'removed' ? '' : char}${json.slice(kind === 'added' ? place : place + 1)}`;
      });
    fc.assert(
      fc.property(broken, (text) => {
        const expected = readWithEngine(text);
        const read = parseJson(text);
        // A change may make two keys equal, which is ours alone to refuse.
        if (read.kind === 'unreadable' && read.problem.message.includes('twice')) {
          return;
        }
        expect(read.kind === 'readable' ? { value: read.value } : null).toEqual(expected);
      }),
      { ...RUNS, numRuns: 3000 },
    );
  });

  test('gives keys such as `__proto__` as keys and nothing else', () => {
    const read = parseJson('{"__proto__": {"Effect": "Allow"}, "constructor": 1}');
    expect(read.kind === 'readable' && Object.getPrototypeOf(read.value)).toBe(Object.prototype);
    expect(read.kind === 'readable' && Object.keys(Object(read.value))).toEqual(['__proto__', 'constructor']);
  });
});

describe('parseJson refuses', () => {
  test.each<readonly [string, string, string, string]>([
    ['nothing', '', 'line 1, column 1', 'ends too early: expected a JSON value'],
    ['white space', ' \n ', 'line 2, column 2', 'ends too early: expected a JSON value'],
    ['a list that ends early', '[1,', 'line 1, column 4', 'ends too early: expected a JSON value'],
    ['a list without a comma', '[1 2]', 'line 1, column 4', 'is malformed: expected `,` or `]`'],
    ['an object that ends early', '{"a": 1', 'line 1, column 8', 'ends too early: expected `,` or `}`'],
    ['a key without quotes', '{\n  a: 1}', 'line 2, column 3', 'is malformed: expected text in double quotes'],
    ['a trailing comma', '{"a": 1,\n}', 'line 2, column 1', 'is malformed: expected text in double quotes'],
    ['a key without a value', '{"a"}', 'line 1, column 5', 'is malformed: expected `:`'],
    ['a word', '{"a": perhaps}', 'line 1, column 7', 'is no JSON value'],
    ['a sign that begins no value', '[@]', 'line 1, column 2', 'is no JSON value'],
    ['a number with a leading zero', '[01]', 'line 1, column 2', 'is no JSON value'],
    ['an open text', '["abc', 'line 1, column 6', 'ends inside a text: expected `"`'],
    ['a line break inside a text', '["a\nb"]', 'line 1, column 2', 'is no JSON value'],
    ['text after the end', '{}\n{}', 'line 2, column 1', 'has text after the end: expected one JSON value'],
    [
      'a key twice',
      '{"Effect": "Deny",\n "Effect": "Allow"}',
      'line 2, column 2',
      'names the key `Effect` twice: expected each key once',
    ],
    [
      'a key twice, spelled in two ways',
      '{"a": [{"Sid": 1, "S\\u0069d": 2}]}',
      'line 1, column 19',
      'names the key `Sid` twice: expected each key once',
    ],
  ])('%s', (_title, text, place, message) => {
    expect(parseJson(text)).toEqual({ kind: 'unreadable', problem: { place, message } });
  });

  test('a long key that stands twice, and tells it in part', () => {
    const key = JSON.stringify('x'.repeat(100));
    expect(parseJson(`{${key}: 1, ${key}: 2}`)).toMatchObject({
      problem: { message: `names the key \`${'x'.repeat(60)}\` twice: expected each key once` },
    });
  });

  test('what nests deeper than any policy, before the stack ends', () => {
    const depth = 100_000;
    const read = parseJson(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(read).toEqual({
      kind: 'unreadable',
      problem: { place: 'line 1, column 65', message: 'is nested more than 64 levels deep' },
    });
    expect(parseJson(`${'['.repeat(64)}${']'.repeat(64)}`).kind).toBe('readable');
  });

  test('a name that a list may repeat, only within one object', () => {
    expect(parseJson('[{"a": 1}, {"a": 1}, {"b": {"a": 1}, "a": 2}]').kind).toBe('readable');
  });
});
