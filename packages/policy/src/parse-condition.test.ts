import { describe, expect, test } from 'vitest';

import type { Condition, Version } from './document.ts';
import { parseConditions } from './parse-condition.ts';
import { Place } from './place.ts';
import type { Readable } from './problem.ts';

function read(input: unknown, version: Version = '2012-10-17'): readonly Readable<Condition>[] {
  return parseConditions(input, Place.document(null).at('Condition', 'Condition'), version);
}

test('a statement without Condition has none, and each operator and key is one of its own', () => {
  expect(read(undefined)).toEqual([]);
  const keys = read({ StringEquals: { a: 'x', b: 'y' }, Bool: { a: true } }).map((condition) =>
    condition.kind === 'readable' ? [condition.value.operator, condition.value.key] : null,
  );
  expect(keys).toEqual([
    ['StringEquals', 'a'],
    ['StringEquals', 'b'],
    ['Bool', 'a'],
  ]);
});

describe('an operator is read with its prefix and suffix, whatever its case:', () => {
  test.each<readonly [string, Partial<Condition>]>([
    ['StringEquals', { operator: 'StringEquals', isNegated: false, ifExists: false, setPrefix: null }],
    ['stringnotlike', { operator: 'StringLike', isNegated: true, ifExists: false, setPrefix: null }],
    ['StringLikeIfExists', { operator: 'StringLike', isNegated: false, ifExists: true, setPrefix: null }],
    ['ForAllValues:ArnLike', { operator: 'ArnLike', isNegated: false, ifExists: false, setPrefix: 'ForAllValues' }],
    [
      'forANYvalue:StringNotEqualsIFEXISTS',
      { operator: 'StringEquals', isNegated: true, ifExists: true, setPrefix: 'ForAnyValue' },
    ],
  ])('%s', (operator, expected) => {
    expect(read({ [operator]: { k: 'arn:a:b:c:d:e' } })).toMatchObject([{ kind: 'readable', value: expected }]);
  });

  test.each([
    'String',
    'StringEqualsIfExist',
    'IfExistsStringEquals',
    'IfExists',
    'ForAllValues',
    'ForAllValuesStringEquals',
    'ForAllValues:',
    'xForAllValues:StringEquals',
    'ForAllValues:ForAnyValue:StringEquals',
    'ForAllValues:Null',
    'NullIfExists',
    'constructor',
  ])('%s is none', (operator) => {
    expect(read({ [operator]: { k: 'true' } })).toEqual([
      {
        kind: 'unreadable',
        problem: {
          place: `Condition.${operator}.k`,
          message: `has the operator \`${operator}\`: expected one of IAM's condition operators`,
        },
      },
    ]);
  });
});

test('Null is read as it is, with nothing before or after it', () => {
  expect(read({ Null: { k: 'true' } })).toMatchObject([
    { value: { operator: 'Null', isNegated: false, ifExists: false, setPrefix: null } },
  ]);
});

describe('a value is read by the syntax of its operator:', () => {
  const variable = { kind: 'variable', key: 'aws:username', fallback: null };
  test.each<readonly [string, Version, readonly object[]]>([
    ['StringLike', '2012-10-17', [variable, { kind: 'star' }]],
    ['StringEquals', '2012-10-17', [variable, { kind: 'text', text: '*' }]],
    ['StringLike', '2008-10-17', [{ kind: 'text', text: '${aws:username}' }, { kind: 'star' }]],
    ['StringEquals', '2008-10-17', [{ kind: 'text', text: '${aws:username}*' }]],
  ])('%s under %s', (operator, version, template) => {
    expect(read({ [operator]: { k: '${aws:username}*' } }, version)).toMatchObject([{ value: { values: [template] } }]);
  });

  test('JSON numbers and booleans as the text that they print', () => {
    const conditions = read({ StringEquals: { k: [1, 2.5, true, 'x'] } });
    expect(conditions).toMatchObject([
      { value: { values: ['1', '2.5', 'true', 'x'].map((text) => [{ kind: 'text', text }]) } },
    ]);
  });

  test.each([null, [['x']], {}])('%j is none', (value) => {
    expect(read({ StringEquals: { k: Array.isArray(value) ? value : [value] } })).toMatchObject([
      { kind: 'unreadable', problem: { place: 'Condition.StringEquals.k' } },
    ]);
  });
});

test('a long key is told in part, and more of it than of other names', () => {
  const long = 'x'.repeat(200);
  expect(read({ [long]: 5, Bool: { [long]: 'x' } })).toMatchObject([
    { problem: { place: `Condition.${'x'.repeat(60)}` } },
    { problem: { place: `Condition.Bool.${'x'.repeat(120)}` } },
  ]);
});
