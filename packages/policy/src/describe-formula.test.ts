import { describe, expect, test } from 'vitest';

import { describeFormula } from './describe-formula.ts';
import { type Atom, FALSE, type Formula, TRUE } from './formula.ts';
import { all, any, not } from './simplify.ts';

function condition(operator: string, key: string, ...values: readonly string[]): Atom {
  return { kind: 'condition', operator, key, values, isGap: false };
}

const vpce = condition('StringEquals', 'aws:SourceVpce', 'vpce-1');
const home = condition('IpAddress', 'aws:SourceIp', '10.0.0.0/8');
const tls = condition('Bool', 'aws:SecureTransport', 'true');

describe('describeFormula says', () => {
  test.each<readonly [string, Formula]>([
    ['always', TRUE],
    ['never', FALSE],
    ['if aws:SourceVpce is vpce-1', vpce],
    ['unless aws:SourceIp is in 10.0.0.0/8', not(home)],
    ['if aws:SecureTransport is true and aws:SourceVpce is vpce-1', all([vpce, tls])],
    ['if aws:SecureTransport is true or aws:SourceVpce is vpce-1', any([vpce, tls])],
    ['if aws:SourceVpce is vpce-1, unless aws:SourceIp is in 10.0.0.0/8', all([vpce, not(home)])],
    ['unless aws:SecureTransport is true or aws:SourceIp is in 10.0.0.0/8', all([not(tls), not(home)])],
    [
      'if aws:SourceVpce is vpce-1 and (aws:SecureTransport is true or aws:SourceIp is in 10.0.0.0/8)',
      all([vpce, any([home, tls])]),
    ],
    [
      'if aws:SourceVpce is vpce-1 or (aws:SecureTransport is true and aws:SourceIp is in 10.0.0.0/8)',
      any([vpce, all([home, tls])]),
    ],
    ['if aws:SourceVpce is vpce-1 or aws:SourceIp is not in 10.0.0.0/8', any([vpce, not(home)])],
    ['if aws:SourceVpce is vpce-1 or vpce-2', condition('StringEquals', 'aws:SourceVpce', 'vpce-1', 'vpce-2')],
    ['if aws:SourceVpce is absent', condition('Null', 'aws:SourceVpce', 'true')],
    [
      'if aws:PrincipalArn is like arn:aws:iam::*:role/ci',
      condition('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/ci'),
    ],
    ['if aws:userid is like AROA1:a*', condition('StringLike', 'aws:userid', 'AROA1:a*')],
    ['if aws:CurrentTime is before 2027-01-01', condition('DateLessThan', 'aws:CurrentTime', '2027-01-01')],
    ['if aws:MultiFactorAuthAge is at most 3600', condition('NumericLessThanEquals', 'aws:MultiFactorAuthAge', '3600')],
    ['if every value of aws:TagKeys is team', condition('ForAllValues:StringEquals', 'aws:TagKeys', 'team')],
    [
      'if a value of aws:CalledVia is x.amazonaws.com',
      condition('ForAnyValue:StringEquals', 'aws:CalledVia', 'x.amazonaws.com'),
    ],
    [
      'if arn:aws:ecr:eu-west-1:1:repository/a matches arn:aws:ecr:*:*:repository/${aws:username}',
      {
        kind: 'resource',
        resource: 'arn:aws:ecr:eu-west-1:1:repository/a',
        pattern: 'arn:aws:ecr:*:*:repository/${aws:username}',
        isGap: false,
      },
    ],
    ['if policy p, which could not be read, applies', { kind: 'unreadable', place: 'policy p', isGap: true }],
    [
      'if policies of a, which could not be read, allow it',
      { kind: 'unreadable', place: 'policies of a (Allow statements)', isGap: true },
    ],
  ])('%s', (sentence, open) => {
    expect(describeFormula(open)).toBe(sentence);
  });
});

const org = condition('StringEquals', 'aws:PrincipalOrgID', 'o-1');
const admin = condition('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/admin');
const service = condition('Bool', 'aws:ViaAWSService', 'true');
const mfa = condition('Bool', 'aws:MultiFactorAuthPresent', 'true');
const absent = (key: string): Atom => condition('Null', key, 'true');
const tags = condition('ForAllValues:StringEquals', 'aws:TagKeys', 'team', 'env');
const called = condition('ForAnyValue:StringEquals', 'aws:CalledVia', 'cloudformation.amazonaws.com');
const region = condition('StringEquals', 'aws:RequestedRegion', 'eu-central-1', 'eu-west-1');
const own: Atom = {
  kind: 'resource',
  resource: 'arn:aws:ecr:eu-west-1:1:repository/a',
  pattern: 'arn:aws:ecr:*:*:repository/${aws:username}',
  isGap: false,
};
const unread = (side: string): Atom => ({ kind: 'unreadable', place: `SCPs of 1 (${side} statements)`, isGap: true });

describe('what real policies leave open is told without double negation, and with brackets only where they are needed', () => {
  test.each<readonly [string, Formula]>([
    ['unless aws:RequestedRegion is eu-central-1 or eu-west-1', not(region)],
    // A Deny with two conditions.
    ['unless aws:SourceIp is in 10.0.0.0/8 and aws:SourceVpce is vpce-1', not(all([home, vpce]))],
    [
      'if aws:SecureTransport is true, unless (aws:SourceIp is in 10.0.0.0/8 and aws:SourceVpce is vpce-1)',
      all([tls, not(all([home, vpce]))]),
    ],
    // Denies outside of a network: NotIpAddress and StringNotEquals in one statement.
    ['if aws:SourceIp is in 10.0.0.0/8 or aws:SourceVpce is vpce-1', not(all([not(home), not(vpce)]))],
    [
      'if aws:SecureTransport is true and (aws:SourceIp is in 10.0.0.0/8 or aws:SourceVpce is vpce-1)',
      all([tls, any([home, vpce])]),
    ],
    [
      'if (aws:SourceIp is in 10.0.0.0/8 or aws:SourceVpce is vpce-1), unless aws:ViaAWSService is true',
      all([any([home, vpce]), not(service)]),
    ],
    [
      'unless (aws:SourceIp is in 10.0.0.0/8 and aws:SourceVpce is vpce-1) or aws:ViaAWSService is true',
      all([not(service), not(all([home, vpce]))]),
    ],
    [
      'unless aws:SecureTransport is true and (aws:SourceIp is in 10.0.0.0/8 or aws:SourceVpce is vpce-1)',
      not(all([tls, any([home, vpce])])),
    ],
    // Deny with a negated operator beside a positive one.
    [
      'if aws:PrincipalArn is like arn:aws:iam::*:role/admin or aws:SecureTransport is not true',
      not(all([tls, not(admin)])),
    ],
    [
      'if aws:PrincipalOrgID is o-1 and (aws:PrincipalArn is like arn:aws:iam::*:role/admin or aws:SecureTransport is not true)',
      all([org, not(all([tls, not(admin)]))]),
    ],
    // IfExists.
    ['if aws:SourceVpce is absent or aws:SourceVpce is vpce-1', any([absent('aws:SourceVpce'), vpce])],
    ['if aws:SourceVpce is present, unless aws:SourceVpce is vpce-1', not(any([absent('aws:SourceVpce'), vpce]))],
    ['if aws:SourceVpce is present', not(absent('aws:SourceVpce'))],
    [
      'if aws:SourceIp is present and aws:SourceVpce is present',
      all([not(absent('aws:SourceIp')), not(absent('aws:SourceVpce'))]),
    ],
    ['if aws:MultiFactorAuthPresent is true', mfa],
    [
      'if aws:MultiFactorAuthPresent is absent or aws:MultiFactorAuthPresent is not true',
      any([absent('aws:MultiFactorAuthPresent'), not(mfa)]),
    ],
    // Set operators.
    [
      'unless every value of aws:TagKeys is env or team',
      not(condition('ForAllValues:StringEquals', 'aws:TagKeys', 'env', 'team')),
    ],
    ['if aws:SecureTransport is true or not every value of aws:TagKeys is team or env', any([tls, not(tags)])],
    [
      'if aws:SecureTransport is true or no value of aws:CalledVia is cloudformation.amazonaws.com',
      any([tls, not(called)]),
    ],
    ['unless a value of aws:CalledVia is cloudformation.amazonaws.com', not(called)],
    // Resources and what was not read.
    ['unless arn:aws:ecr:eu-west-1:1:repository/a matches arn:aws:ecr:*:*:repository/${aws:username}', not(own)],
    [
      'if aws:SecureTransport is true or arn:aws:ecr:eu-west-1:1:repository/a does not match arn:aws:ecr:*:*:repository/${aws:username}',
      any([tls, not(own)]),
    ],
    [
      'if SCPs of 1, which could not be read, allow it, unless SCPs of 1, which could not be read, deny it',
      all([unread('Allow'), not(unread('Deny'))]),
    ],
    [
      'if aws:SecureTransport is true or SCPs of 1, which could not be read, do not deny it',
      any([tls, not(unread('Deny'))]),
    ],
    [
      'if aws:SecureTransport is true or p, which could not be read, does not apply',
      any([tls, not({ kind: 'unreadable', place: 'p', isGap: true })]),
    ],
    // Other operators.
    [
      'if aws:SecureTransport is true or aws:PrincipalArn is not like arn:aws:iam::*:role/admin',
      any([tls, not(admin)]),
    ],
    [
      'if aws:SecureTransport is true or aws:username is not (in any case) ana',
      any([tls, not(condition('StringEqualsIgnoreCase', 'aws:username', 'ana'))]),
    ],
    [
      'if aws:CurrentTime is at or after 2026-01-01 and aws:CurrentTime is before 2027-01-01',
      all([
        condition('DateGreaterThanEquals', 'aws:CurrentTime', '2026-01-01'),
        condition('DateLessThan', 'aws:CurrentTime', '2027-01-01'),
      ]),
    ],
    [
      'if aws:CurrentTime is after 2026-01-01, unless aws:CurrentTime is at or before 2026-06-01',
      all([
        condition('DateGreaterThan', 'aws:CurrentTime', '2026-01-01'),
        not(condition('DateLessThanEquals', 'aws:CurrentTime', '2026-06-01')),
      ]),
    ],
    [
      'if aws:MultiFactorAuthAge is below 3600, unless aws:MultiFactorAuthAge is above 60',
      all([
        condition('NumericLessThan', 'aws:MultiFactorAuthAge', '3600'),
        not(condition('NumericGreaterThan', 'aws:MultiFactorAuthAge', '60')),
      ]),
    ],
    [
      'if aws:x is YQ== or aws:MultiFactorAuthAge is at least 1',
      any([
        condition('NumericGreaterThanEquals', 'aws:MultiFactorAuthAge', '1'),
        condition('BinaryEquals', 'aws:x', 'YQ=='),
      ]),
    ],
    [
      'if aws:TokenIssueTime is 2026-01-01 and aws:MultiFactorAuthAge is 60',
      all([
        condition('NumericEquals', 'aws:MultiFactorAuthAge', '60'),
        condition('DateEquals', 'aws:TokenIssueTime', '2026-01-01'),
      ]),
    ],
    [
      'if aws:SourceArn is like arn:aws:lambda:*:1:function:a',
      condition('ArnEquals', 'aws:SourceArn', 'arn:aws:lambda:*:1:function:a'),
    ],
    [
      'if aws:x Futuristic 1 or aws:x not Modern 1',
      any([condition('Futuristic', 'aws:x', '1'), not(condition('Modern', 'aws:x', '1'))]),
    ],
  ])('%s', (sentence, open) => {
    expect(describeFormula(open)).toBe(sentence);
  });
});

test('a formula that was not simplified is told with its constants', () => {
  const parts = [vpce, TRUE, FALSE];
  expect(describeFormula({ kind: 'any', of: parts })).toBe('if aws:SourceVpce is vpce-1 or anything or nothing');
  expect(describeFormula({ kind: 'all', of: parts })).toBe('if aws:SourceVpce is vpce-1 and anything and nothing');
});

function tagged(value: string): string {
  return describeFormula(condition('StringEquals', 'aws:PrincipalTag/team', value));
}

describe('values and names', () => {
  test.each([
    ['', '""'],
    ['two words', '"two words"'],
    ['a or b', '"a or b"'],
    ['say "so"', String.raw`"say \"so\""`],
    [String.raw`back\slash`, String.raw`"back\\slash"`],
    ['line\nbreak', String.raw`"line\u{a}break"`],
    ['\u001B[2J', String.raw`"\u{1b}[2J"`],
    ['\u202Egnp.exe', String.raw`"\u{202e}gnp.exe"`],
    ['\u2028', String.raw`"\u{2028}"`],
    ['\uD800', String.raw`"\u{d800}"`],
    ['équipe-ü', 'équipe-ü'],
    ["${aws:username, 'nobody'}", `"\${aws:username, 'nobody'}"`],
    ['x'.repeat(400), 'x'.repeat(400)],
    ['x'.repeat(401), `${'x'.repeat(400)}...`],
  ])('of which one is %j are told as %s', (value, told) => {
    expect(tagged(value)).toBe(`if aws:PrincipalTag/team is ${told}`);
  });

  test('are made visible in keys, resources and places too', () => {
    const hostile = 'a\u0007 b';
    expect(
      [
        condition('Null', hostile, 'true'),
        { kind: 'resource', resource: hostile, pattern: hostile, isGap: false } as const,
        { kind: 'unreadable', place: hostile, isGap: true } as const,
        condition(hostile, 'k', 'v'),
      ].map(describeFormula),
    ).toEqual([
      String.raw`if "a\u{7} b" is absent`,
      String.raw`if "a\u{7} b" matches "a\u{7} b"`,
      String.raw`if a\u{7} b, which could not be read, applies`,
      String.raw`if k a\u{7} b v`,
    ]);
  });

  test('beyond the tenth are counted, and so are parts beyond the twentieth', () => {
    const values = Array.from({ length: 13 }, (_, index) => `v${index}`);
    expect(describeFormula(condition('StringEquals', 'k', ...values.slice(0, 10)))).toBe(
      `if k is ${values.slice(0, 10).join(' or ')}`,
    );
    expect(describeFormula(condition('StringEquals', 'k', ...values))).toBe(
      `if k is ${values.slice(0, 10).join(' or ')} or 3 more`,
    );
    const parts = Array.from({ length: 21 }, (_, index) =>
      condition('Bool', `k${String(index).padStart(2, '0')}`, 'true'),
    );
    const told = parts
      .slice(0, 20)
      .map(({ kind }, index) => `${kind === 'condition' ? `k${String(index).padStart(2, '0')}` : ''} is true`);
    expect(describeFormula(any(parts))).toBe(`if ${told.join(' or ')} or 1 more`);
    expect(describeFormula(all(parts.map(not)))).toBe(`unless ${told.join(' or ')} or 1 more`);
    expect(describeFormula(all(parts.slice(0, 20)))).toBe(`if ${told.join(' and ')}`);
  });
});
