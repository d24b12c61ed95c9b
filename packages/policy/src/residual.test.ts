import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { describeFormula } from './describe-formula.ts';
import { type Atom, FALSE, type Formula, TRUE } from './formula.ts';
import { all, any, not } from './simplify.ts';
import { fromResidual, toResidual } from './residual.ts';

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
  fc.record({
    kind: fc.constant('resource' as const),
    resource: fc.string(),
    pattern: fc.string(),
    isGap: fc.constant(false),
  }),
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

  test('is told in the same words as the formula behind it', () => {
    fc.assert(
      fc.property(formula, (open) => {
        const residual = toResidual(open);
        expect(residual === null || describeFormula(fromResidual(residual)) === describeFormula(open)).toBe(true);
      }),
      RUNS,
    );
  });

  test.each([TRUE, FALSE])('is null for a decision that needs none: %o', (decided) => {
    expect(toResidual(decided)).toBeNull();
  });

  test('tells what is decided within a formula that was not simplified as an empty list', () => {
    expect(toResidual({ kind: 'all', of: [TRUE, FALSE] })).toEqual({ all: [{ all: [] }, { any: [] }] });
  });

  test('has the fields of the policy language and no others', () => {
    const open = all([
      condition('StringEquals', 'aws:SourceVpce', 'vpce-1'),
      not({ kind: 'resource', resource: 'arn', pattern: '${aws:username}', isGap: false }),
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
