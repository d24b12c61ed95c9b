import { describe, expect, test } from 'vitest';

import { ABSENT, type KeyValue, present, UNKNOWN, UNREAD } from './context.ts';
import { FALSE, type Formula, TRUE } from './formula.ts';
import { matchCondition } from './match-condition.ts';
import { parseConditions } from './parse-condition.ts';
import { Place } from './place.ts';
import { not } from './simplify.ts';

const KEY = 'aws:SourceVpce';
const TEAM = '${aws:PrincipalTag/Team}';
const TEAM_SHOWN = '${aws:principaltag/team}';

function matched(operator: string, values: readonly unknown[], value: KeyValue, team: KeyValue = ABSENT): Formula {
  const [parsed] = parseConditions({ [operator]: { [KEY]: values } }, Place.document(null), '2012-10-17');
  if (parsed?.kind !== 'readable') {
    throw new TypeError(parsed?.problem.message ?? 'no condition');
  }
  return matchCondition(parsed.value, { lookup: (key) => (key === KEY.toLowerCase() ? value : team) });
}

function condition(operator: string, values: readonly string[], isGap = false): Formula {
  return { kind: 'condition', operator, key: KEY, values, isGap };
}

const isMissing = condition('Null', ['true']);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
describe('a key with several values', () => {
  test.each<readonly [string, boolean, boolean, boolean]>([
    ['StringEquals', true, true, false],
    ['StringNotEquals', false, false, true],
    ['ForAllValues:StringEquals', true, false, false],
    ['ForAllValues:StringNotEquals', false, false, true],
    ['ForAnyValue:StringEquals', true, true, false],
    ['ForAnyValue:StringNotEquals', false, true, true],
  ])('%s: all of them named %s, one of two %s, none %s', (operator, all, one, none) => {
    const kinds = [present('a', 'b'), present('a', 'x'), present('x', 'y')].map(
      (value) => matched(operator, ['a', 'b'], value).kind,
    );
    expect(kinds).toEqual([all, one, none].map(String));
  });

  test('is about all that the policy names where a variable is open, since its values are not told', () => {
    const several = present('x', 'y');
    expect(matched('StringEquals', ['b', 'a', TEAM], several, UNKNOWN)).toEqual(
      condition('StringEquals', [TEAM_SHOWN, 'a', 'b']),
    );
    expect(matched('ForAllValues:StringEquals', ['a', TEAM], several, UNREAD)).toEqual(
      condition('ForAllValues:StringEquals', [TEAM_SHOWN, 'a'], true),
    );
    expect(matched('StringEqualsIfExists', [TEAM], several, UNKNOWN)).toEqual(condition('StringEquals', [TEAM_SHOWN]));
  });
});

test('of a key with one value, only the values that it may still be are left', () => {
  expect(matched('StringEquals', ['a', TEAM], present('x'), UNKNOWN)).toEqual(condition('StringEquals', [TEAM_SHOWN]));
  expect(matched('StringEquals', ['a', TEAM], present('a'), UNKNOWN)).toEqual(TRUE);
  expect(matched('StringNotEquals', ['a', TEAM], present('x'), UNREAD)).toEqual(
    not(condition('StringEquals', [TEAM_SHOWN], true)),
  );
});

describe('what is left of a condition on an unknown key is in one form', () => {
  test.each<readonly [string, readonly unknown[], Formula]>([
    ['StringNotEquals', ['b', 'a', 'b'], not(condition('StringEquals', ['a', 'b']))],
    ['ForAnyValue:StringNotEquals', ['a'], not(condition('ForAllValues:StringEquals', ['a']))],
    ['ForAllValues:StringNotEquals', ['a'], not(condition('ForAnyValue:StringEquals', ['a']))],
    ['Bool', [true, 'FALSE'], condition('Bool', ['false', 'true'])],
    // A missing key holds as it is, so that IfExists adds nothing.
    ['StringNotEqualsIfExists', ['a'], not(condition('StringEquals', ['a']))],
    ['ForAllValues:StringEqualsIfExists', ['a'], condition('ForAllValues:StringEquals', ['a'])],
    // Without values nothing matches, and every value of none does.
    ['StringEquals', [], FALSE],
    ['StringNotEquals', [], TRUE],
    ['ForAllValues:StringEquals', [], isMissing],
    ['ForAnyValue:StringNotEquals', [], not(isMissing)],
    // Whatever the key is, as long as it is there.
    ['StringLike', ['*'], not(isMissing)],
    ['StringLike', ['a', '**'], not(isMissing)],
    ['StringNotLike', ['*'], isMissing],
    ['ForAllValues:StringLike', ['*'], TRUE],
    ['StringLike', ['*a'], condition('StringLike', ['*a'])],
    ['StringLike', ['?*'], condition('StringLike', ['?*'])],
    ['StringLike', [''], condition('StringLike', [''])],
    ['StringEquals', ['*'], condition('StringEquals', ['*'])],
    // No ARN is a value too.
    ['ArnLike', ['*'], condition('ArnLike', ['*'])],
  ])('%s %j', (operator, values, expected) => {
    expect(matched(operator, values, UNKNOWN)).toEqual(expected);
  });

  test('and absent or so, where IfExists asks for no more', () => {
    expect(matched('StringEqualsIfExists', ['a'], UNKNOWN)).toEqual({
      kind: 'any',
      of: [isMissing, condition('StringEquals', ['a'])],
    });
  });

  test.each<readonly [KeyValue, boolean]>([
    [UNKNOWN, false],
    [UNREAD, true],
  ])('and rests on a gap where a variable could have been known: %o', (team, isGap) => {
    expect(matched('StringEquals', ['a', TEAM], UNKNOWN, team)).toEqual(
      condition('StringEquals', [TEAM_SHOWN, 'a'], isGap),
    );
  });
});

// What is known of the organization of an account that is not in ours.
describe('a key that certainly has none of some values', () => {
  const value: KeyValue = { kind: 'other', than: ['o-1', 'o-2/'] };
  test.each<readonly [string, readonly string[], Formula]>([
    ['StringEquals', ['o-1'], FALSE],
    ['StringNotEquals', ['o-1'], TRUE],
    ['StringEquals', ['o-12'], condition('StringEquals', ['o-12'])],
    ['StringEquals', ['o-1', 'o-3'], condition('StringEquals', ['o-3'])],
    ['StringLike', ['o-1*'], condition('StringLike', ['o-1*'])],
    ['StringLike', ['o-1?'], condition('StringLike', ['o-1?'])],
    ['StringEquals', ['o-2/'], FALSE],
    ['StringEquals', ['o-2/r-1/'], FALSE],
    ['StringLike', ['o-2/*'], FALSE],
    ['StringEquals', ['o-2'], condition('StringEquals', ['o-2'])],
    ['StringEquals', ['x/o-2/'], condition('StringEquals', ['x/o-2/'])],
    ['StringLike', ['*o-2/'], condition('StringLike', ['*o-2/'])],
    ['StringEquals', [''], condition('StringEquals', [''])],
  ])('%s %j', (operator, values, expected) => {
    expect(matched(operator, values, value)).toEqual(expected);
  });
});

describe('a key that begins with a prefix and ends in a name that no policy names', () => {
  const value: KeyValue = { kind: 'prefix', prefix: 'AROA1:' };
  test.each<readonly [string, readonly string[], Formula]>([
    ['StringEquals', ['AROA1:ci'], FALSE],
    ['StringNotEquals', ['AROA1:ci'], TRUE],
    ['StringEqualsIgnoreCase', ['aroa1:ci'], FALSE],
    ['StringLike', ['AROA1:*'], TRUE],
    ['StringLike', ['AROA2:*'], FALSE],
    ['StringLike', ['AROA1:c*'], condition('StringLike', ['AROA1:c*'])],
    ['ArnLike', ['AROA1:*'], condition('ArnLike', ['AROA1:*'])],
  ])('%s %j', (operator, values, expected) => {
    expect(matched(operator, values, value)).toEqual(expected);
  });
});
