import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ABSENT, type KeyValue, present, type RequestContext, UNKNOWN, UNREAD } from './context.ts';
import { matchTemplate } from './glob.ts';
import { parseTemplate, renderTemplate, resolveTemplate, type Template, type Token } from './template.ts';

const RUNS = { numRuns: 1000, seed: 20261122 };
const FULL = { wildcards: true, variables: true };

const text = (value: string): Token => ({ kind: 'text', text: value });
const star: Token = { kind: 'star' };
const one: Token = { kind: 'one' };
const variable = (key: string, fallback: string | null = null): Token => ({ kind: 'variable', key, fallback });

function read(value: string, syntax = FULL): Template {
  const parsed = parseTemplate(value, syntax, 'here');
  if (parsed.kind === 'unreadable') {
    throw new TypeError(parsed.problem.message);
  }
  return parsed.value;
}

function contextOf(keys: Readonly<Record<string, KeyValue>>): RequestContext {
  return { lookup: (key) => keys[key] ?? ABSENT };
}

describe('parseTemplate', () => {
  test.each<readonly [string, Template]>([
    ['', []],
    ['abc', [text('abc')]],
    ['a*b?c', [text('a'), star, text('b'), one, text('c')]],
    ['**', [star, star]],
    ['${aws:username}', [variable('aws:username')]],
    ['a/${aws:PrincipalTag/Team}/*', [text('a/'), variable('aws:principaltag/team'), text('/'), star]],
    ["${aws:username, 'nobody'}", [variable('aws:username', 'nobody')]],
    ["${aws:username,'no}body'}", [variable('aws:username', 'no}body')]],
    ["${aws:username, ''}", [variable('aws:username', '')]],
    ['${*}${?}${$}', [text('*?$')]],
    ['$', [text('$')]],
    ['$5', [text('$5')]],
    ['${ aws:username }', [variable('aws:username')]],
    ["${aws:username , 'nobody' }", [variable('aws:username', 'nobody')]],
    ['${ * }', [text('*')]],
    ['$${aws:username}', [text('$'), variable('aws:username')]],
  ])('reads `%s`', (value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  test.each<readonly [string, string]>([
    ['${aws:username', 'has a policy variable that is not closed: expected `}` after `${`'],
    ["${aws:username, 'x}", 'has a policy variable that is not closed: expected `}` after `${`'],
    ['${}', 'has an empty policy variable: expected the name of a condition key between `${` and `}`'],
    ["${, 'x'}", 'has an empty policy variable: expected the name of a condition key between `${` and `}`'],
    ['${aws:username, x}', "has a policy variable whose default value is not quoted: expected `${key, 'default'}`"],
    ["${aws:username, x'y'}", "has a policy variable whose default value is not quoted: expected `${key, 'default'}`"],
    ["${aws:username, 'x'y}", "has a policy variable whose default value is not quoted: expected `${key, 'default'}`"],
    ['${aws:username,}', "has a policy variable whose default value is not quoted: expected `${key, 'default'}`"],
  ])('refuses `%s` and says where and why', (value, message) => {
    expect(parseTemplate(value, FULL, 'here')).toEqual({ kind: 'unreadable', problem: { place: 'here', message } });
  });

  test('takes wildcards and variables literally where the syntax has none', () => {
    expect(read('a*${x', { wildcards: false, variables: false })).toEqual([text('a*${x')]);
    expect(read('a*${x}', { wildcards: false, variables: true })).toEqual([text('a*'), variable('x')]);
    expect(read('a*${x}', { wildcards: true, variables: false })).toEqual([text('a'), star, text('${x}')]);
  });
});

describe('resolveTemplate', () => {
  const context = contextOf({
    known: present('v*'),
    several: present('a', 'b'),
    none: present(),
    open: UNKNOWN,
    unread: UNREAD,
    session: { kind: 'prefix', prefix: 'AROA1:' },
    elsewhere: { kind: 'other', than: ['o-1'] },
    'aws:tagkeys': present('a'),
  });

  test.each<readonly [string, ReturnType<typeof resolveTemplate>]>([
    ['plain*', { kind: 'closed', template: [text('plain'), star] }],
    ['a${known}', { kind: 'closed', template: [text('av*')] }],
    ['${absent}', { kind: 'noValue' }],
    ["${absent, 'd*'}", { kind: 'closed', template: [text('d*')] }],
    ["${none, 'd'}", { kind: 'closed', template: [text('d')] }],
    ['${none}', { kind: 'noValue' }],
    ["${known, 'd'}", { kind: 'closed', template: [text('v*')] }],
    ['${several}', { kind: 'noValue' }],
    ["${several, 'd'}", { kind: 'noValue' }],
    ["${aws:TagKeys, 'd'}", { kind: 'noValue' }],
    ['${open}', { kind: 'open', template: [variable('open')], isGap: false }],
    ['${known}${unread}', { kind: 'open', template: [text('v*'), variable('unread')], isGap: true }],
    ['${open}${absent}', { kind: 'noValue' }],
    ['${session}', { kind: 'open', template: [variable('session')], isGap: false }],
    ['${elsewhere}', { kind: 'open', template: [variable('elsewhere')], isGap: false }],
  ])('of `%s`', (value, expected) => {
    expect(resolveTemplate(read(value), context)).toEqual(expected);
  });

  test('gives back a template without variables as it is, so that what is known of it stays known', () => {
    const plain = read('plain*');
    const resolved = resolveTemplate(plain, context);
    expect(resolved.kind === 'closed' && resolved.template).toBe(plain);
  });

  test('makes wildcards of a value literal', () => {
    const resolved = resolveTemplate(read('${known}'), context);
    expect(resolved.kind === 'closed' && matchTemplate(resolved.template, 'vx')).toBe('no');
    expect(resolved.kind === 'closed' && matchTemplate(resolved.template, 'v*')).toBe('yes');
  });
});

describe('renderTemplate', () => {
  test('escapes what would be read as something else, and nothing more', () => {
    expect(renderTemplate([text('$5 ${x} * ?')], FULL)).toBe('$5 ${$}{x} ${*} ${?}');
    expect(renderTemplate([text('$5 ${x} * ?')], { wildcards: false, variables: true })).toBe('$5 ${$}{x} * ?');
  });

  const pieces = fc
    .array(
      fc.constantFrom('a', '*', '?', '$', '{', '}', '${$}', '${*}', '${?}', '${aws:username}', "${k, 'd}$'}", '${k}'),
      { maxLength: 10 },
    )
    .map((parts) => parts.join(''));

  test('parses back to the same template', () => {
    fc.assert(
      fc.property(pieces, fc.boolean(), fc.boolean(), (value, wildcards, variables) => {
        const parsed = parseTemplate(value, { wildcards, variables }, 'here');
        fc.pre(parsed.kind === 'readable');
        expect(
          read(renderTemplate(parsed.value, { wildcards, variables: true }), { wildcards, variables: true }),
        ).toEqual(parsed.value);
      }),
      RUNS,
    );
  });

  test('parses back to the same template when some of its variables were resolved, whatever their values', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.constantFrom('$', '{', '}', 'x', '*')), (value, given) => {
        const parsed = parseTemplate(value, FULL, 'here');
        fc.pre(parsed.kind === 'readable');
        const resolved = resolveTemplate(
          parsed.value,
          contextOf({ k: present(given.join('')), 'aws:username': UNKNOWN }),
        );
        fc.pre(resolved.kind !== 'noValue');
        expect(read(renderTemplate(resolved.template, FULL))).toEqual(resolved.template);
      }),
      RUNS,
    );
  });
});
