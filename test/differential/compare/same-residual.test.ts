import type { Residual } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';

import { implies } from './implies.ts';
import { readResidual } from './residual-formula.ts';
import { compareResiduals, type ResidualVerdict } from './same-residual.ts';

const endpoint = (...values: readonly string[]): Residual => ({
  operator: 'StringEquals',
  key: 'aws:SourceVpce',
  values,
});
const absent: Residual = { operator: 'Null', key: 'aws:sourcevpce', values: ['true'] };
const address: Residual = { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8'] };
const tags = (prefix: string, ...values: readonly string[]): Residual => ({
  operator: `${prefix}:StringEquals`,
  key: 'aws:TagKeys',
  values,
});
const noTags: Residual = { operator: 'Null', key: 'aws:TagKeys', values: ['true'] };

/** As many atoms as it takes to make every case distinction too long, on keys of their own. */
const many = (name: string): Residual => ({
  any: Array.from({ length: 24 }, (_, pair) => ({
    all: [0, 1].map((part) => ({ operator: 'StringLike', key: `${name}:${pair}-${part}`, values: ['a*'] })),
  })),
});

describe('two residuals are compared as formulas', () => {
  const cases: readonly (readonly [ResidualVerdict, string, Residual | null, Residual | null])[] = [
    ['text', 'written the same', endpoint('a'), endpoint('a')],
    ['text', 'both settled', null, null],
    ['different', 'one settled and one open', null, endpoint('a')],
    ['formula', 'several values and the any of each', endpoint('a', 'b'), { any: [endpoint('b'), endpoint('a')] }],
    [
      'formula',
      'De Morgan',
      { not: { any: [endpoint('a'), address] } },
      { all: [{ not: address }, { not: endpoint('a') }] },
    ],
    [
      'formula',
      'a negated condition beside absence',
      { any: [absent, { not: endpoint('a') }] },
      { not: endpoint('a') },
    ],
    [
      'formula',
      'absence makes ForAllValues hold',
      { any: [noTags, tags('ForAllValues', 'a')] },
      tags('ForAllValues', 'a'),
    ],
    [
      'different',
      'absence does not make ForAnyValue hold',
      { any: [noTags, tags('ForAnyValue', 'a')] },
      tags('ForAnyValue', 'a'),
    ],
    [
      'different',
      'ForAllValues of two is not ForAllValues of either',
      tags('ForAllValues', 'a', 'b'),
      { any: [tags('ForAllValues', 'a'), tags('ForAllValues', 'b')] },
    ],
    ['keys', 'one endpoint excludes the other', { all: [endpoint('a'), { not: endpoint('b') }] }, endpoint('a')],
    [
      'different',
      'a value of a list does not exclude another',
      { all: [tags('ForAnyValue', 'a'), { not: tags('ForAnyValue', 'b') }] },
      tags('ForAnyValue', 'a'),
    ],
    ['different', 'all and any', { all: [endpoint('a'), address] }, { any: [endpoint('a'), address] }],
    ['different', 'a condition and its opposite', endpoint('a'), { not: endpoint('a') }],
    ['different', 'two resource patterns', { resource: 'r', pattern: 'a' }, { resource: 'r', pattern: 'b' }],
    ['different', 'two things that could not be read', { unreadable: 'a' }, { unreadable: 'b' }],
    ['different', 'an atom that one has beside many others', { all: [many('x'), address] }, many('x')],
    [
      'undecided',
      'too many atoms to tell',
      { any: [many('x'), { all: [many('y'), many('z')] }] },
      { all: [{ any: [many('x'), many('y')] }, { any: [many('x'), many('z')] }] },
    ],
  ];

  test.each(cases)('%s: %s', (expected, _, left, right) => {
    expect(compareResiduals(left, right)).toBe(expected);
    expect(compareResiduals(right, left)).toBe(expected);
  });
});

test('a narrower condition implies a wider one, and not the other way round', () => {
  const narrow = readResidual({ all: [endpoint('a'), address] }, true);
  const wide = readResidual(endpoint('a', 'b'), true);
  expect(implies(narrow, wide)).toBe('yes');
  expect(implies(wide, narrow)).toBe('no');
  expect(implies(readResidual(null, false), narrow)).toBe('yes');
  expect(implies(readResidual(null, true), narrow)).toBe('no');
});
