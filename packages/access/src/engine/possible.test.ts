import { type Formula, TRUE } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { ActionColumn } from './action-columns.ts';
import { BOUNDARY, type Contribution, FIRST_SCP, IDENTITY, RCP, RESOURCE, SESSION } from './contribution.ts';
import type { CallerFacts, TargetFacts } from './facts.ts';
import { callerPossible, isAnyPossible, possibleAt, targetPossible } from './possible.ts';

const MAYBE: Formula = { kind: 'unreadable', place: 'p', isGap: false };

const column: ActionColumn = {
  index: 1,
  resourceType: 'repository',
  actions: ['a', 'b', 'c', 'd'],
  mask: 0b1111,
  resourceMayAllow: true,
};

function statement(effect: 'Allow' | 'Deny', gate: number, mask: number, formula = TRUE): Contribution {
  // What the column with another index says is not asked.
  const masks = [0b1111, mask];
  const rest = { form: null, doubts: [], isBroken: false, asksRoleTags: false, reason: null };
  return { number: 0, weight: 0, gate, masks, effect, formula, ...rest };
}

const readInFull = { hasUnreadableDocument: false, hasAmbiguousTags: false, limits: [] };
const noOtherGates = { identityUnread: [], boundaryUnread: null, sessionUnread: null, scpUnread: null };
const caller: CallerFacts = { ...readInFull, ...noOtherGates, side: 'policies', isRole: false, rootReason: null };
const target: TargetFacts = { ...readInFull, resourceUnread: [], rcpUnread: [], areTagsUnread: false };

function ofCaller(contributions: readonly Contribution[], own: Partial<CallerFacts> = {}) {
  const { direct, through } = callerPossible({ ...caller, ...own }, contributions, [column]);
  return { direct: direct[0], through: through[0] };
}

function ofTarget(contributions: readonly Contribution[], own: Partial<TargetFacts> = {}, asked = column) {
  const facts = [{ ...target, ...own }];
  const { granted, notDenied } = targetPossible({ facts, isSameAccount: true }, contributions, [asked]);
  return { granted: granted[0], notDenied: notDenied[0] };
}

describe('what the side of a caller leaves', () => {
  test('is what its policies allow, whatever their conditions, and everything to a resource that decides alone', () => {
    const allows = [statement('Allow', IDENTITY, 0b0001), statement('Allow', IDENTITY, 0b0100, MAYBE)];
    expect(ofCaller(allows)).toEqual({ direct: 0b1111, through: 0b0101 });
    expect(ofCaller([])).toEqual({ direct: 0b1111, through: 0 });
    expect(ofCaller([statement('Deny', IDENTITY, 0b0001, MAYBE)])).toEqual({ direct: 0b1111, through: 0 });
  });

  test('is everything where it may do everything, or where its policies were not read', () => {
    expect(ofCaller([], { side: 'everything' })).toEqual({ direct: 0b1111, through: 0b1111 });
    expect(ofCaller([], { identityUnread: ['p'] })).toEqual({ direct: 0b1111, through: 0b1111 });
  });

  test.each([
    [BOUNDARY, 'boundaryUnread'],
    [SESSION, 'sessionUnread'],
  ] as const)('is no more than boundary and session policy allow, where there is one: gate %d', (gate, name) => {
    const allows = [statement('Allow', IDENTITY, 0b0011), statement('Allow', gate, 0b0110)];
    expect(ofCaller(allows)).toEqual({ direct: 0b1111, through: 0b0011 });
    expect(ofCaller(allows, { [name]: [] })).toEqual({ direct: 0b1111, through: 0b0010 });
    expect(ofCaller(allows, { [name]: ['p'] })).toEqual({ direct: 0b1111, through: 0b0011 });
  });

  test('is no more than every level of SCPs allows, past a resource that decides alone too', () => {
    const allows = [
      statement('Allow', IDENTITY, 0b1011),
      statement('Allow', FIRST_SCP, 0b0111),
      statement('Allow', FIRST_SCP + 1, 0b0110),
    ];
    expect(ofCaller(allows, { scpUnread: [[], []] })).toEqual({ direct: 0b0110, through: 0b0010 });
    expect(ofCaller(allows, { scpUnread: [[], ['p']] })).toEqual({ direct: 0b0111, through: 0b0011 });
  });

  test('loses what is denied without condition, in any gate, and nothing that is denied under one', () => {
    const all = statement('Allow', IDENTITY, 0b1111);
    for (const gate of [IDENTITY, BOUNDARY, FIRST_SCP, RCP]) {
      const denies = [
        statement('Deny', gate, 0b0001),
        statement('Deny', gate, 0b0100),
        statement('Deny', gate, 0b0010, MAYBE),
      ];
      expect(ofCaller([all, ...denies])).toEqual({ direct: 0b1010, through: 0b1010 });
    }
  });
});

describe('what the policies of a target leave', () => {
  test('is what they allow, whatever the conditions, and what they do not deny without one', () => {
    const statements = [
      statement('Allow', RESOURCE, 0b0001),
      statement('Allow', RESOURCE, 0b0010, MAYBE),
      statement('Deny', RESOURCE, 0b0001),
      statement('Deny', RCP, 0b0100),
      statement('Deny', RESOURCE, 0b0010, MAYBE),
      statement('Allow', RCP, 0b1000),
    ];
    expect(ofTarget(statements)).toEqual({ granted: 0b0011, notDenied: 0b1010 });
    expect(ofTarget([])).toEqual({ granted: 0, notDenied: 0b1111 });
  });

  test('is everything where they were not read', () => {
    expect(ofTarget([], { resourceUnread: ['p'] })).toEqual({ granted: 0b1111, notDenied: 0b1111 });
  });

  test('allows nothing where only an identity policy can, and denies as ever', () => {
    const statements = [statement('Allow', RESOURCE, 0b0011), statement('Deny', RESOURCE, 0b0001)];
    const asked = { ...column, resourceMayAllow: false };
    expect(ofTarget(statements, {}, asked)).toEqual({ granted: 0, notDenied: 0b1110 });
    expect(ofTarget([], { resourceUnread: ['p'] }, asked)).toEqual({ granted: 0, notDenied: 0b1111 });
  });
});

describe('what caller and target leave together', () => {
  const ofBoth = { direct: [0, 0b1011], through: [0, 0b0010] };
  const left = { granted: [0, 0b0111], notDenied: [0, 0b1110] };

  test('within one account either side is enough, and neither where it is denied', () => {
    expect(possibleAt(1, ofBoth, { ...left, isSameAccount: true })).toBe(0b0010);
    const wide = { ...left, isSameAccount: true, notDenied: [0, 0b1111] };
    expect(possibleAt(1, ofBoth, wide)).toBe(0b0011);
    expect(possibleAt(1, { direct: [0, 0], through: [0, 0b1000] }, wide)).toBe(0b1000);
  });

  test('across accounts it takes both', () => {
    const across = { ...left, isSameAccount: false };
    expect(possibleAt(1, ofBoth, across)).toBe(0b0010);
    expect(possibleAt(1, { direct: [0, 0b1111], through: [0, 0b1000] }, across)).toBe(0);
    expect(possibleAt(1, ofBoth, { ...across, notDenied: [0, 0b1101] })).toBe(0);
  });

  test('something is possible if it is in any column, the last included', () => {
    const target = { ...left, isSameAccount: false };
    expect(isAnyPossible(ofBoth, target)).toBe(true);
    expect(isAnyPossible({ ...ofBoth, through: [0, 0] }, target)).toBe(false);
    expect(isAnyPossible({ direct: [1], through: [1] }, { isSameAccount: false, granted: [1], notDenied: [1] })).toBe(
      true,
    );
    expect(isAnyPossible({ direct: [], through: [] }, { isSameAccount: true, granted: [], notDenied: [] })).toBe(false);
  });
});
