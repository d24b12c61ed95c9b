import { type Formula, not } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { Reason } from '../answer.ts';
import type { CapabilityDefinition } from '../ecr/capabilities.ts';
import { type CellAnswer, combineCapability, NOTHING_ALLOWS, reasonKey } from './answer-cell.ts';

const vpce = (value: string): Formula => ({
  kind: 'condition',
  operator: 'StringEquals',
  key: 'aws:SourceVpce',
  values: [value],
  isGap: false,
});
const one = vpce('vpce-1');
const other = vpce('vpce-2');

function reason(statement: string, effect: 'Allow' | 'Deny'): Reason {
  return { policyType: 'identity', policy: 'p', statement, effect, via: 'inline' };
}

function answer(given: Partial<CellAnswer>): CellAnswer {
  return { ...NOTHING_ALLOWS, ...given };
}

const allowed = answer({ decision: 'allowed', formula: { kind: 'true' }, reasons: [reason('a', 'Allow')] });
const implicit = answer({ limits: [{ code: 'policyUnread', message: 'm' }] });
const explicit = answer({ decision: 'explicitDeny', reasons: [reason('d', 'Deny')] });
const ifOne = answer({ decision: 'conditional', formula: one, reasons: [reason('one', 'Allow')] });
const ifOther = answer({ decision: 'conditional', formula: other, reasons: [reason('other', 'Allow')] });
const unlessOne = answer({ decision: 'conditional', formula: not(one), reasons: [reason('unless', 'Deny')] });
const unknown = answer({ decision: 'unknown', formula: one, reasons: [reason('gap', 'Allow')] });

const both: CapabilityDefinition = { name: 'pull', actions: ['ecr:A', 'ecr:B'], needs: 'all', needsToken: false };

function combine(needs: 'all' | 'any', [a, b]: readonly [CellAnswer, CellAnswer]): readonly unknown[] {
  const answers = new Map([
    ['ecr:A', a],
    ['ecr:B', b],
  ]);
  const { decision, formula, reasons } = combineCapability({ ...both, needs }, answers, null);
  return [decision, formula.kind, reasons.map(({ statement }) => statement)];
}

describe('a capability of which every part is needed', () => {
  test.each<readonly [string, readonly [CellAnswer, CellAnswer], readonly unknown[]]>([
    ['allowed with both', [allowed, allowed], ['allowed', 'true', ['a']]],
    ['denied by the one that nothing allows', [allowed, implicit], ['implicitDeny', 'false', []]],
    ['denied by the one that is denied', [ifOne, explicit], ['explicitDeny', 'false', ['d']]],
    ['denied explicitly where one of two denies is', [implicit, explicit], ['explicitDeny', 'false', ['d']]],
    ['conditional under both conditions', [ifOne, allowed], ['conditional', 'condition', ['one', 'a']]],
    ['unknown where one part is', [unknown, allowed], ['unknown', 'condition', ['gap', 'a']]],
    [
      'allowed by nothing where the conditions exclude each other',
      [ifOne, ifOther],
      ['implicitDeny', 'false', ['one', 'other']],
    ],
    [
      'denied where one of those conditions is of a Deny',
      [ifOne, unlessOne],
      ['explicitDeny', 'false', ['one', 'unless']],
    ],
  ])('is %s', (_, parts, expected) => {
    expect(combine('all', parts)).toEqual(expected);
  });
});

describe('a capability of which one part is enough', () => {
  test.each<readonly [string, readonly [CellAnswer, CellAnswer], readonly unknown[]]>([
    ['allowed by the one that is', [allowed, explicit], ['allowed', 'true', ['a']]],
    ['allowed by the one that is, and not by a conditional one', [ifOne, allowed], ['allowed', 'true', ['a']]],
    ['denied explicitly where both are', [explicit, explicit], ['explicitDeny', 'false', ['d']]],
    ['denied implicitly where one of both is', [explicit, implicit], ['implicitDeny', 'false', ['d']]],
    ['conditional under the one that may hold', [ifOne, explicit], ['conditional', 'condition', ['one']]],
    ['unknown where only an unknown part may hold', [unknown, implicit], ['unknown', 'condition', ['gap']]],
    ['allowed where the conditions leave nothing out', [ifOne, unlessOne], ['allowed', 'true', ['one', 'unless']]],
  ])('is %s', (_, parts, expected) => {
    expect(combine('any', parts)).toEqual(expected);
  });
});

describe('a capability', () => {
  const withToken = { ...both, needsToken: true };
  const answers = new Map([
    ['ecr:A', allowed],
    ['ecr:B', allowed],
  ]);

  test('needs the token only where it says so, and a caller that needs none is not asked for it', () => {
    expect(combineCapability(withToken, answers, explicit).decision).toBe('explicitDeny');
    expect(combineCapability(both, answers, explicit).decision).toBe('allowed');
    expect(combineCapability(withToken, answers, null).decision).toBe('allowed');
  });

  test('is allowed by nothing where an action was left out because nothing can allow it', () => {
    expect(combineCapability(both, new Map([['ecr:A', allowed]]), null)).toEqual(NOTHING_ALLOWS);
  });

  test('carries the residual, and the limits of the parts that decided, each once', () => {
    const limits = [{ code: 'sessionTags', message: 'm' }] as const;
    const combined = combineCapability(
      both,
      new Map([
        ['ecr:A', { ...ifOne, limits }],
        ['ecr:B', { ...allowed, limits }],
      ]),
      null,
    );
    expect(combined.limits).toEqual(limits);
    expect(combined.residual).toEqual({ operator: 'StringEquals', key: 'aws:SourceVpce', values: ['vpce-1'] });
    const denied = new Map([
      ['ecr:A', { ...allowed, limits }],
      ['ecr:B', implicit],
    ]);
    expect(combineCapability(both, denied, null).limits).toEqual(implicit.limits);
  });
});

test('reasons are the same by what they say, not by where they come from', () => {
  expect(reasonKey(reason('a', 'Allow'))).toBe(reasonKey(reason('a', 'Allow')));
  expect(reasonKey(reason('a', 'Allow'))).not.toBe(reasonKey(reason('a', 'Deny')));
});
