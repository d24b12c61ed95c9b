import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { all, any, type Atom, FALSE, type Formula, not, TRUE } from './formula.ts';
import { describeFormula, fromResidual, toResidual } from './residual.ts';

const RUNS = { numRuns: 1000, seed: 20261122 };

function condition(operator: string, key: string, ...values: readonly string[]): Atom {
  return { kind: 'condition', operator, key, values, isGap: false };
}

const atom: fc.Arbitrary<Atom> = fc.oneof(
  fc
    .record({
      operator: fc.constantFrom('StringEquals', 'StringLike', 'IpAddress', 'ForAnyValue:StringLike', 'Null'),
      key: fc.constantFrom('aws:SourceVpce', 'aws:SourceIp', 'aws:PrincipalTag/Team'),
      values: fc.uniqueArray(fc.constantFrom('a', 'b', '*', '${aws:username}', '"', '\u0000'), { minLength: 1 }),
    })
    .map(({ operator, key, values }) => condition(operator, key, ...values)),
  fc.record({ kind: fc.constant('resource' as const), resource: fc.string(), pattern: fc.string() }),
  fc.record({ kind: fc.constant('unreadable' as const), place: fc.string(), isGap: fc.constant(true) }),
);

const formula: fc.Arbitrary<Formula> = fc.letrec<{ readonly formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small' },
    atom,
    atom.map(not),
    fc.array(tie('formula'), { minLength: 2, maxLength: 4 }).map(all),
    fc.array(tie('formula'), { minLength: 2, maxLength: 4 }).map(any),
  ),
})).formula;

describe('a residual', () => {
  test('gives back the formula that it was made from, through JSON too', () => {
    fc.assert(
      fc.property(formula, (open) => {
        const residual = toResidual(open);
        expect(residual === null).toBe(open.kind === 'true' || open.kind === 'false');
        fc.pre(residual !== null);
        expect(fromResidual(residual)).toEqual(open);
        expect(fromResidual(JSON.parse(JSON.stringify(residual)))).toEqual(open);
      }),
      RUNS,
    );
  });

  test.each([TRUE, FALSE])('is null for a decision that needs none: %o', (decided) => {
    expect(toResidual(decided)).toBeNull();
  });

  test('has the fields of the policy language and no others', () => {
    const open = all([
      condition('StringEquals', 'aws:SourceVpce', 'vpce-1'),
      not({ kind: 'resource', resource: 'arn', pattern: '${aws:username}' }),
      { kind: 'unreadable', place: 'p', isGap: true },
    ]);
    expect(toResidual(open)).toEqual({
      all: [
        { operator: 'StringEquals', key: 'aws:SourceVpce', values: ['vpce-1'] },
        { unreadable: 'p' },
        { not: { resource: 'arn', pattern: '${aws:username}' } },
      ],
    });
  });
});

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
    ['if aws:SourceVpce is vpce-1 or not aws:SourceIp is in 10.0.0.0/8', any([vpce, not(home)])],
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

  test('the same of a residual as of the formula behind it', () => {
    fc.assert(
      fc.property(formula, (open) => {
        const residual = toResidual(open);
        expect(residual === null || describeFormula(fromResidual(residual)) === describeFormula(open)).toBe(true);
      }),
      RUNS,
    );
  });
});
