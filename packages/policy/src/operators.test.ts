import { describe, expect, test } from 'vitest';

import type { Tri } from './glob.ts';
import { type BaseOperator, matchValue, OPERATORS, operatorSyntax, valueExpectation } from './operators.ts';
import { parseTemplate } from './template.ts';

/** What a request's value comes to beside a value as it stands in a policy. */
function matched(base: BaseOperator, value: string, wanted: string): Tri {
  const template = parseTemplate(wanted, operatorSyntax(base), 'test');
  if (template.kind === 'unreadable') {
    throw new TypeError(template.problem.message);
  }
  return matchValue(base, value, template.value);
}

test('there are 27 operators, and the negated ones are the opposites of others', () => {
  expect(Object.keys(OPERATORS)).toHaveLength(27);
  const negated = Object.entries(OPERATORS).filter(([, { isNegated }]) => isNegated);
  expect(negated.map(([name, { base }]) => [name, base])).toEqual([
    ['StringNotEquals', 'StringEquals'],
    ['StringNotEqualsIgnoreCase', 'StringEqualsIgnoreCase'],
    ['StringNotLike', 'StringLike'],
    ['NumericNotEquals', 'NumericEquals'],
    ['DateNotEquals', 'DateEquals'],
    ['NotIpAddress', 'IpAddress'],
    ['ArnNotEquals', 'ArnEquals'],
    ['ArnNotLike', 'ArnLike'],
  ]);
  expect(Object.entries(OPERATORS).filter(([name, { base, isNegated }]) => !isNegated && base !== name)).toEqual([]);
});

test('only Like and ARN operators take wildcards, and only they and the other string operators take variables', () => {
  const bases = Object.values(OPERATORS).map(({ base }) => base);
  const taking = (part: 'wildcards' | 'variables'): string[] =>
    [...new Set(bases.filter((base) => operatorSyntax(base)[part]))].toSorted();
  expect(taking('wildcards')).toEqual(['ArnEquals', 'ArnLike', 'StringLike']);
  expect(taking('variables')).toEqual(['ArnEquals', 'ArnLike', 'StringEquals', 'StringEqualsIgnoreCase', 'StringLike']);
});

describe('a value of a request matches one of a policy', () => {
  test.each<readonly [BaseOperator, string, string, Tri]>([
    ['StringEquals', 'a', 'a', 'yes'],
    ['StringEquals', 'A', 'a', 'no'],
    ['StringEquals', 'ab', 'a*', 'no'],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', 'yes'],
    ['StringEqualsIgnoreCase', 'ab', 'a', 'no'],
    ['StringEqualsIgnoreCase', 'xab', 'X${aws:username}B', 'maybe'],
    ['StringLike', 'ab', 'a?', 'yes'],
    ['StringLike', 'AB', 'a?', 'no'],
    ['Bool', 'True', 'TRUE', 'yes'],
    ['Bool', 'false', 'true', 'no'],
    ['BinaryEquals', 'YQ==', 'YQ==', 'yes'],
    ['BinaryEquals', 'yq==', 'YQ==', 'no'],
    ['IpAddress', '10.1.2.3', '10.0.0.0/8', 'yes'],
    ['IpAddress', '11.1.2.3', '10.0.0.0/8', 'no'],
    ['IpAddress', '10.0.0.0/8', '10.0.0.0/8', 'no'],
    ['IpAddress', 'here', '10.0.0.0/8', 'no'],
    ['IpAddress', '10.1.2.3', 'there', 'no'],
    ['Null', 'true', 'true', 'no'],
  ])('%s: `%s` beside `%s` is %s', (base, value, wanted, expected) => {
    expect(matched(base, value, wanted)).toBe(expected);
  });
});

// Each of the six segments by itself.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
describe.each(['ArnEquals', 'ArnLike'] as const)('%s', (base) => {
  const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:app';

  test.each<readonly [string, string, Tri]>([
    ['arn:aws:s3:::a', 'arn:aws:s3:::a', 'yes'],
    ['arn:aws:s3:::ab', 'arn:aws:s3:::a', 'no'],
    ['arn:aws:s3:::A', 'arn:aws:s3:::a', 'no'],
    ['arn:aws:s3:::', 'arn:aws:s3:::', 'yes'],
    // A star alone takes any ARN, and nothing else.
    ['arn:aws:s3:::a', '*', 'yes'],
    [group, '*', 'yes'],
    ['a:b:c:d:e', '*', 'no'],
    ['a', '*', 'no'],
    ['arn:aws:s3:::a', '*:*:*:*:*:*', 'yes'],
    ['arn:aws:s3:::a', '*:aws:sqs:::a', 'no'],
    // Elsewhere a star ends at the next colon, save in the last segment, which may hold colons itself.
    ['arn:aws:s3:::a', 'arn:*', 'no'],
    ['arn:aws:s3:::a', 'arn:aws:s3:*', 'no'],
    ['arn:aws:s3:::a', 'arn:aws:*a', 'no'],
    ['arn:aws:s3:::a', 'arn:*:s3:::a', 'yes'],
    ['arn:aws:s3:::a', 'arn:?ws:s3:::a', 'yes'],
    ['arn:aws:s3:::a', 'arn:aws:s3:?::a', 'no'],
    ['arn:aws:s3:::a', 'arn:aws-*:s3:::a', 'no'],
    ['arn:aws:s3:::', 'arn:*:s3:::?', 'no'],
    ['arn:aws:s3:::abc', 'arn:aws:s3:::a*c', 'yes'],
    [group, 'arn:aws:logs:*:*:log-group:app', 'yes'],
    [group, 'arn:aws:logs:*:*:log-group:ap', 'no'],
    [group, 'arn:aws:logs:*:*:*', 'yes'],
    [group, 'arn:aws:logs:*:*:*:a*', 'yes'],
    // What has fewer segments is no ARN, even where those that it has match.
    ['arn:aws:s3::', 'arn:*:s3:::*', 'no'],
    ['arn:aws:s3::', 'arn:*:s3::', 'no'],
    ['', 'arn:aws:s3:::a', 'no'],
    ['arn:aws:s3:::a', '', 'no'],
    // A variable that is open may be anything, an ARN as a whole too, as long as the rest matches.
    ['a', '${aws:username}', 'maybe'],
    ['arn:aws:s3:::a', 'arn:aws:s3:::${aws:username}', 'maybe'],
    ['arn:aws:s3:::a', 'arn:${aws:username}:s3:::a', 'maybe'],
    ['arn:aws:s3:::a', 'arn:${aws:username}:s3:::b', 'no'],
    ['arn:aws:s3:::a', '${aws:username}:aws:sqs:::${aws:username}', 'no'],
  ])('`%s` beside `%s` is %s', (value, wanted, expected) => {
    expect(matched(base, value, wanted)).toBe(expected);
  });
});

describe('numbers and dates are compared by what they say', () => {
  test.each<readonly [string, Tri, Tri, Tri]>([
    ['Equals', 'no', 'yes', 'no'],
    ['LessThan', 'yes', 'no', 'no'],
    ['LessThanEquals', 'yes', 'yes', 'no'],
    ['GreaterThan', 'no', 'no', 'yes'],
    ['GreaterThanEquals', 'no', 'yes', 'yes'],
  ])('%s: below %s, the same %s, above %s', (comparison, below, same, above) => {
    const number = OPERATORS[`Numeric${comparison}`]?.base ?? 'Null';
    expect(['9', '10.0', '1.1e1'].map((value) => matched(number, value, '10'))).toEqual([below, same, above]);
    const date = OPERATORS[`Date${comparison}`]?.base ?? 'Null';
    const days = ['2025-12-31T23:59:59Z', '2026-01-01T01:00:00+01:00', '1767225601'];
    expect(days.map((value) => matched(date, value, '2026-01-01'))).toEqual([below, same, above]);
  });

  test.each<readonly [BaseOperator, string, string]>([
    ['NumericEquals', 'ten', 'ten'],
    ['NumericEquals', '2026-01-01', '2026-01-01'],
    ['NumericLessThan', '', '10'],
    ['NumericLessThanEquals', '10', ''],
    ['DateEquals', 'today', 'today'],
    ['DateEquals', '1e3', '1000'],
    ['DateLessThanEquals', '', '2026-01-01'],
    ['DateGreaterThan', '2026-01-01', ''],
  ])('%s: `%s` beside `%s` is no comparison, and so does not hold', (base, value, wanted) => {
    expect(matched(base, value, wanted)).toBe('no');
  });
});

describe('a value of a policy', () => {
  test.each<readonly [BaseOperator, readonly string[]]>([
    ['Bool', ['true', 'FALSE']],
    ['Null', ['True', 'false']],
    ['IpAddress', ['10.0.0.1', '10.0.0.0/8', '2001:db8::/32']],
    ['BinaryEquals', ['', 'YQ==', 'YWI=', 'YWJj', '09+/azAZ']],
    ['NumericEquals', ['0', '12', '-12', '+12', '1.25', '1e3', '12E-34', '-1.5e+10']],
    ['DateEquals', ['2026', '2026-01-01T00:00:00Z', '1767225600']],
    ['StringEquals', ['', 'anything', '*']],
    ['ArnLike', ['', 'no ARN']],
  ])('of %s is well formed: %j', (base, texts) => {
    expect(texts.map((text) => valueExpectation(base, text))).toEqual(texts.map(() => null));
  });

  test.each<readonly [BaseOperator, string, readonly string[]]>([
    ['Bool', '`true` or `false`', ['', 'yes', 'truefalse', '1']],
    ['Null', '`true` or `false`', ['', 'null', 'true ']],
    ['IpAddress', 'an IP address or a CIDR range such as `10.0.0.0/8`', ['', '10.0.0.0/33', '10.0.0', '::1::']],
    ['BinaryEquals', 'base64 text', ['YQ', 'Y===', '====', '=YQ=', 'YQ=*', '*YQ=', 'Y-_=', 'YWJjY']],
    [
      'NumericLessThan',
      'a number',
      ['', 'x1', '1x', '.5', '5.', '1.5.5', '1e', '1e+', 'e1', '--1', '1.x', '1ex', '1 ', ' 1', '0x10', '1e999'],
    ],
    ['DateGreaterThan', 'an ISO 8601 date or seconds since 1970', ['', 'today', '2026-02-31', '26-01-01']],
  ])('of %s needs %s, unlike %j', (base, expectation, texts) => {
    expect(texts.map((text) => [text, valueExpectation(base, text)])).toEqual(texts.map((text) => [text, expectation]));
  });
});
