import { expect, test } from 'vitest';
import type { Residual } from '../answer.ts';
import { givesNoMore } from './compare-answers.ts';

const vpce: Residual = { operator: 'StringEquals', key: 'aws:SourceVpce', values: ['vpce-1'] };
const mfa: Residual = { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] };
const under = (residual: Residual) => ({ decision: 'conditional', residual }) as const;
const allowed = { decision: 'allowed', residual: null } as const;
const unknown = { decision: 'unknown', residual: null } as const;

test.each([
  ['a denial gives no more than anything', null, null, true],
  ['access is more than a denial', allowed, null, false],
  ['an allow is more than a condition', allowed, under(vpce), false],
  ['a condition is no more than an allow', under(vpce), allowed, true],
  ['the same condition is the same', under(vpce), under(vpce), true],
  ['another condition may be more', under(mfa), under(vpce), false],
  ['both conditions are no more than one', under({ all: [vpce, mfa] }), under(vpce), true],
  ['one condition is more than both', under(vpce), under({ all: [vpce, mfa] }), false],
  ['one of two ways is no more than both ways', under(vpce), under({ any: [mfa, vpce] }), true],
  ['two ways are more than one', under({ any: [mfa, vpce] }), under(vpce), false],
  ['what is not known is more than a condition', unknown, under(vpce), false],
  ['what is not known is no more than itself', unknown, unknown, true],
  ['an allow is more than what is not known', allowed, unknown, false],
] as const)('%s', (_, one, other, expected) => {
  expect(givesNoMore(one, other)).toBe(expected);
});
