import { type Formula, TRUE } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { Reason } from '../answer.ts';
import { BOUNDARY, type Contribution, FIRST_SCP, IDENTITY, RCP, RESOURCE, SESSION } from './contribution.ts';
import type { CallerFacts, TargetFacts } from './facts.ts';
import { type Brief, judge, weigh } from './judge.ts';

type Condition = Extract<Formula, { readonly kind: 'condition' }>;

const PULL = 'ecr:BatchGetImage';
const LEVEL = FIRST_SCP + 1;

const a = condition('a');
const b = condition('b');
const gap: Condition = { ...condition('c'), isGap: true };

function condition(key: string, value = 'x'): Condition {
  return { kind: 'condition', operator: 'StringEquals', key, values: [value], isGap: false };
}

function unread(name: string, effect: 'Allow' | 'Deny'): Formula {
  return { kind: 'unreadable', place: `${name} (${effect} statements)`, isGap: true };
}

function reasonOf(policy: string, policyType: Reason['policyType'] = 'identity'): Reason {
  return { policyType, policy, statement: '0', effect: 'Allow', via: 'attached' };
}

function named(policy: string): Partial<Contribution> {
  return { reason: reasonOf(policy) };
}

let count = 0;

function statement(effect: Contribution['effect'], gate: number, given: Partial<Contribution> = {}): Contribution {
  count += 1;
  const plain = { masks: [1], formula: TRUE, form: null, doubts: [], isBroken: false, asksRoleTags: false };
  const reason = reasonOf(`${effect} in ${gate}`);
  return { ...plain, number: count, weight: count, gate, effect, reason, ...given };
}

const allow = (gate: number, given: Partial<Contribution> = {}): Contribution => statement('Allow', gate, given);
const deny = (gate: number, given: Partial<Contribution> = {}): Contribution => statement('Deny', gate, given);

const readInFull = { hasUnreadableDocument: false, hasAmbiguousTags: false, limits: [] };
const noOtherGates = { identityUnread: [], boundaryUnread: null, sessionUnread: null, scpUnread: null };
const caller: CallerFacts = { ...readInFull, ...noOtherGates, side: 'policies', isRole: false, rootReason: null };
const target: TargetFacts = { ...readInFull, resourceUnread: [], rcpUnread: [], areTagsUnread: false };

interface Given {
  readonly caller?: Partial<CallerFacts>;
  readonly target?: Partial<TargetFacts>;
  readonly brief?: Partial<Brief>;
}

function briefOf(contributions: readonly Contribution[], given: Given = {}): Brief {
  return {
    action: PULL,
    caller: { ...caller, ...given.caller },
    target: { ...target, ...given.target },
    isSameAccount: true,
    resourceMayAllow: true,
    contributions,
    ...given.brief,
  };
}

function decisionOf(contributions: readonly Contribution[], given: Given = {}): string {
  return weigh(briefOf(contributions, given)).decision;
}

function judged(contributions: readonly Contribution[], given: Given = {}) {
  const brief = briefOf(contributions, given);
  const { reasons, limits } = judge(brief, weigh(brief));
  return { policies: reasons.map(({ policy }) => policy), limits };
}

const OTHER: Given = { brief: { isSameAccount: false } };
const TOKEN: Given = { brief: { resourceMayAllow: false } };
const SERVICE: Given = { caller: { side: 'nothing' } };

describe('who has to allow', () => {
  test.each<readonly [string, string, readonly Contribution[], Given]>([
    ['nobody allows', 'implicitDeny', [], {}],
    ['the identity policies', 'allowed', [allow(IDENTITY)], {}],
    ['the resource, by naming the caller', 'allowed', [allow(RESOURCE, { form: 'direct' })], {}],
    ['the resource, by naming the role', 'allowed', [allow(RESOURCE, { form: 'role' })], {}],
    ['the account alone is not enough within it', 'implicitDeny', [allow(RESOURCE, { form: 'account' })], {}],
    ['across accounts the caller alone is not enough', 'implicitDeny', [allow(IDENTITY)], OTHER],
    ['nor is the resource', 'implicitDeny', [allow(RESOURCE, { form: 'direct' })], OTHER],
    ['across accounts both sides', 'allowed', [allow(IDENTITY), allow(RESOURCE, { form: 'account' })], OTHER],
    ['a service needs the resource', 'allowed', [allow(RESOURCE, { form: 'direct' })], SERVICE],
    ['a service has no policies of its own', 'implicitDeny', [allow(IDENTITY)], SERVICE],
    ['a caller that may do everything', 'allowed', [], { caller: { side: 'everything' } }],
    ['and across accounts still needs the resource', 'implicitDeny', [], { ...OTHER, caller: { side: 'everything' } }],
    ['an RCP allows nothing', 'implicitDeny', [allow(RCP)], {}],
    ['the resource where only an identity policy can', 'implicitDeny', [allow(RESOURCE, { form: 'direct' })], TOKEN],
    ['the identity policies where only they can', 'allowed', [allow(IDENTITY)], TOKEN],
    ['what does not apply', 'implicitDeny', [statement(null, IDENTITY)], {}],
  ])('%s: %s', (_title, decision, contributions, given) => {
    expect(decisionOf(contributions, given)).toBe(decision);
  });

  test.each<readonly [string, Partial<CallerFacts>, number]>([
    ['permissions boundary', { boundaryUnread: [] }, BOUNDARY],
    ['session policy', { sessionUnread: [] }, SESSION],
  ])('a %s has to allow too, but for a resource policy that names the caller', (_title, own, gate) => {
    const given: Given = { caller: own };
    expect(decisionOf([allow(IDENTITY)], given)).toBe('implicitDeny');
    expect(decisionOf([allow(IDENTITY), allow(gate)], given)).toBe('allowed');
    expect(decisionOf([allow(RESOURCE, { form: 'role' })], given)).toBe('implicitDeny');
    expect(decisionOf([allow(RESOURCE, { form: 'role' }), allow(gate)], given)).toBe('allowed');
    expect(decisionOf([allow(RESOURCE, { form: 'direct' })], given)).toBe('allowed');
    const across = { ...given, ...OTHER };
    expect(decisionOf([allow(IDENTITY), allow(RESOURCE, { form: 'direct' })], across)).toBe('implicitDeny');
    expect(decisionOf([allow(IDENTITY), allow(gate), allow(RESOURCE, { form: 'direct' })], across)).toBe('allowed');
  });

  test('every level of SCPs has to allow, also past a resource policy that names the caller', () => {
    const given: Given = { caller: { scpUnread: [[], []] } };
    for (const own of [allow(IDENTITY), allow(RESOURCE, { form: 'direct' })]) {
      expect(decisionOf([own, allow(FIRST_SCP), allow(LEVEL)], given)).toBe('allowed');
      expect(decisionOf([own, allow(FIRST_SCP)], given)).toBe('implicitDeny');
      expect(decisionOf([own, allow(LEVEL)], given)).toBe('implicitDeny');
    }
  });
});

describe('what denies', () => {
  test.each([IDENTITY, BOUNDARY, SESSION, LEVEL, RCP, RESOURCE])('a Deny in gate %d wins over any Allow', (gate) => {
    const granted = [allow(IDENTITY), allow(RESOURCE, { form: 'direct' })];
    expect(decisionOf([...granted, deny(gate)])).toBe('explicitDeny');
    expect(decisionOf([...granted, deny(gate)], TOKEN)).toBe('explicitDeny');
    expect(decisionOf([deny(gate)])).toBe('explicitDeny');
    expect(weigh(briefOf([...granted, deny(gate, { formula: a })])).formula).toEqual({ kind: 'not', of: a });
  });

  test('conditions of Allows that exclude each other allow nothing, and nothing is denied by them', () => {
    const given: Given = { caller: { boundaryUnread: [] } };
    const [one, other] = [condition('a', 'x'), condition('a', 'y')];
    const apart = [allow(IDENTITY, { formula: one }), allow(BOUNDARY, { formula: other })];
    expect(decisionOf(apart, given)).toBe('implicitDeny');
    expect(decisionOf([...apart, deny(RCP, { formula: b })], given)).toBe('implicitDeny');
  });

  test('a Deny under the condition of the only Allow denies', () => {
    expect(decisionOf([allow(IDENTITY, { formula: a }), deny(RCP, { formula: a })])).toBe('explicitDeny');
  });

  test('a Deny under a condition allows nothing by not being met: where nobody allows, nobody decided', () => {
    for (const gate of [IDENTITY, RCP, RESOURCE]) {
      expect(decisionOf([deny(gate, { formula: a, form: 'direct' })])).toBe('implicitDeny');
    }
  });
});

describe('what stays open', () => {
  test('is conditional, and unknown where it rests on something that could not be read', () => {
    expect(decisionOf([allow(IDENTITY, { formula: a })])).toBe('conditional');
    expect(decisionOf([allow(IDENTITY, { formula: gap })])).toBe('unknown');
    expect(decisionOf([allow(IDENTITY), deny(RCP, { formula: gap })])).toBe('unknown');
  });

  test.each<readonly [string, Given]>([
    ['identity', { caller: { identityUnread: ['p'] } }],
    ['boundary', { caller: { boundaryUnread: ['p'] } }],
    ['session', { caller: { sessionUnread: ['p'] } }],
    ['scp', { caller: { scpUnread: [['p']] } }],
  ])('what was not read of the caller may allow and may deny: %s', (gate, given) => {
    const others = ['identity', 'boundary', 'session'].map((name, number) => (name === gate ? null : allow(number)));
    const { formula } = weigh(
      briefOf(
        others.flatMap((each) => each ?? []),
        given,
      ),
    );
    expect(formula).toEqual({ kind: 'all', of: [unread('p', 'Allow'), { kind: 'not', of: unread('p', 'Deny') }] });
  });

  test('what was not read of the resource may allow by naming the caller, and may deny', () => {
    const given: Given = { target: { resourceUnread: ['p'] } };
    const both = { kind: 'all', of: [unread('p', 'Allow'), { kind: 'not', of: unread('p', 'Deny') }] };
    expect(weigh(briefOf([], given)).formula).toEqual(both);
    expect(weigh(briefOf([], { ...given, ...SERVICE })).formula).toEqual(both);
    expect(weigh(briefOf([allow(IDENTITY)], { ...given, ...OTHER })).formula).toEqual(both);
    expect(weigh(briefOf([], { ...given, caller: { boundaryUnread: [] } })).formula).toEqual(both);
  });

  test('where only an identity policy can allow, it may deny alone', () => {
    const given: Given = { ...TOKEN, target: { resourceUnread: ['p'] } };
    expect(decisionOf([], given)).toBe('implicitDeny');
    expect(weigh(briefOf([allow(IDENTITY)], given)).formula).toEqual({ kind: 'not', of: unread('p', 'Deny') });
  });

  test('an RCP that was not read may deny and never allows', () => {
    const given: Given = { target: { rcpUnread: ['p'] } };
    expect(decisionOf([], given)).toBe('implicitDeny');
    expect(weigh(briefOf([allow(IDENTITY)], given)).formula).toEqual({ kind: 'not', of: unread('p', 'Deny') });
  });
});

describe('the statements that are told', () => {
  test('of a denial that nobody decided: none', () => {
    const contributions = [allow(IDENTITY), deny(RCP, { formula: a })];
    expect(judged(contributions, { caller: { boundaryUnread: [] } }).policies).toEqual([]);
  });

  test('of a Deny: those that hold without condition, and all where none does', () => {
    const conditional = deny(RCP, { formula: a, ...named('r') });
    const granted = allow(IDENTITY, { formula: a, ...named('i') });
    expect(judged([granted, deny(IDENTITY, named('d')), conditional]).policies).toEqual(['d']);
    expect(judged([granted, conditional]).policies).toEqual(['r']);
  });

  test('of what is allowed: gate by gate those that hold without condition', () => {
    const given: Given = { caller: { boundaryUnread: [], sessionUnread: [], scpUnread: [[], []] } };
    const contributions = [
      allow(RESOURCE, { form: 'direct', ...named('resource') }),
      ...[LEVEL, FIRST_SCP, SESSION, BOUNDARY, IDENTITY].map((gate) => allow(gate, named(`${gate}`))),
      allow(IDENTITY, { formula: a, ...named('conditional') }),
      deny(RCP, { formula: { kind: 'false' }, ...named('deny') }),
    ];
    expect(judged(contributions, given).policies).toEqual(['0', '1', '2', '3', '4', 'resource']);
  });

  test('of two conditions that are met together: both', () => {
    const contributions = [allow(IDENTITY, { formula: a, ...named('i') }), deny(RCP, { formula: b, ...named('d') })];
    expect(judged(contributions).policies).toEqual(['i', 'd']);
  });

  test('within one account none that names the account alone, and across accounts that one too', () => {
    const contributions = [allow(IDENTITY, named('i')), allow(RESOURCE, { form: 'account', ...named('r') })];
    expect(judged(contributions).policies).toEqual(['i']);
    expect(judged(contributions, OTHER).policies).toEqual(['i', 'r']);
  });

  test('past a boundary that leaves nothing: neither the identity policies nor those that name the role', () => {
    const given: Given = { caller: { boundaryUnread: [], scpUnread: [[], []] } };
    const contributions = [
      allow(IDENTITY, named('i')),
      allow(FIRST_SCP, named('first')),
      allow(LEVEL, named('second')),
      allow(RESOURCE, { form: 'role', ...named('role') }),
      allow(RESOURCE, { form: 'direct', formula: a, ...named('direct') }),
      deny(RCP, { formula: b, ...named('rcp') }),
    ];
    expect(judged(contributions, given).policies).toEqual(['first', 'second', 'direct', 'rcp']);
    const open = [...contributions, allow(BOUNDARY, named('b'))];
    expect(judged(open, given).policies).toEqual(['i', 'first', 'second', 'role', 'direct', 'rcp', 'b']);
  });

  test('of a service those that name it in any form', () => {
    expect(judged([allow(RESOURCE, { form: 'account', ...named('r') })], SERVICE).policies).toEqual(['r']);
  });

  test('of a root user the default that allows it, and only where there is access', () => {
    const given: Given = { caller: { side: 'everything', rootReason: reasonOf('root', 'default') } };
    expect(judged([], given).policies).toEqual(['root']);
    expect(judged([deny(RCP, named('d'))], given).policies).toEqual(['d']);
  });

  test('no statement that has no reason to tell', () => {
    expect(judged([allow(IDENTITY, { reason: null }), allow(IDENTITY, named('i'))]).policies).toEqual(['i']);
  });
});

describe('the limits of an answer', () => {
  test('are those of caller and target, in any case', () => {
    const given: Given = { caller: { limits: ['identityUnread'] }, target: { limits: ['repositoryNotInSnapshot'] } };
    expect(judged([], given).limits).toEqual(['identityUnread', 'repositoryNotInSnapshot']);
    expect(judged([allow(IDENTITY)], given).limits).toEqual(['identityUnread', 'repositoryNotInSnapshot']);
  });

  test('are those of the statements that decided, and of all where nobody did', () => {
    const doubtful = allow(IDENTITY, { formula: a, doubts: ['notPrincipal'] });
    expect(judged([doubtful]).limits).toEqual(['notPrincipal']);
    expect(judged([doubtful, allow(IDENTITY)]).limits).toEqual([]);
    expect(judged([doubtful], { caller: { boundaryUnread: [] } }).limits).toEqual(['notPrincipal']);
  });

  test('tell a registry policy in scope V2 that decides, but for the actions of V1', () => {
    const contributions = [allow(RESOURCE, { form: 'direct', reason: reasonOf('r', 'registry') })];
    expect(judged(contributions).limits).toEqual(['registryPolicyScopeV2']);
    expect(judged(contributions, { brief: { action: 'ecr:CreateRepository' } }).limits).toEqual([]);
    expect(judged([allow(IDENTITY)]).limits).toEqual([]);
  });

  test('tell a direct grant past a boundary or session policy, and only within one account, where there is access', () => {
    const direct = allow(RESOURCE, { form: 'direct' });
    for (const own of [{ boundaryUnread: [] }, { sessionUnread: [] }]) {
      expect(judged([direct], { caller: own }).limits).toEqual(['directGrantPastBoundary']);
      expect(judged([direct, deny(RCP)], { caller: own }).limits).toEqual([]);
      expect(judged([direct], { caller: { ...own, side: 'nothing' }, ...OTHER }).limits).toEqual([]);
    }
    expect(judged([direct]).limits).toEqual([]);
  });

  test('tell an RCP that decides over a token, and over nothing else', () => {
    const denied = [allow(IDENTITY), deny(RCP, { reason: reasonOf('r', 'rcp') })];
    expect(judged(denied, { brief: { action: 'ecr:GetAuthorizationToken' } }).limits).toEqual(['tokenRcps']);
    expect(judged(denied).limits).toEqual([]);
    const other = [allow(IDENTITY), deny(FIRST_SCP, { reason: reasonOf('s', 'scp') })];
    expect(judged(other, { brief: { action: 'ecr:GetAuthorizationToken' } }).limits).toEqual([]);
  });

  test('tell a document that cannot be read in full, if a statement of it has a say', () => {
    expect(judged([allow(IDENTITY), allow(IDENTITY, { isBroken: true })]).limits).toEqual(['documentProblem']);
    for (const silent of [allow(RCP, { isBroken: true }), statement(null, IDENTITY, { isBroken: true })]) {
      expect(judged([silent]).limits).toEqual([]);
    }
    expect(judged([], { caller: { hasUnreadableDocument: true } }).limits).toEqual(['documentProblem']);
    expect(judged([], { target: { hasUnreadableDocument: true } }).limits).toEqual(['documentProblem']);
  });

  test('tell unread tags where the answer rests on a gap', () => {
    const given: Given = { target: { areTagsUnread: true } };
    expect(judged([allow(IDENTITY, { formula: gap })], given).limits).toEqual(['repositoryTagsUnread']);
    expect(judged([allow(IDENTITY, { formula: a })], given).limits).toEqual([]);
    expect(judged([allow(IDENTITY)], given).limits).toEqual([]);
    expect(judged([allow(IDENTITY, { formula: gap })]).limits).toEqual([]);
  });

  test('tell ambiguous tags of either side', () => {
    expect(judged([], { caller: { hasAmbiguousTags: true } }).limits).toEqual(['ambiguousTagKeys']);
    expect(judged([], { target: { hasAmbiguousTags: true } }).limits).toEqual(['ambiguousTagKeys']);
  });

  test('tell tags of a session where a statement asks for those of a role, even one that does not apply', () => {
    const asking = statement(null, IDENTITY, { asksRoleTags: true });
    expect(judged([allow(IDENTITY), asking], { caller: { isRole: true } }).limits).toEqual(['sessionTags']);
    expect(judged([allow(IDENTITY), asking]).limits).toEqual([]);
    expect(judged([allow(IDENTITY)], { caller: { isRole: true } }).limits).toEqual([]);
  });
});
