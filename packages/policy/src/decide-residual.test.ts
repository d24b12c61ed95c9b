import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ABSENT, type KeyValue, present, type RequestContext, UNKNOWN, UNREAD } from './context.ts';
import { decideFormula, decideResidual } from './decide-residual.ts';
import { type Atom, FALSE, type Formula, restsOnGap, TRUE } from './formula.ts';
import { matchCondition } from './match-condition.ts';
import { matchResourceTemplate } from './match-statement.ts';
import { parseConditions } from './parse-condition.ts';
import { Place } from './place.ts';
import { type Residual, toResidual } from './residual.ts';
import { settle } from './settle.ts';
import { all, any, not } from './simplify.ts';
import { parseTemplate } from './template.ts';

const RUNS = { numRuns: 2000, seed: 20261122 };

/** Keys with the operators, the values in policies and the values in requests that go with them. */
const KEYS = {
  'aws:SourceVpce': {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'],
    policy: [
      'a',
      'A',
      'b*',
      '*',
      '',
      '${aws:username}',
      "${aws:username, 'b'}",
      '${aws:TagKeys}',
      'x${aws:PrincipalType}',
    ],
    request: [present('a'), present('b'), present('xUser'), present('')],
  },
  'aws:TagKeys': {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    policy: ['a', 'b', 'a*', '*', '${aws:username}', '${aws:PrincipalType}*'],
    request: [present('a'), present('a', 'b'), present('ab', 'c', 'User'), present('b', 'a'), present()],
  },
  'aws:username': {
    operators: ['StringEquals', 'StringNotEquals', 'StringNotLike'],
    policy: ['a', 'b', '*a', '${aws:SourceVpce}'],
    request: [present('a'), present('b'), present('A*')],
  },
  'aws:PrincipalType': { operators: ['StringEquals'], policy: ['User'], request: [present('User'), present('Role')] },
  'aws:PrincipalArn': {
    operators: ['ArnLike', 'ArnNotEquals'],
    policy: ['arn:aws:iam::1:role/*', 'arn:aws:iam::1:user/${aws:username}'],
    request: [present('arn:aws:iam::1:user/a'), present('arn:aws:iam::1:role/a')],
  },
  'aws:SourceIp': {
    operators: ['IpAddress', 'NotIpAddress'],
    policy: ['10.0.0.0/8', '10.1.0.0/16', '::/0'],
    request: [present('10.1.2.3'), present('192.0.2.1'), present('::1')],
  },
  'aws:MultiFactorAuthAge': {
    operators: ['NumericLessThan', 'NumericGreaterThanEquals', 'NumericNotEquals'],
    policy: ['10', '3.5'],
    request: [present('10'), present('3'), present('many')],
  },
  'aws:CurrentTime': {
    operators: ['DateLessThan', 'DateGreaterThan', 'DateNotEquals'],
    policy: ['2026-11-22', '1700000000'],
    request: [present('2026-11-22T00:00:00Z'), present('2030-01-01')],
  },
  'aws:SecureTransport': {
    operators: ['Bool'],
    policy: ['true', 'FALSE'],
    request: [present('true'), present('false')],
  },
} satisfies Readonly<
  Record<
    string,
    { readonly operators: readonly string[]; readonly policy: readonly string[]; readonly request: readonly KeyValue[] }
  >
>;

const names = Object.keys(KEYS);
const RESOURCE = 'arn:aws:ecr:eu-west-1:1:repository/a';

/** What a policy says, before a request is known. */
type Said =
  | { readonly kind: 'condition'; readonly operator: string; readonly key: string; readonly values: readonly string[] }
  | { readonly kind: 'resource'; readonly pattern: string }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Said[] }
  | { readonly kind: 'not'; readonly of: Said };

const condition: fc.Arbitrary<Said> = fc.constantFrom(...Object.entries(KEYS)).chain(([key, { operators, policy }]) =>
  fc
    .record({
      prefix: fc.constantFrom('', '', 'ForAllValues:', 'ForAnyValue:'),
      operator: fc.constantFrom(...operators),
      suffix: fc.constantFrom('', '', 'IfExists'),
      values: fc.uniqueArray(fc.constantFrom<string>(...policy), { minLength: 1, maxLength: 3 }),
      isNull: fc.constantFrom('true', 'false', null, null, null, null, null, null),
    })
    .map(({ prefix, operator, suffix, values, isNull }): Said =>
      isNull === null
        ? { kind: 'condition', operator: `${prefix}${operator}${suffix}`, key, values }
        : { kind: 'condition', operator: 'Null', key, values: [isNull] },
    ),
);

const said: fc.Arbitrary<Said> = fc.letrec<{ readonly said: Said }>((tie) => ({
  said: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc
      .constantFrom('${aws:username}', '*${aws:PrincipalType}', "${aws:username, 'a'}", '${aws:TagKeys}', '*')
      .map((name): Said => ({ kind: 'resource', pattern: `arn:aws:ecr:*:*:repository/${name}` })),
    fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('said'), { maxLength: 4 }) }),
    fc.record({ kind: fc.constant('not' as const), of: tie('said') }),
  ),
})).said;

type Keys = ReadonlyMap<string, KeyValue>;

/** Every key present or absent, and so all that a request can say. */
const request: fc.Arbitrary<Keys> = fc
  .record(
    Object.fromEntries(
      Object.entries(KEYS).map(([key, { request: values }]) => [key, fc.constantFrom<KeyValue>(ABSENT, ...values)]),
    ),
  )
  .map((values) => new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value])));

function contextOf(keys: Keys, known: readonly string[] = names, otherwise: KeyValue = UNKNOWN): RequestContext {
  const told = new Set(known.map((key) => key.toLowerCase()));
  return { lookup: (key) => (told.has(key) ? (keys.get(key) ?? ABSENT) : otherwise) };
}

function match(policy: Said, context: RequestContext): Formula {
  switch (policy.kind) {
    case 'all':
      return all(policy.of.map((part) => match(part, context)));
    case 'any':
      return any(policy.of.map((part) => match(part, context)));
    case 'not':
      return not(match(policy.of, context));
    case 'resource': {
      const pattern = parseTemplate(policy.pattern, { wildcards: true, variables: true }, 'test');
      return pattern.kind === 'readable' ? matchResourceTemplate(pattern.value, RESOURCE, context) : FALSE;
    }
    case 'condition': {
      const input = { [policy.operator]: { [policy.key]: policy.values } };
      const [parsed] = parseConditions(input, Place.document(null), '2012-10-17');
      if (parsed?.kind !== 'readable') {
        throw new TypeError(parsed?.problem.message ?? 'expected a condition');
      }
      return matchCondition(parsed.value, context);
    }
  }
}

describe('deciding later', () => {
  test('what a policy leaves open says what the policy says of the whole request', () => {
    fc.assert(
      fc.property(said, request, fc.subarray(names), (policy, keys, known) => {
        const open = match(policy, contextOf(keys, known));
        expect(decideFormula(open, contextOf(keys))).toEqual(match(policy, contextOf(keys)));
      }),
      RUNS,
    );
  });

  test('step by step comes to the same as at once, with all that was told before or with the news alone', () => {
    fc.assert(
      fc.property(said, request, fc.shuffledSubarray(names, { minLength: 4 }), (policy, keys, order) => {
        const whole = match(policy, contextOf(keys));
        let again = match(policy, contextOf(keys, []));
        let byNews = again;
        for (const [index, key] of order.entries()) {
          again = decideFormula(again, contextOf(keys, order.slice(0, index + 1)));
          byNews = decideFormula(byNews, contextOf(keys, [key]));
        }
        expect(decideFormula(again, contextOf(keys))).toEqual(whole);
        expect(decideFormula(byNews, contextOf(keys))).toEqual(whole);
        expect(order.length === names.length ? again : whole).toEqual(whole);
      }),
      RUNS,
    );
  });

  test('never says more than is known: what is decided early holds in every request that goes on from there', () => {
    fc.assert(
      fc.property(said, request, request, fc.subarray(names), (policy, keys, others, known) => {
        const early = decideFormula(match(policy, contextOf(keys, [])), contextOf(keys, known));
        const isKnown = new Set(known.map((name) => name.toLowerCase()));
        const going = new Map(
          [...others].map(([key, value]) => [key, isKnown.has(key) ? (keys.get(key) ?? value) : value]),
        );
        const whole = match(policy, contextOf(going));
        expect(early.kind === 'true' || early.kind === 'false' ? early : whole).toEqual(whole);
      }),
      RUNS,
    );
  });

  test('a residual, as JSON, gives yes, no or a residual', () => {
    fc.assert(
      fc.property(said, request, (policy, keys) => {
        const residual = toResidual(settle(match(policy, contextOf(keys, []))));
        fc.pre(residual !== null);
        expect(decideResidual(residual, contextOf(keys))).toBe(match(policy, contextOf(keys)).kind === 'true');
        expect(decideResidual(JSON.parse(JSON.stringify(residual)), contextOf(keys, []))).not.toBeTypeOf('boolean');
      }),
      { ...RUNS, numRuns: 500 },
    );
  });
});

describe('what could not be read', () => {
  const tagged: Said = {
    kind: 'condition',
    operator: 'StringEquals',
    key: 'aws:SourceVpce',
    values: ['a', '${aws:username}'],
  };
  const vpce = new Map([['aws:sourcevpce', present('b')]]);

  test('stays open as a gap, whatever else is told', () => {
    const gap: Atom = { kind: 'unreadable', place: 'policy p', isGap: true };
    const left = decideFormula(all([gap, match(tagged, contextOf(vpce, []))]), contextOf(vpce, ['aws:SourceVpce']));
    expect(restsOnGap(left)).toBe(true);
    expect(decideFormula(any([gap, TRUE]), contextOf(vpce, []))).toEqual(TRUE);
  });

  test('is a gap where it is the key of a condition, the variable in one, or the variable in a resource', () => {
    const named: Said = { kind: 'resource', pattern: 'arn:aws:ecr:*:*:repository/${aws:username}' };
    const unread: RequestContext = { lookup: (key) => (key === 'aws:username' ? UNREAD : UNKNOWN) };
    const onKey: Said = { kind: 'condition', operator: 'StringEquals', key: 'aws:username', values: ['a'] };
    for (const policy of [onKey, tagged, named]) {
      const open = match(policy, unread);
      expect(restsOnGap(open)).toBe(true);
      expect(decideFormula(open, contextOf(new Map(), []))).toBe(open);
      expect(restsOnGap(decideFormula(open, contextOf(vpce, ['aws:SourceVpce'])))).toBe(true);
      expect(decideFormula(open, contextOf(new Map([['aws:username', present('a')]])))).toEqual(
        policy === tagged ? FALSE : TRUE,
      );
    }
    expect(restsOnGap(match(tagged, { lookup: () => UNKNOWN }))).toBe(false);
  });

  test('is no gap where it is only not told yet, though a part of the condition was', () => {
    const left = decideFormula(match(tagged, contextOf(vpce, [])), contextOf(vpce, ['aws:SourceVpce']));
    expect(toResidual(left)).toEqual({ operator: 'StringEquals', key: 'aws:SourceVpce', values: ['${aws:username}'] });
    expect(restsOnGap(left)).toBe(false);
  });
});

test('several values of a key that are compared with an open variable stay one question', () => {
  const tags: Said = {
    kind: 'condition',
    operator: 'ForAllValues:StringEquals',
    key: 'aws:TagKeys',
    values: ['a', '${aws:username}'],
  };
  const keys = new Map([
    ['aws:tagkeys', present('a', 'b')],
    ['aws:username', present('b')],
  ]);
  const open = match(tags, contextOf(keys, ['aws:TagKeys']));
  expect(toResidual(open)).toEqual({
    operator: 'ForAllValues:StringEquals',
    key: 'aws:TagKeys',
    values: ['${aws:username}', 'a'],
  });
  expect(decideFormula(open, contextOf(keys))).toEqual(TRUE);
  expect(decideFormula(open, contextOf(new Map([...keys, ['aws:username', present('c')]])))).toEqual(FALSE);
  // One value alone is compared with what may still match it.
  expect(toResidual(match(tags, contextOf(new Map([['aws:tagkeys', present('b')]]), ['aws:TagKeys'])))).toEqual({
    operator: 'StringEquals',
    key: 'aws:TagKeys',
    values: ['${aws:username}'],
  });
});

test.each<readonly [string, Residual]>([
  ['a condition with an unknown operator', { operator: 'Futuristic', key: 'aws:username', values: ['a'] }],
  ['a condition whose value is none of its kind', { operator: 'IpAddress', key: 'aws:SourceIp', values: ['here'] }],
  ['a resource with a variable that is not closed', { resource: RESOURCE, pattern: 'arn:*:${aws:username' }],
])('what a residual from elsewhere holds that cannot be read stays open: %s', (_, residual) => {
  expect(decideResidual(residual, { lookup: () => ABSENT })).toEqual(residual);
});
