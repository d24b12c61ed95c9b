import { describe, expect, test } from 'vitest';

import { type Atom, FALSE, type Formula, formulaId, type Junction, TRUE } from './formula.ts';
import { firstSpelled, gather } from './gather.ts';

function tag(name: string, key = 'aws:PrincipalTag'): Atom {
  return { kind: 'condition', operator: 'StringEquals', key: `${key}/${name}`, values: ['x'], isGap: false };
}

function not(of: Atom): Formula {
  return { kind: 'not', of };
}

function joined(kind: Junction, ...of: readonly Formula[]): Formula {
  return { kind, of };
}

const unread: Formula = { kind: 'unreadable', place: 'p', isGap: true };

function gathered(junction: Junction, ...formulas: readonly Formula[]): readonly Formula[] | null {
  const members = gather(junction, formulas);
  for (const [id, member] of members ?? []) {
    expect(id).toBe(formulaId(member));
  }
  return members === null ? null : [...members.values()];
}

describe.each([
  ['all', 'any', FALSE, TRUE],
  ['any', 'all', TRUE, FALSE],
] as const)('the members of %s', (junction, inner, deciding, neutral) => {
  test('are each there once, those of a junction of the same kind among them', () => {
    const nested = joined(junction, tag('b'), unread);
    expect(gathered(junction, tag('a'), nested, tag('a'), unread)).toEqual([tag('a'), tag('b'), unread]);
  });

  test('stay together where they are a junction of the other kind', () => {
    const other = joined(inner, tag('a'), tag('b'));
    expect(gathered(junction, other, tag('c'))).toEqual([other, tag('c')]);
  });

  test('are none where one of them decides it, outright or within a junction of the same kind', () => {
    expect(gathered(junction, tag('a'), deciding)).toBeNull();
    expect(gathered(junction, tag('a'), joined(junction, tag('b'), deciding))).toBeNull();
  });

  test('leave out what changes nothing, outright or within a junction of the same kind', () => {
    expect(gathered(junction, neutral, tag('a'), joined(junction, neutral, tag('b')))).toEqual([tag('a'), tag('b')]);
    expect(gathered(junction, neutral)).toEqual([]);
  });

  test('are spelled the same in whatever order they come', () => {
    const [first, second] = [tag('Team'), tag('team')];
    for (const order of [
      [first, second],
      [second, first],
      [joined(junction, second, tag('a')), joined(junction, first, tag('a'))],
    ]) {
      expect(gathered(junction, ...order)?.[0]).toBe(first);
    }
  });
});

describe('of two spellings of one formula', () => {
  const [first, second] = [tag('Team'), tag('team')];

  test.each<readonly [string, (atom: Atom) => Formula]>([
    ['a condition', (atom) => atom],
    ['its opposite', not],
    ['a junction that holds it first', (atom) => joined('all', atom, tag('z'))],
    ['a junction that holds it last', (atom) => joined('any', tag('a'), atom)],
    [
      'a junction that holds its opposite deep inside',
      (atom) => joined('all', tag('a'), joined('any', unread, not(atom))),
    ],
  ])('the first one stays, in either order: %s', (_title, wrap) => {
    const [left, right] = [wrap(first), wrap(second)];
    expect(formulaId(left)).toBe(formulaId(right));
    expect(firstSpelled(left, right)).toBe(left);
    expect(firstSpelled(right, left)).toBe(left);
  });

  test('the first part that is spelled differently decides, whatever comes after it', () => {
    const left = joined('all', tag('A'), tag('z', 'aws:principaltag'));
    const right = joined('all', tag('a'), tag('z', 'AWS:PRINCIPALTAG'));
    expect(firstSpelled(left, right)).toBe(left);
    expect(firstSpelled(right, left)).toBe(left);
  });

  test('the one that was there stays where both are spelled alike', () => {
    const makers: readonly (() => Formula)[] = [
      () => tag('a'),
      () => ({ ...unread }),
      () => joined('any', tag('a'), not(tag('b')), { ...unread }),
    ];
    for (const make of makers) {
      const known = make();
      expect(firstSpelled(known, make())).toBe(known);
    }
  });
});
