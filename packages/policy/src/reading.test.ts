import { describe, expect, test } from 'vitest';

import type { Atom } from './formula.ts';
import { readAtom, type Reading } from './reading.ts';

const KEY = 'aws:SourceVpce';

function reading(operator: string, values: readonly string[], key = KEY): Reading {
  return readAtom({ kind: 'condition', operator, key, values, isGap: false }, 7);
}

/** What a reading says, but for its place and its operator, which are those that were given. */
function told({ literals, isPattern, isExact, whenAbsent }: Reading): readonly unknown[] {
  return [literals, isPattern, isExact, whenAbsent];
}

describe('an atom is read as one that names these values, may hold for others, holds for no other, and if absent', () => {
  test.each<readonly [string, readonly string[], readonly unknown[]]>([
    ['StringEquals', ['a', 'b'], [['a', 'b'], false, true, false]],
    ['StringEquals', ['a*'], [['a*'], false, true, false]],
    ['StringLike', ['a', '${*}'], [['a', '*'], false, true, false]],
    ['StringLike', ['a', 'b*', '?'], [['a'], true, false, false]],
    ['Bool', ['true'], [['true'], false, false, false]],
    ['ArnEquals', ['arn:aws:s3:::a'], [['arn:aws:s3:::a'], false, false, false]],
    ['ArnLike', ['arn:aws:s3:::a', 'arn:aws:s3:::*'], [['arn:aws:s3:::a'], true, false, false]],
    ['Null', ['true'], [[], false, false, true]],
    // Its truth does not follow from one literal value: of an open variable, of a case, of a list.
    ['StringEquals', ['a', '${aws:username}'], [null, true, false, false]],
    ['StringEquals', ['a', '${'], [null, true, false, false]],
    ['StringLike', ['team-${aws:username}'], [null, true, false, false]],
    ['StringEqualsIgnoreCase', ['a'], [null, true, false, false]],
    ['IpAddress', ['10.0.0.1'], [null, true, false, false]],
    ['ForAnyValue:StringEquals', ['a'], [null, true, false, false]],
    ['ForAllValues:StringEquals', ['a'], [null, true, false, true]],
    ['StringIs', ['a'], [null, true, false, false]],
  ])('%s %j', (operator, values, expected) => {
    const read = reading(operator, values);
    expect(told(read)).toEqual(expected);
    expect(read).toMatchObject({ index: 7, operator });
  });

  test('of a key that carries a list, whatever its case, no literal excludes another', () => {
    expect(told(reading('StringEquals', ['a'], 'AWS:TagKeys'))).toEqual([null, true, false, false]);
    expect(told(reading('Null', ['true'], 'aws:TagKeys'))).toEqual([[], false, false, true]);
  });

  test.each<Atom>([
    { kind: 'resource', resource: 'arn', pattern: '*', isGap: false },
    { kind: 'unreadable', place: 'p', isGap: false },
  ])('of $kind nothing of the kind is known', (atom) => {
    const read = readAtom(atom, 3);
    expect(told(read)).toEqual([null, false, false, null]);
    expect([read.index, read.operator, read.holdsFor('a')]).toEqual([3, null, false]);
  });
});

describe('an atom holds for a value as its operator does:', () => {
  test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
    ['StringEquals', ['a', 'b*'], ['a', 'b*'], ['A', 'bc', '']],
    ['StringLike', ['a', 'b*'], ['a', 'b', 'bc'], ['ab', 'A']],
    ['Bool', ['true'], ['true', 'TRUE'], ['false', '']],
    ['ArnEquals', ['b', 'arn:aws:s3:::*'], ['arn:aws:s3:::b'], ['b', 'arn:aws:s3::b']],
    ['ArnLike', ['arn:aws:*:::b'], ['arn:aws:s3:::b'], ['arn:aws:s3:::bc']],
    ['Null', ['true'], [], ['true']],
    ['IpAddress', ['10.0.0.1'], [], ['10.0.0.1']],
  ])('%s %j', (operator, values, held, others) => {
    const read = reading(operator, values);
    expect(held.filter((value) => !read.holdsFor(value))).toEqual([]);
    expect(others.filter((value) => read.holdsFor(value))).toEqual([]);
  });
});
