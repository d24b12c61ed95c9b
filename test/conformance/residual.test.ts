import { expect, test } from 'vitest';

import { isSameResidual } from './residual.ts';

const a = { operator: 'StringEquals', key: 'aws:SourceVpce', values: ['vpce-1'] };
const b = { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8'] };
const isNull = { operator: 'Null', key: 'aws:SourceVpce', values: ['true'] };

test('order, grouping and the case of keys do not tell residuals apart', () => {
  expect(isSameResidual({ all: [a, b] }, { all: [b, { all: [{ ...a, key: 'AWS:sourcevpce' }] }] })).toBe(true);
});

test('several values of a leaf are the any of its values', () => {
  const both = { ...a, values: ['vpce-1', 'vpce-2'] };
  expect(isSameResidual(both, { any: [{ ...a, values: ['vpce-2'] }, a] })).toBe(true);
});

test('De Morgan holds', () => {
  expect(isSameResidual({ not: { any: [a, b] } }, { all: [{ not: a }, { not: b }] })).toBe(true);
});

test('a negated operator with IfExists is the negated operator', () => {
  expect(isSameResidual({ any: [isNull, { not: a }] }, { not: a })).toBe(true);
});

test('all is not any, a value is not another, a condition is not its negation', () => {
  expect(isSameResidual({ all: [a, b] }, { any: [a, b] })).toBe(false);
  expect(isSameResidual(a, { ...a, values: ['vpce-2'] })).toBe(false);
  expect(isSameResidual(a, { not: a })).toBe(false);
  expect(isSameResidual({ any: [isNull, a] }, a)).toBe(false);
});
