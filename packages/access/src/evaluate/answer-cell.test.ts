import { type Formula, not, parsePolicyDocument } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { Reason } from '../answer.ts';
import type { CapabilityDefinition } from '../ecr/capabilities.ts';
import { assembleSnapshot } from '../snapshot/assemble.ts';
import {
  answerAction,
  answerCapability,
  type CellAnswer,
  combineCapability,
  NOTHING_ALLOWS,
  reasonKey,
} from './answer-cell.ts';
import { type Caller, findCaller, rootCaller, serviceCaller } from './caller.ts';
import type { ActionQuestion } from './evaluate-action.ts';
import { repositoryTarget } from './target.ts';

const vpce = (value: string): Formula => ({
  kind: 'condition',
  operator: 'StringEquals',
  key: 'aws:SourceVpce',
  values: [value],
  isGap: false,
});
const one = vpce('vpce-1');
const other = vpce('vpce-2');

function reason(statement: string, effect: 'Allow' | 'Deny'): Reason {
  return { policyType: 'identity', policy: 'p', statement, effect, via: 'inline' };
}

function answer(given: Partial<CellAnswer>): CellAnswer {
  return { ...NOTHING_ALLOWS, ...given };
}

const allowed = answer({ decision: 'allowed', formula: { kind: 'true' }, reasons: [reason('a', 'Allow')] });
const implicit = answer({ limits: [{ code: 'policyUnread', message: 'm' }] });
const explicit = answer({ decision: 'explicitDeny', reasons: [reason('d', 'Deny')] });
const ifOne = answer({ decision: 'conditional', formula: one, reasons: [reason('one', 'Allow')] });
const ifOther = answer({ decision: 'conditional', formula: other, reasons: [reason('other', 'Allow')] });
const unlessOne = answer({ decision: 'conditional', formula: not(one), reasons: [reason('unless', 'Deny')] });
const unknown = answer({ decision: 'unknown', formula: one, reasons: [reason('gap', 'Allow')] });

const both: CapabilityDefinition = { name: 'pull', actions: ['ecr:A', 'ecr:B'], needs: 'all', needsToken: false };

function combine(needs: 'all' | 'any', [a, b]: readonly [CellAnswer, CellAnswer]): readonly unknown[] {
  const answers = new Map([
    ['ecr:A', a],
    ['ecr:B', b],
  ]);
  const { decision, formula, reasons } = combineCapability({ ...both, needs }, answers, null);
  return [decision, formula.kind, reasons.map(({ statement }) => statement)];
}

describe('a capability of which every part is needed', () => {
  test.each<readonly [string, readonly [CellAnswer, CellAnswer], readonly unknown[]]>([
    ['allowed with both', [allowed, allowed], ['allowed', 'true', ['a']]],
    ['denied by the one that nothing allows', [allowed, implicit], ['implicitDeny', 'false', []]],
    ['denied by that one, whatever a condition denies', [unlessOne, implicit], ['implicitDeny', 'false', []]],
    ['denied by the one that is denied', [ifOne, explicit], ['explicitDeny', 'false', ['d']]],
    ['denied explicitly where one of two denies is', [implicit, explicit], ['explicitDeny', 'false', ['d']]],
    ['conditional under both conditions', [ifOne, allowed], ['conditional', 'condition', ['one', 'a']]],
    ['unknown where one part is', [unknown, allowed], ['unknown', 'condition', ['gap', 'a']]],
    [
      'allowed by nothing where the conditions exclude each other',
      [ifOne, ifOther],
      ['implicitDeny', 'false', ['one', 'other']],
    ],
    [
      'denied where one of those conditions is of a Deny',
      [ifOne, unlessOne],
      ['explicitDeny', 'false', ['one', 'unless']],
    ],
    [
      'denied where a Deny is one of several statements behind a condition',
      [ifOne, { ...unlessOne, reasons: [...allowed.reasons, ...unlessOne.reasons] }],
      ['explicitDeny', 'false', ['one', 'a', 'unless']],
    ],
  ])('is %s', (_, parts, expected) => {
    expect(combine('all', parts)).toEqual(expected);
  });
});

describe('a capability of which one part is enough', () => {
  test.each<readonly [string, readonly [CellAnswer, CellAnswer], readonly unknown[]]>([
    ['allowed by the one that is', [allowed, explicit], ['allowed', 'true', ['a']]],
    ['allowed by the one that is, and not by a conditional one', [ifOne, allowed], ['allowed', 'true', ['a']]],
    ['denied explicitly where both are', [explicit, explicit], ['explicitDeny', 'false', ['d']]],
    ['denied implicitly where one of both is', [explicit, implicit], ['implicitDeny', 'false', ['d']]],
    ['conditional under the one that may hold', [ifOne, explicit], ['conditional', 'condition', ['one']]],
    ['unknown where only an unknown part may hold', [unknown, implicit], ['unknown', 'condition', ['gap']]],
    ['allowed where the conditions leave nothing out', [ifOne, unlessOne], ['allowed', 'true', ['one', 'unless']]],
  ])('is %s', (_, parts, expected) => {
    expect(combine('any', parts)).toEqual(expected);
  });
});

describe('a capability', () => {
  const withToken = { ...both, needsToken: true };
  const answers = new Map([
    ['ecr:A', allowed],
    ['ecr:B', allowed],
  ]);

  test('needs the token only where it says so, and a caller that needs none is not asked for it', () => {
    expect(combineCapability(withToken, answers, explicit).decision).toBe('explicitDeny');
    expect(combineCapability(both, answers, explicit).decision).toBe('allowed');
    expect(combineCapability(withToken, answers, null).decision).toBe('allowed');
  });

  test('is allowed by nothing where an action was left out because nothing can allow it', () => {
    expect(combineCapability(both, new Map([['ecr:A', allowed]]), null)).toEqual({
      decision: 'implicitDeny',
      residual: null,
      formula: { kind: 'false' },
      reasons: [],
      limits: [],
    });
  });

  test('carries the residual, and the limits of the parts that decided, each once', () => {
    const limits = [{ code: 'sessionTags', message: 'm' }] as const;
    const combined = combineCapability(
      both,
      new Map([
        ['ecr:A', { ...ifOne, limits }],
        ['ecr:B', { ...allowed, limits }],
      ]),
      null,
    );
    expect(combined.limits).toEqual(limits);
    expect(combined.residual).toEqual({ operator: 'StringEquals', key: 'aws:SourceVpce', values: ['vpce-1'] });
    const denied = new Map([
      ['ecr:A', { ...allowed, limits }],
      ['ecr:B', implicit],
    ]);
    expect(combineCapability(both, denied, null).limits).toEqual(implicit.limits);
  });
});

test('reasons are the same by what they say, not by where they come from', () => {
  expect(reasonKey(reason('a', 'Allow'))).toBe(reasonKey(reason('a', 'Allow')));
  expect(reasonKey(reason('a', 'Allow'))).not.toBe(reasonKey(reason('a', 'Deny')));
});

const ACCOUNT = '111122223333';
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const userStatement = {
  Sid: 'Pull',
  Effect: 'Allow',
  Action: ['ecr:BatchGetImage', 'ecr:GetDownload*'],
  Resource: '*',
};
const services = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: PULL };
const noPush = { Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' };
const noList = { Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'ecr:ListImages' };

const snapshot = assembleSnapshot(
  Object.entries({
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' },
    [`accounts/${ACCOUNT}/account-authorization-details.json`]: {
      UserDetailList: [
        {
          UserName: 'ana',
          UserId: 'AIDAANA',
          Arn: `arn:aws:iam::${ACCOUNT}:user/ana`,
          Path: '/',
          UserPolicyList: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: userStatement } }],
        },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    },
    [`accounts/${ACCOUNT}/eu-west-1/repositories.json`]: { repositories: [] },
    [`accounts/${ACCOUNT}/eu-west-1/registry.json`]: {
      registryPolicy: null,
      accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' },
    },
  }).map(([path, content]) => ({ path, content: JSON.stringify(content) })),
);

function callerOf(text: string): Caller {
  const result = findCaller(snapshot, text);
  if (result.kind === 'error') {
    throw new TypeError(result.message);
  }
  return result.caller;
}

function questionOf(caller: Caller, action: string): ActionQuestion {
  const document = parsePolicyDocument({ Version: '2012-10-17', Statement: [services, noPush, noList] }, 'resource');
  const target = repositoryTarget({
    arn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/app`,
    accountId: ACCOUNT,
    region: 'eu-west-1',
    name: 'app',
    policy: { kind: 'policy', named: { policy: 'repository policy', document } },
    tags: [],
  });
  return { snapshot, caller, target, action, given: new Map(), isComplete: false, sessionPolicies: null };
}

describe('an answer', () => {
  const root = rootCaller(snapshot, ACCOUNT);
  const byDefault: Reason = {
    policyType: 'default',
    policy: `arn:aws:iam::${ACCOUNT}:root`,
    statement: 'root user',
    effect: 'Allow',
    via: 'root user',
  };

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user.html
  test('to the root user tells that it is allowed by default, and not where it is denied', () => {
    expect(answerAction(questionOf(root, 'ecr:DeleteRepository'))).toMatchObject({
      decision: 'allowed',
      reasons: [byDefault],
    });
    const denied = answerAction(questionOf(root, 'ecr:PutImage'));
    expect(denied.decision).toBe('explicitDeny');
    expect(denied.reasons.map(({ policyType, statement, effect }) => [policyType, statement, effect])).toEqual([
      ['repository', '1', 'Deny'],
    ]);
  });

  test('to others tells the statements that decide, and nothing else', () => {
    const ana = callerOf('AIDAANA');
    expect(answerAction(questionOf(ana, 'ecr:BatchGetImage'))).toMatchObject({
      decision: 'allowed',
      residual: null,
      reasons: [{ policyType: 'identity', statement: 'Pull', effect: 'Allow', via: 'inline' }],
    });
    expect(answerAction(questionOf(ana, 'ecr:DeleteRepository'))).toMatchObject({
      decision: 'implicitDeny',
      reasons: [],
    });
  });

  test('to the root user tells no default where an SCP leaves it out', () => {
    const level = { id: 'r-1', kind: 'root', name: 'Root', scps: [], rcps: [] } as const;
    const organization = {
      id: 'o-1',
      managementAccountId: null,
      scpsEnabled: true,
      rcpsEnabled: true,
      accounts: new Map([[ACCOUNT, { id: ACCOUNT, name: 'ours', levels: [level] }]]),
    };
    const question = questionOf(root, 'ecr:DeleteRepository');
    const answer = answerAction({ ...question, snapshot: { ...snapshot, organization } });
    expect(answer).toMatchObject({ decision: 'implicitDeny', reasons: [] });
  });

  test('about a capability needs the token of a user where it says so, and none of a service', () => {
    const pull: CapabilityDefinition = { name: 'pull', actions: PULL, needs: 'all', needsToken: true };
    const ofUser = questionOf(callerOf('AIDAANA'), '');
    expect(answerCapability(pull, ofUser)).toMatchObject({ decision: 'implicitDeny' });
    expect(answerCapability({ ...pull, needsToken: false }, ofUser)).toMatchObject({ decision: 'allowed' });
    const ofService = questionOf(serviceCaller(snapshot, 'lambda.amazonaws.com'), '');
    expect(answerCapability(pull, ofService)).toMatchObject({ decision: 'allowed' });
    expect(answerCapability(pull, questionOf(root, ''))).toMatchObject({ decision: 'allowed' });
    const push: CapabilityDefinition = { ...pull, name: 'push', actions: ['ecr:BatchGetImage', 'ecr:PutImage'] };
    expect(answerCapability(push, questionOf(root, '')).decision).toBe('explicitDeny');
    expect(answerCapability({ ...push, needs: 'any' }, questionOf(root, '')).decision).toBe('allowed');
  });
});
