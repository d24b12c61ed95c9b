import { describe, expect, test } from 'vitest';

import { isAccountId, parseArn } from './arn.ts';

describe('parseArn', () => {
  test.each<readonly [string, readonly [string, string, string, string, string]]>([
    [
      'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
      ['aws', 'ecr', 'eu-west-1', '111122223333', 'repository/team/app'],
    ],
    ['arn:aws:iam::111122223333:root', ['aws', 'iam', '', '111122223333', 'root']],
    ['arn:aws-cn:s3:::bucket/key:with:colons', ['aws-cn', 's3', '', '', 'bucket/key:with:colons']],
    ['arn:aws:iam::aws:policy/X', ['aws', 'iam', '', 'aws', 'policy/X']],
    ['arn:aws:iam::111122223333:', ['aws', 'iam', '', '111122223333', '']],
  ])('reads %s', (text, [partition, service, region, accountId, resource]) => {
    expect(parseArn(text)).toEqual({ partition, service, region, accountId, resource });
  });

  test.each([
    '',
    '*',
    'arn',
    'arn:aws:iam::111122223333',
    'ARN:aws:iam::111122223333:root',
    'arn::iam::111122223333:root',
    'arn:aws:::111122223333:root',
    ' arn:aws:iam::111122223333:root',
    'AROAEXAMPLE',
  ])('refuses `%s`', (text) => {
    expect(parseArn(text)).toBeNull();
  });
});

test.each<readonly [string, boolean]>([
  ['111122223333', true],
  ['000000000000', true],
  ['11112222333', false],
  ['1111222233334', false],
  ['11112222333a', false],
  ['a11122223333', false],
  ['１１１１２２２２３３３３', false],
  ['11112222333\n', false],
  ['', false],
])('`%s` is an account id: %s', (text, expected) => {
  expect(isAccountId(text)).toBe(expected);
});
