import { type Formula, TRUE } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { Decision, Reason } from '../answer.ts';
import type { ActionColumn } from './action-columns.ts';
import { createAnswerCatalogue } from './answer-catalogue.ts';
import { type Contribution, type ContributionCatalogue, IDENTITY, RESOURCE } from './contribution.ts';
import type { CallerFacts, TargetFacts } from './facts.ts';
import { createInterner } from './interner.ts';
import { callerPossible, targetPossible } from './possible.ts';
import { type CallerPart, createQuestions, type TargetPart } from './questions.ts';

const MAYBE: Formula = { kind: 'condition', operator: 'Bool', key: 'k', values: ['true'], isGap: false };

/** One of the few actions that a registry policy decides in its older scope too. */
const CREATE = 'ecr:CreateRepository';

const twoColumns: readonly ActionColumn[] = [
  { index: 0, resourceType: 'repository', actions: ['a', 'b', 'c'], mask: 0b111, resourceMayAllow: true },
  { index: 1, resourceType: 'repository', actions: ['d', CREATE], mask: 0b11, resourceMayAllow: false },
];

const readInFull = { hasUnreadableDocument: false, hasAmbiguousTags: false, limits: [] };
const noOtherGates = { identityUnread: [], boundaryUnread: null, sessionUnread: null, scpUnread: null };
const callerFacts: CallerFacts = { ...readInFull, ...noOtherGates, side: 'policies', isRole: false, rootReason: null };
const targetFacts: TargetFacts = { ...readInFull, resourceUnread: [], rcpUnread: [], areTagsUnread: false };

type Statement = Partial<Contribution> & Pick<Contribution, 'effect' | 'gate' | 'masks'>;

/** A few statements, callers and targets, and the questions about them; parts get their numbers in the order asked. */
function world(statements: readonly Statement[], { includeDenied = false, columns = twoColumns } = {}) {
  const contributions = statements.map((given, number): Contribution => ({
    number,
    weight: number,
    formula: TRUE,
    form: given.gate === RESOURCE ? 'direct' : null,
    doubts: [],
    isBroken: false,
    asksRoleTags: false,
    reason: {
      policyType: 'identity',
      policy: `p${number}`,
      statement: '0',
      effect: given.effect ?? 'Allow',
      via: 'attached',
    },
    ...given,
  }));
  const valueOf = (number: number): Contribution => {
    const found = contributions[number];
    if (found === undefined) {
      throw new Error('no such statement');
    }
    return found;
  };
  const catalogue: ContributionCatalogue = {
    valueOf,
    contributionOf: () => {
      throw new Error('nothing is added');
    },
  };
  const callers = createInterner<CallerFacts>();
  const targets = createInterner<readonly TargetFacts[]>();
  const answers = createAnswerCatalogue();
  const context = { columns, callerFacts: callers, targetFacts: targets, contributions: catalogue, answers };
  const questions = createQuestions({ ...context, actionAnswers: createInterner(), includeDenied });
  let parts = 0;
  const caller = (own: readonly number[], given: Partial<CallerFacts> = {}): CallerPart => {
    const facts = { ...callerFacts, ...given };
    return {
      number: (parts += 1) - 1,
      facts: callers.numberOf(JSON.stringify(facts), () => facts),
      contributions: own,
      possible: callerPossible(facts, own.map(valueOf), columns),
    };
  };
  const target = (
    own: readonly number[],
    isSameAccount = true,
    given: Partial<TargetFacts> = {},
    known = columns,
  ): TargetPart => {
    const facts = known.map(() => ({ ...targetFacts, ...given }));
    return {
      number: (parts += 1) - 1,
      facts: targets.numberOf(JSON.stringify(facts), () => facts),
      isSameAccount,
      contributions: own,
      possible: targetPossible({ facts, isSameAccount }, own.map(valueOf), columns),
    };
  };
  const told = (from: CallerPart, to: TargetPart): Record<string, string> =>
    Object.fromEntries(
      [...questions.valueOf(questions.answersTo(from, to))].map(([action, number]) => {
        const { decision, reasons } = answers.valueOf(number);
        return [action, [decision satisfies Decision, ...reasons.map(({ policy }) => policy)].join(' ')];
      }),
    );
  const limitsOf = (from: CallerPart, to: TargetPart): Record<string, string[]> =>
    Object.fromEntries(
      [...questions.valueOf(questions.answersTo(from, to))].map(([action, number]) => [
        action,
        answers.valueOf(number).limits.map(({ code }) => code),
      ]),
    );
  return { questions, caller, target, told, limitsOf };
}

describe('the answers to what a caller may do with a target', () => {
  test('are one for each action that comes out as access, in the columns of the statements about it', () => {
    const { caller, target, told } = world([
      { effect: 'Allow', gate: IDENTITY, masks: [0b011, 0b10] },
      { effect: 'Deny', gate: RESOURCE, masks: [0b010, 0] },
      { effect: 'Allow', gate: RESOURCE, masks: [0b100, 0b11], formula: MAYBE },
    ]);
    expect(told(caller([0]), target([1, 2]))).toEqual({ a: 'allowed p0', c: 'conditional p2', [CREATE]: 'allowed p0' });
    expect(told(caller([]), target([]))).toEqual({});
  });

  test('tell apart whether both are in one account', () => {
    const { caller, target, told } = world([
      { effect: 'Allow', gate: IDENTITY, masks: [0b011, 0b01] },
      { effect: 'Allow', gate: RESOURCE, masks: [0b110, 0b11] },
    ]);
    const from = caller([0]);
    expect(told(from, target([1]))).toEqual({ a: 'allowed p0', b: 'allowed p0 p1', c: 'allowed p1', d: 'allowed p0' });
    expect(told(from, target([1], false))).toEqual({ b: 'allowed p0 p1' });
  });

  test('tell apart what is the same for statements and differs in facts, of either side', () => {
    const { caller, target, told } = world([{ effect: 'Allow', gate: IDENTITY, masks: [0b001, 0] }]);
    expect(told(caller([0]), target([]))).toEqual({ a: 'allowed p0' });
    expect(told(caller([0], { boundaryUnread: ['p'] }), target([]))).toEqual({ a: 'unknown p0' });
    expect(told(caller([0]), target([], true, { rcpUnread: ['p'] }))).toEqual({ a: 'unknown p0' });
  });

  test('tell apart statements that weigh the same', () => {
    const twins: Statement[] = [
      { effect: 'Allow', gate: IDENTITY, masks: [0b001, 0], weight: 7 },
      { effect: 'Allow', gate: IDENTITY, masks: [0b001, 0], weight: 7 },
    ];
    const { caller, target, told } = world(twins);
    const to = target([]);
    expect([told(caller([0]), to), told(caller([1]), to), told(caller([0, 1]), to)]).toEqual([
      { a: 'allowed p0' },
      { a: 'allowed p1' },
      { a: 'allowed p0 p1' },
    ]);
  });

  test('leave out what turns out to be denied, though each side alone would let it through', () => {
    const { caller, target, told } = world([
      { effect: 'Allow', gate: IDENTITY, masks: [0b001, 0], formula: MAYBE },
      { effect: 'Deny', gate: RESOURCE, masks: [0b001, 0], formula: MAYBE },
    ]);
    expect(told(caller([0]), target([1]))).toEqual({});
  });

  test('with denials are one for every action, in the same words', () => {
    const { caller, target, told } = world(
      [
        { effect: 'Allow', gate: IDENTITY, masks: [0b011, 0] },
        { effect: 'Deny', gate: RESOURCE, masks: [0b010, 0b10] },
      ],
      { includeDenied: true },
    );
    expect(told(caller([0]), target([1]))).toEqual({
      a: 'allowed p0',
      b: 'explicitDeny p1',
      c: 'implicitDeny',
      d: 'implicitDeny',
      [CREATE]: 'explicitDeny p1',
    });
  });
});

test('the limits of an answer are those of its own action', () => {
  const reason: Reason = { policyType: 'registry', policy: 'r', statement: '0', effect: 'Deny', via: 'attached' };
  const { caller, target, limitsOf } = world([
    { effect: 'Allow', gate: IDENTITY, masks: [0b001, 0b11] },
    { effect: 'Deny', gate: RESOURCE, masks: [0b001, 0b10], formula: MAYBE, reason },
  ]);
  expect(limitsOf(caller([0]), target([1]))).toEqual({ a: ['registryPolicyScopeV2'], d: [], [CREATE]: [] });
});

describe('equal answers', () => {
  test('have one number, whichever parts they are the answers of and in whatever order these were asked', () => {
    const { questions, caller, target, told } = world([
      { effect: 'Allow', gate: IDENTITY, masks: [0b011, 0] },
      { effect: 'Deny', gate: RESOURCE, masks: [0b010, 0] },
      { effect: 'Deny', gate: RESOURCE, masks: [0b110, 0] },
      { effect: 'Deny', gate: RESOURCE, masks: [0b001, 0] },
    ]);
    const from = caller([0]);
    const [one, same, other] = [target([1]), target([2]), target([3])];
    const number = questions.answersTo(from, one);
    expect(questions.answersTo(from, same)).toBe(number);
    expect(questions.answersTo(caller([0]), one)).toBe(number);
    expect(questions.answersTo(from, other)).not.toBe(number);
    expect(told(from, other)).toEqual({ b: 'allowed p0' });
    expect(questions.answersTo(from, one)).toBe(number);
  });

  test('are grouped alike, though their actions were told apart by different statements', () => {
    const { questions, caller, target } = world([
      { effect: 'Allow', gate: IDENTITY, masks: [0b111, 0] },
      { effect: 'Allow', gate: IDENTITY, masks: [0b001, 0], formula: MAYBE },
      { effect: 'Allow', gate: IDENTITY, masks: [0b100, 0], formula: MAYBE },
    ]);
    const to = target([]);
    const number = questions.answersTo(caller([0]), to);
    expect(questions.answersTo(caller([0, 1]), to)).toBe(number);
    expect(questions.answersTo(caller([0, 2]), to)).toBe(number);
  });

  test('are grouped alike, in whatever order the statements come', () => {
    const { questions, caller, target } = world([
      { effect: 'Allow', gate: IDENTITY, masks: [0b001, 0] },
      { effect: 'Allow', gate: IDENTITY, masks: [0b110, 0] },
    ]);
    const to = target([]);
    expect(questions.answersTo(caller([0, 1]), to)).toBe(questions.answersTo(caller([1, 0]), to));
  });

  test('are alike where nothing is allowed, whoever asks: one that may do everything, and one that may do nothing', () => {
    const { questions, caller, target } = world([{ effect: 'Deny', gate: RESOURCE, masks: [0b111, 0b11] }]);
    const none = questions.answersTo(caller([]), target([]));
    expect(questions.answersTo(caller([], { side: 'everything' }), target([0]))).toBe(none);
  });

  test('are alike whether one statement is about all of the actions, or several are that say the same', () => {
    const reason: Reason = { policyType: 'rcp', policy: 'r', statement: '0', effect: 'Deny', via: 'attached' };
    const rest = { effect: 'Deny' as const, gate: RESOURCE, formula: MAYBE, reason };
    const { questions, caller, target } = world([
      { ...rest, masks: [0b111, 0b11] },
      { ...rest, masks: [0b001, 0b01] },
      { ...rest, masks: [0b110, 0b10] },
    ]);
    const from = caller([], { side: 'everything' });
    expect(questions.answersTo(from, target([1, 2]))).toBe(questions.answersTo(from, target([0])));
  });

  test('are not taken for others whose numbers are the same digits', () => {
    const columns = Array.from({ length: 13 }, (_, index): ActionColumn => {
      const actions = ['a', 'b', 'c', 'd'].map((name) => `${name}${index}`);
      return { index, resourceType: 'repository', actions: ['', ...actions], mask: 0b1_1111, resourceMayAllow: true };
    });
    const reason: Reason = { policyType: 'identity', policy: 'i', statement: '0', effect: 'Allow', via: 'attached' };
    const masksOf = (masks: Readonly<Record<number, number>>): number[] =>
      columns.map(({ index }) => masks[index] ?? 0);
    const { caller, target, told } = world(
      [
        { effect: 'Allow', gate: IDENTITY, masks: masksOf({ 0: 11, 2: 2 }), reason },
        { effect: 'Allow', gate: IDENTITY, masks: masksOf({ 0: 1, 12: 2 }), reason },
      ],
      { columns },
    );
    const to = target([]);
    expect(Object.keys(told(caller([0]), to))).toEqual(['', 'a0', 'c0', 'a2']);
    expect(Object.keys(told(caller([1]), to))).toEqual(['', 'a12']);
  });

  test('are decided once: the same question is not looked at again', () => {
    const { questions, caller, target } = world([{ effect: 'Allow', gate: IDENTITY, masks: [0b001, 0] }]);
    const [from, to] = [caller([0]), target([])];
    const number = questions.answersTo(from, to);
    expect(questions.answersTo({ ...from, contributions: [] }, to)).toBe(number);
  });
});

test('a target without the facts of a column is refused, and not answered as one without policies', () => {
  const { questions, caller, target } = world([]);
  const to = target([], true, {}, twoColumns.slice(0, 1));
  expect(() => questions.answersTo(caller([]), to)).toThrow('there are no facts for column 1');
});
