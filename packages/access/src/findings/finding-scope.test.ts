import { type Arbitrary, array, assert, constantFrom, nat, pre, property, record, subarray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FindingScope, inOrder, isScopeWithin, scopeGrowth } from './finding-scope.ts';
import { scopeConditions } from './scope-conditions.ts';

const arn = (name: string, region = 'eu-west-1'): string => `arn:aws:ecr:${region}:111122223333:repository/${name}`;
const whole = (region = 'eu-west-1'): string => arn('*', region);
const scope = (more: Partial<FindingScope> = {}): FindingScope => ({
  repositories: [arn('a'), arn('b')],
  rights: ['ecr:DeleteRepository', 'ecr:PutImage'],
  conditions: [],
  principals: ['AROA1', 'AROA2'],
  ...more,
});
const mfa = 'if aws:MultiFactorAuthPresent is true';
const vpc = 'if aws:SourceVpce is vpce-1';
const on = (right: string): FindingScope => scope({ conditions: [`${right} in *: ${mfa}`] });
const line = (who: string, rights: string, where: string): string => `for ${who}: ${rights} in ${where}: ${mfa}`;
const ofRegistry = (region: string): string => `ecr:PutRegistryPolicy in registry:111122223333/${region}: ${mfa}`;

describe('a scope is within another one', () => {
  test.each([
    ['the same', {}],
    ['fewer repositories', { repositories: [arn('a')] }],
    ['fewer rights', { rights: ['ecr:PutImage'] }],
    ['fewer principals', { principals: ['AROA2'] }],
    ['a condition, where there was none', { conditions: [mfa] }],
  ])('with %s', (_, more) => {
    expect(isScopeWithin(scope(more), scope())).toBe(true);
  });

  test('with a new repository of a registry of which everything was approved', () => {
    const approved = scope({ toCome: [whole()] });
    expect(isScopeWithin(scope({ repositories: [arn('a'), arn('b'), arn('c')], toCome: [whole()] }), approved)).toBe(
      true,
    );
  });

  test.each([
    ['a right less', { rights: ['ecr:PutImage'], conditions: [`for AROA1: ecr:PutImage in ${arn('a')}: ${mfa}`] }],
    ['a repository less', { repositories: [arn('b')], conditions: [] }],
    ['a holder less', { principals: ['AROA2'], conditions: [] }],
    ['the condition on more', { conditions: [mfa] }],
  ])('with %s, where a part hung on a condition', (_, more) => {
    const approved = scope({ conditions: [`for AROA1: ecr:DeleteRepository, ecr:PutImage in ${arn('a')}: ${mfa}`] });
    expect(isScopeWithin(scope(more), approved)).toBe(true);
  });
});

describe('a scope has grown', () => {
  test.each([
    ['a repository', { repositories: [arn('a'), arn('b'), arn('c')] }, { repositories: [arn('c')] }],
    ['a right', { rights: ['ecr:DeleteRepository', 'ecr:PutImage', 'x'] }, { rights: ['x'] }],
    ['a principal', { principals: ['AROA1', 'AROA2', 'AROA3'] }, { principals: ['AROA3'] }],
    ['whatever will be made in a registry', { toCome: [whole()] }, { toCome: [whole()] }],
  ])('by %s', (_, more, growth) => {
    expect(scopeGrowth(scope(more), scope())).toMatchObject(growth);
    expect(isScopeWithin(scope(more), scope())).toBe(false);
  });

  test('by a repository of another registry than the one of which everything was approved', () => {
    const now = scope({ repositories: [arn('a'), arn('b'), arn('c', 'us-east-1')], toCome: [whole()] });
    expect(scopeGrowth(now, scope({ toCome: [whole()] }))).toMatchObject({ repositories: [arn('c', 'us-east-1')] });
  });

  test.each([
    ['is gone', []],
    ['is another one', [vpc]],
    ['holds for a part only', [`ecr:PutImage in ${arn('a')}: ${mfa}`]],
  ])('where the condition on all of it %s', (_, conditions) => {
    expect(scopeGrowth(scope({ conditions }), scope({ conditions: [mfa] })).lostConditions).toEqual([mfa]);
  });

  test('where a condition moved from one right to another', () => {
    expect(isScopeWithin(on('ecr:PutImage'), on('ecr:DeleteRepository'))).toBe(false);
  });

  test('where a condition is gone for one of its places, rights or holders', () => {
    const approved = scope({ conditions: [line('AROA1 AROA2', 'ecr:DeleteRepository, ecr:PutImage', whole())] });
    for (const now of [
      line('AROA1', 'ecr:DeleteRepository, ecr:PutImage', whole()),
      line('AROA1 AROA2', 'ecr:PutImage', whole()),
      line('AROA1 AROA2', 'ecr:DeleteRepository, ecr:PutImage', arn('a')),
    ]) {
      expect(isScopeWithin(scope({ conditions: [now] }), approved)).toBe(false);
    }
    const inTwo = [line('AROA1', 'ecr:DeleteRepository, ecr:PutImage', '*'), line('AROA2', 'ecr:PutImage', '*')];
    expect(isScopeWithin(scope({ conditions: inTwo }), approved)).toBe(false);
    expect(isScopeWithin(scope({ conditions: [...inTwo, line('AROA2', 'ecr:DeleteRepository', '*')] }), approved)).toBe(
      true,
    );
  });

  test('where a repository that came later does not hang on what was approved for all', () => {
    const approved = scope({ toCome: [whole()], conditions: [mfa], principals: ['AROA1'] });
    const now = { ...approved, repositories: [arn('a'), arn('b'), arn('c')] };
    const rights = 'ecr:DeleteRepository, ecr:PutImage';
    expect(isScopeWithin(now, approved)).toBe(true);
    expect(isScopeWithin({ ...now, conditions: [`${rights} in ${arn('a')} ${arn('b')}: ${mfa}`] }, approved)).toBe(
      false,
    );
  });

  test('where the condition on a setting of all registries of an account is gone', () => {
    const rights = ['ecr:PutRegistryPolicy', 'every registry of 111122223333'];
    const approved = { repositories: [], rights, conditions: [ofRegistry('eu-west-1'), ofRegistry('us-east-1')] };
    expect(scopeGrowth({ ...approved, conditions: [ofRegistry('us-east-1')] }, approved).lostConditions).toEqual([
      ofRegistry('eu-west-1'),
    ]);
  });
});

const someOf = (texts: readonly string[]): Arbitrary<string[]> => subarray([...texts], { minLength: 1 });
const RIGHTS = ['ecr:DeleteRepository', 'ecr:PutImage', 'ecr:SetRepositoryPolicy'];
const ARNS = ['a', 'b', 'c'].map((name) => arn(name));
const IDS = ['AROA1', 'AROA2', 'AROA3:session-name'];

interface Cell {
  readonly right: string;
  readonly where: string;
  readonly who: string;
  readonly condition: string | null;
}

/** All that some hold of some rights in some places, each under a condition or none. */
const cells: Arbitrary<Cell[]> = record({ rights: someOf(RIGHTS), places: someOf(ARNS), ids: someOf(IDS) }).chain(
  ({ rights, places, ids }) => {
    const all = rights.flatMap((right) => places.flatMap((where) => ids.map((who) => ({ right, where, who }))));
    const conditions = array(constantFrom(null, mfa, vpc), { minLength: all.length, maxLength: all.length });
    return conditions.map((each) => all.map((cell, index) => ({ ...cell, condition: each[index] ?? null })));
  },
);

function scopeOf(held: readonly Cell[]): FindingScope {
  return {
    repositories: inOrder(held.map(({ where }) => where)),
    rights: inOrder(held.map(({ right }) => right)),
    principals: inOrder(held.map(({ who }) => who)),
    conditions: inOrder(scopeConditions(held)),
  };
}

/** Cell by cell: what is held now was held before, under the same condition or none. */
function isHeldBefore(now: readonly Cell[], before: readonly Cell[]): boolean {
  return now.every(({ right, where, who, condition }) =>
    before.some(
      (cell) =>
        cell.right === right &&
        cell.where === where &&
        cell.who === who &&
        (cell.condition === null || cell.condition === condition),
    ),
  );
}

function isRightlyWithin(now: readonly Cell[], before: readonly Cell[]): boolean {
  return !isScopeWithin(scopeOf(now), scopeOf(before)) || isHeldBefore(now, before);
}

describe('any scopes', () => {
  test('are within themselves', () => {
    assert(
      property(cells, (held) => {
        expect(isScopeWithin(scopeOf(held), scopeOf(held))).toBe(true);
      }),
    );
  });

  test('are within another one only if every cell of it is: no growth is passed by', () => {
    assert(
      property(cells, cells, (now, before) => {
        expect(isRightlyWithin(now, before)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('that lose rights, places or holders as a whole stay within', () => {
    assert(
      property(cells, someOf(RIGHTS), someOf(ARNS), someOf(IDS), (before, rights, places, ids) => {
        const now = before.filter(
          ({ right, where, who }) => rights.includes(right) && places.includes(where) && ids.includes(who),
        );
        expect(isScopeWithin(scopeOf(now), scopeOf(before))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('of which a condition becomes another one, or none, are not within', () => {
    assert(
      property(cells, nat(), constantFrom(null, mfa, vpc), (before, at, condition) => {
        const index = at % before.length;
        const was = before[index]?.condition ?? null;
        pre(was !== null && was !== condition);
        const now = before.map((cell, place) => (place === index ? { ...cell, condition } : cell));
        expect(isScopeWithin(scopeOf(now), scopeOf(before))).toBe(false);
      }),
    );
  });
});
