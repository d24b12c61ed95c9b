import { type KeyValue, UNKNOWN } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import { ECR_ACTIONS } from '../ecr/actions.ts';
import { assembleSnapshot } from '../snapshot/assemble.ts';
import type { Repository, Snapshot } from '../snapshot/model.ts';
import { anyoneOutside, type Caller, findCaller } from './caller.ts';
import { type ContextInput, contextTraits, isActionKey, requestContext, sideOfKey } from './request-context.ts';
import { registryTarget, repositoryTarget, type Target } from './target.ts';

const OURS = '111122223333';
const MEMBER = '222233334444';
const OUTSIDE = '999999999999';

const snapshot: Snapshot = assembleSnapshot(
  Object.entries({
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' },
    'organization.json': {
      Organization: { Id: 'o-1' },
      Roots: [{ Id: 'r-1' }],
      OrganizationalUnits: [{ Id: 'ou-1', Name: 'team', ParentId: 'r-1' }],
      Accounts: [
        { Id: OURS, ParentId: 'ou-1' },
        { Id: MEMBER, ParentId: 'r-1' },
      ],
      Policies: [],
    },
    [`accounts/${OURS}/account-authorization-details.json`]: {
      UserDetailList: [
        {
          UserName: 'alice',
          UserId: 'AIDAALICE',
          Arn: `arn:aws:iam::${OURS}:user/alice`,
          Path: '/',
          Tags: [{ Key: 'Team', Value: 'blue' }],
        },
      ],
      GroupDetailList: [],
      RoleDetailList: [{ RoleName: 'ci', RoleId: 'AROACI', Arn: `arn:aws:iam::${OURS}:role/ci`, Path: '/' }],
      Policies: [],
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

const alice = callerOf('AIDAALICE');
const callers = [
  alice,
  anyoneOutside(snapshot),
  ...[
    'AROACI',
    `arn:aws:sts::${OURS}:assumed-role/ci/run-1`,
    OURS,
    'lambda.amazonaws.com',
    `arn:aws:iam::${MEMBER}:user/bob`,
    `arn:aws:iam::${OUTSIDE}:role/ci`,
  ].map(callerOf),
];

const repository: Repository = {
  arn: `arn:aws:ecr:eu-west-1:${OURS}:repository/app`,
  accountId: OURS,
  region: 'eu-west-1',
  name: 'app',
  policy: { kind: 'none' },
  tags: [{ Key: 'Team', Value: 'red' }],
};

const targets: readonly Target[] = [
  repositoryTarget(repository),
  repositoryTarget({ ...repository, tags: null }),
  { ...repositoryTarget(repository), region: 'eu-west-2', accountId: OUTSIDE, repository: null, isListed: false },
  registryTarget(MEMBER, 'eu-west-1'),
];

function valueOf(key: string, given: Partial<ContextInput> = {}): KeyValue {
  return requestContext({
    snapshot,
    caller: alice,
    target: repositoryTarget(repository),
    action: 'ecr:PutImage',
    given: new Map(),
    isComplete: false,
    ...given,
  }).lookup(key);
}

test('every key that a request was asked for is told, given or not', () => {
  const context = requestContext({
    snapshot,
    caller: alice,
    target: repositoryTarget(repository),
    action: 'ecr:PutImage',
    given: new Map([['aws:sourcevpce', ['vpce-1']]]),
    isComplete: false,
  });
  expect([...context.asked]).toEqual([]);
  ['aws:sourcevpce', 'aws:principaltag/two', 'aws:sourceip', 'aws:sourceip'].forEach((key) => context.lookup(key));
  expect([...context.asked]).toEqual(['aws:sourcevpce', 'aws:principaltag/two', 'aws:sourceip']);
});

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
function actionsWith(key: string): string[] {
  return ECR_ACTIONS.map(({ name }) => name).filter((action) => valueOf(key, { action }).kind !== 'absent');
}

describe('of the request itself', () => {
  test.each<readonly [string, readonly string[]]>([
    ['aws:requesttag/team', ['ecr:CreateRepository', 'ecr:ListTagsForResource', 'ecr:TagResource']],
    ['aws:tagkeys', ['ecr:CreateRepository', 'ecr:ListTagsForResource', 'ecr:TagResource', 'ecr:UntagResource']],
    ['ecr:accountsetting', ['ecr:GetAccountSetting', 'ecr:PutAccountSetting']],
  ])('%s is unknown for the actions that carry it, and absent for the others', (key, actions) => {
    expect(actionsWith(key).toSorted()).toEqual(actions);
    expect(valueOf(key, { action: actions[0] ?? '' })).toEqual(UNKNOWN);
    expect(valueOf(key, { action: (actions[0] ?? '').toUpperCase() })).toEqual(UNKNOWN);
  });

  test.each(['aws:sourcevpce', 'aws:sourceip', 'constructor', '__proto__', 'aws:principaltag'])(
    'nothing is known of %s',
    (key) => {
      expect(valueOf(key)).toEqual(UNKNOWN);
    },
  );
});

/** Every key that the context knows of, and some that it does not. */
const KEYS = [
  ...['arn', 'account', 'type', 'isawsservice', 'servicename', 'servicenameslist', 'orgid', 'orgpaths'].map(
    (name) => `aws:principal${name}`,
  ),
  ...['arn', 'account', 'orgid', 'orgpaths'].map((name) => `aws:source${name}`),
  ...['account', 'orgid', 'orgpaths'].map((name) => `aws:resource${name}`),
  'aws:username',
  'aws:userid',
  'aws:requestedregion',
  'aws:tagkeys',
  'ecr:accountsetting',
  'aws:sourceip',
  'aws:principaltag/team',
  'aws:resourcetag/team',
  'ecr:resourcetag/team',
  'aws:requesttag/team',
];

function isOneOver<T>(values: readonly T[], ask: (value: T) => KeyValue): boolean {
  return new Set(values.map((value) => JSON.stringify(ask(value)))).size === 1;
}

function contextOf(action: string): string {
  return JSON.stringify(KEYS.map((key) => targets.map((target) => valueOf(key, { action, target }))));
}

describe('what the engine takes for granted of a key', () => {
  const actions = ECR_ACTIONS.map(({ name }) => name);

  test.each(KEYS)('%s: its side and whether it depends on the action are as the context has it', (key) => {
    const isOneForTargets = callers.every((caller) => isOneOver(targets, (target) => valueOf(key, { caller, target })));
    const isOneForCallers = targets.every((target) => isOneOver(callers, (caller) => valueOf(key, { caller, target })));
    const isOneForActions = isOneOver(actions, (action) => valueOf(key, { action }));
    expect({ side: sideOfKey(key), isActionKey: isActionKey(key) }).toEqual({
      side: isOneForTargets ? (isOneForCallers ? 'neither' : 'principal') : 'target',
      isActionKey: !isOneForActions,
    });
  });

  test('actions of the same traits have the same context', () => {
    const byTraits = Map.groupBy(actions, contextTraits);
    for (const [, same] of byTraits) {
      expect(new Set(same.map(contextOf)).size).toBe(1);
    }
    expect(byTraits.size).toBe(new Set(actions.map(contextOf)).size);
    expect(contextTraits('ecr:TAGRESOURCE')).toBe(contextTraits('ecr:TagResource'));
  });
});
