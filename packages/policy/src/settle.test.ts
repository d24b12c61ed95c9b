import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ABSENT, type KeyValue, present, type RequestContext } from './context.ts';
import { type Atom, FALSE, type Formula, formulaId, TRUE } from './formula.ts';
import { all, any, not, substitute } from './simplify.ts';
import { matchCondition } from './match-condition.ts';
import { parseConditions } from './parse-condition.ts';
import { Place } from './place.ts';
import { settle } from './settle.ts';

const RUNS = { numRuns: 1500, seed: 20261122 };

function condition(operator: string, key: string, ...values: readonly string[]): Atom {
  return { kind: 'condition', operator, key, values, isGap: false };
}

/** What an atom comes to in each of the requests below, where every key is known. */
function truthsOf(atom: Atom): readonly boolean[] {
  const known = truths.get(formulaId(atom));
  if (known !== undefined) {
    return known;
  }
  if (atom.kind !== 'condition') {
    throw new TypeError('expected a condition');
  }
  const parsed = parseConditions({ [atom.operator]: { [atom.key]: atom.values } }, Place.document(null), '2012-10-17');
  const computed = requests.map((request) =>
    parsed.every((each) => each.kind === 'readable' && matchCondition(each.value, request).kind === 'true'),
  );
  truths.set(formulaId(atom), computed);
  return computed;
}

const truths = new Map<string, readonly boolean[]>();

const SINGLE = 'aws:SourceVpce';
const FLAG = 'aws:SecureTransport';
const LIST = 'aws:TagKeys';

const VALUES = ['a', 'ab', 'b', 'a*', '*b', '?', 'a?', '', 'arn:aws:s3:::b', 'arn:aws:s3:::*'];

const singleAtom = fc
  .record({
    operator: fc.constantFrom('StringEquals', 'StringLike', 'StringEqualsIgnoreCase', 'ArnLike', 'ArnEquals'),
    values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
  })
  .map(({ operator, values }) => condition(operator, SINGLE, ...values.toSorted()));

const listAtom = fc
  .record({
    operator: fc.constantFrom(
      'StringEquals',
      'StringLike',
      'ForAnyValue:StringEquals',
      'ForAllValues:StringEquals',
      'ForAllValues:StringLike',
    ),
    values: fc.uniqueArray(fc.constantFrom('a', 'b', 'a*'), { minLength: 1, maxLength: 2 }),
  })
  .map(({ operator, values }) => condition(operator, LIST, ...values.toSorted()));

const atom: fc.Arbitrary<Atom> = fc.oneof(
  { arbitrary: singleAtom, weight: 4 },
  { arbitrary: listAtom, weight: 2 },
  fc.constantFrom(SINGLE, FLAG, LIST).map((key) => condition('Null', key, 'true')),
  fc.constantFrom('true', 'false').map((value) => condition('Bool', FLAG, value)),
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

/** Requests that tell every atom above from every other: absence, each value, and values that nobody names. */
const singles: readonly KeyValue[] = [
  ABSENT,
  ...['a', 'ab', 'b', 'ax', 'xb', 'x', 'A', 'AB', '', 'xyz', 'axb', 'arn:aws:s3:::b', 'arn:aws:s3:::x'].map((text) =>
    present(text),
  ),
];
const flags: readonly KeyValue[] = [ABSENT, present('true'), present('false'), present('perhaps')];
const lists: readonly KeyValue[] = [
  ABSENT,
  present('a'),
  present('b'),
  present('ax'),
  present('x'),
  present('a', 'b'),
  present('a', 'x'),
  present('b', 'x'),
  present('a', 'ax', 'b', 'x'),
];

const requests: readonly RequestContext[] = singles.flatMap((single) =>
  flags.flatMap((flag) =>
    lists.map((list): RequestContext => {
      const keys = new Map([
        [SINGLE.toLowerCase(), single],
        [FLAG.toLowerCase(), flag],
        [LIST.toLowerCase(), list],
      ]);
      return { lookup: (key) => keys.get(key) ?? ABSENT };
    }),
  ),
);

function names(length: number): string[] {
  return Array.from({ length }, (_, index) => `v${index}`);
}

describe('settle', () => {
  test('never gives a constant that some request contradicts, and else leaves the formula as it is', () => {
    let settled = 0;
    fc.assert(
      fc.property(formula, (open) => {
        const result = settle(open);
        const isSettled = result.kind === 'true' || result.kind === 'false';
        const contradicting = requests.findIndex(
          (_, index) => substitute(open, (each) => truthsOf(each)[index] === true).kind !== result.kind,
        );
        settled += isSettled ? 1 : 0;
        expect(isSettled ? contradicting : result).toBe(isSettled ? -1 : open);
      }),
      RUNS,
    );
    // Were nearly everything left open, the property would say nothing.
    expect(settled).toBeGreaterThan(RUNS.numRuns / 20);
  });

  const vpce = (id: string): Atom => condition('StringEquals', SINGLE, id);

  test.each<readonly [string, Formula, Formula]>([
    ['one key cannot have two values at once', all([vpce('a'), vpce('b')]), FALSE],
    ['a value and absence exclude each other', all([vpce('a'), condition('Null', SINGLE, 'true')]), FALSE],
    ['whatever is not one value is not both', any([not(vpce('a')), not(vpce('b'))]), TRUE],
    ['a literal implies the pattern around it', any([not(vpce('ab')), condition('StringLike', SINGLE, 'a*')]), TRUE],
    [
      'a flag is true, false or absent',
      all([condition('Bool', FLAG, 'true'), condition('Bool', FLAG, 'false')]),
      FALSE,
    ],
    [
      'a list that is not there holds nothing',
      all([condition('Null', LIST, 'true'), condition('ForAnyValue:StringEquals', LIST, 'a')]),
      FALSE,
    ],
    [
      'keys are told apart whatever their case',
      all([vpce('a'), condition('StringEquals', SINGLE.toLowerCase(), 'b')]),
      FALSE,
    ],
  ])('sees that %s', (_title, open, expected) => {
    expect(settle(open)).toEqual(expected);
  });

  test.each<readonly [string, Formula]>([
    [
      'a key with a list may hold two values at once',
      all([condition('StringEquals', LIST, 'a'), condition('StringEquals', LIST, 'b')]),
    ],
    ['two patterns may overlap', all([condition('StringLike', SINGLE, 'a*'), condition('StringLike', SINGLE, '*b')])],
    ['a value that holds a variable is not literal', all([vpce('${aws:username}'), vpce('a')])],
    [
      'keys that differ by more than case are two',
      all([
        condition('StringEquals', 'aws:PrincipalTag/ss', 'a'),
        condition('StringEquals', 'aws:PrincipalTag/ß', 'b'),
      ]),
    ],
    ['a flag may be absent', any([condition('Bool', FLAG, 'true'), condition('Bool', FLAG, 'false')])],
  ])('leaves open that %s', (_title, open) => {
    expect(settle(open)).toBe(open);
  });

  test('leaves one condition alone as it is, even one that nothing meets, and what is settled already', () => {
    const never = condition('ArnEquals', SINGLE, 'b');
    expect(settle(never)).toBe(never);
    expect(settle(all([never, vpce('b')]))).toEqual(FALSE);
    expect([TRUE, FALSE].map(settle)).toEqual([TRUE, FALSE]);
  });

  test('tells apart what is about no key', () => {
    const [one, other] = ['p', 'q'].map((place): Atom => ({ kind: 'unreadable', place, isGap: false }));
    const open =
      one === undefined || other === undefined ? TRUE : any([all([one, vpce('a')]), all([other, vpce('b')])]);
    expect(settle(open)).toBe(open);
    expect(settle(all([open, vpce('c')]))).toEqual(FALSE);
  });

  test('settles as many statements on one key as real policies have, and many more', () => {
    const values = Array.from({ length: 2_000 }, (_, index) => vpce(`vpce-${index}`));
    expect(settle(all(values))).toEqual(FALSE);
    expect(settle(any(values.map(not)))).toEqual(TRUE);
    expect(settle(any([...values.slice(1), all(values.slice(0, 2))]))).toMatchObject({ kind: 'any' });
  });

  test.each<readonly [string, number, (length: number) => Formula]>([
    ['4,096 states', 4_093, (length) => all([vpce('x'), condition('StringEquals', SINGLE, ...names(length))])],
    [
      'exactly 8 million steps',
      1_999,
      (length) => all(names(length).map((name) => condition('StringEquals', SINGLE, name, `${name}x`))),
    ],
    ['8 million steps', 2_826, (length) => all(names(length).map((name) => vpce(name)))],
  ])('gives up beyond %s, and leaves the formula as it is', (_title, lengthMax, make) => {
    expect(settle(make(lengthMax))).toEqual(FALSE);
    const beyond = make(lengthMax + 1);
    expect(settle(beyond)).toBe(beyond);
  });

  test.each<readonly [string, readonly Atom[], boolean]>([
    ['Bool takes any case', [condition('Bool', FLAG, 'true'), condition('StringEquals', FLAG, 'TRUE')], true],
    [
      'StringEquals does not',
      [condition('StringEquals', FLAG, 'true'), condition('StringEquals', FLAG, 'TRUE')],
      false,
    ],
    ['ArnEquals takes ARNs only', [condition('ArnEquals', SINGLE, 'b'), condition('StringEquals', SINGLE, 'b')], false],
    [
      'a pattern may take the value',
      [condition('StringLike', SINGLE, 'b*'), condition('StringEquals', SINGLE, 'bc')],
      true,
    ],
    [
      'a pattern may take another',
      [condition('StringLike', SINGLE, 'c*'), condition('StringEquals', SINGLE, 'bc')],
      false,
    ],
    [
      'one of several values',
      [condition('StringEquals', SINGLE, 'a', 'b'), condition('StringEquals', SINGLE, 'b', 'c')],
      true,
    ],
    [
      'none of several values',
      [condition('StringEquals', SINGLE, 'a', 'b'), condition('StringEquals', SINGLE, 'c')],
      false,
    ],
  ])('compares as the operators do: %s', (_title, atoms, isPossible) => {
    expect(settle(all(atoms)).kind).toBe(isPossible ? 'all' : 'false');
  });

  test.each(['StringLike', 'IpAddress', 'NumericLessThan', 'StringEquals'])(
    'costs no more for 200 statements on one key with %s than for a few',
    (operator) => {
      const value = (index: number): string =>
        operator === 'IpAddress'
          ? `10.0.${index}.0/24`
          : operator === 'NumericLessThan'
            ? String(index)
            : `vpce-${index}*`;
      const open = any(Array.from({ length: 200 }, (_, index) => condition(operator, SINGLE, value(index))));
      expect(settle(open)).toBe(open);
    },
    10_000,
  );
});
