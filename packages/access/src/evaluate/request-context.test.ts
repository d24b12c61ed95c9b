import { ABSENT, type KeyValue, present, UNKNOWN, UNREAD } from '@ecr-audit/policy';
import { describe, expect, test } from 'vitest';

import type { CollectionGap } from '../snapshot/gap.ts';
import type { IamPrincipal, OrganizationLevelSnapshot, Repository, Snapshot, Tag } from '../snapshot/model.ts';
import { anyoneOutside, type Caller, findCaller, iamCaller, rootCaller, serviceCaller } from './caller.ts';
import { type ContextInput, requestContext } from './request-context.ts';
import { registryTarget, repositoryTarget, type Target } from './target.ts';

const OURS = '111122223333';
const MEMBER = '222233334444';
const PATHLESS = '333344445555';
const OUTSIDE = '999999999999';

function tagged(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function principal(kind: 'user' | 'role', name: string, tags: Readonly<Record<string, string>> = {}): IamPrincipal {
  return {
    kind,
    id: `${kind === 'user' ? 'AIDA' : 'AROA'}${name.toUpperCase()}`,
    arn: `arn:aws:iam::${OURS}:${kind}/team/${name}`,
    name,
    path: '/team/',
    tags: tagged(tags),
    inlinePolicies: [],
    attachedPolicyArns: [],
    permissionsBoundaryArn: null,
    groups: [],
  };
}

const level = (kind: OrganizationLevelSnapshot['kind'], id: string): OrganizationLevelSnapshot => ({
  id,
  kind,
  name: id,
  scps: [],
  rcps: [],
});

const snapshot: Snapshot = {
  takenAt: '2026-11-09T06:00:00Z',
  partition: 'aws',
  gaps: [],
  organization: {
    id: 'o-1',
    managementAccountId: null,
    scpsEnabled: true,
    rcpsEnabled: true,
    accounts: new Map([
      [OURS, { id: OURS, name: 'ours', levels: [level('root', 'r-1'), level('ou', 'ou-1'), level('account', OURS)] }],
      [MEMBER, { id: MEMBER, name: 'member', levels: [level('root', 'r-1'), level('account', MEMBER)] }],
      [PATHLESS, { id: PATHLESS, name: 'pathless', levels: null }],
    ]),
  },
  accounts: new Map([[OURS, { id: OURS, iam: null, regions: new Map(), cloudTrailWindows: new Map() }]]),
  problems: [],
};

/** A principal whose account was not collected. */
function stranger(arn: string): Caller {
  const result = findCaller(snapshot, arn);
  if (result.kind === 'error') {
    throw new TypeError(result.message);
  }
  return result.caller;
}

const alice = principal('user', 'alice', { Team: 'blue', Two: 'x', two: 'y', Same: 'z', same: 'z', Empty: '' });
const ci = principal('role', 'ci');
const callers = {
  user: iamCaller(snapshot, alice, null),
  role: iamCaller(snapshot, ci, null),
  session: iamCaller(snapshot, ci, `arn:aws:sts::${OURS}:assumed-role/ci/run-1`),
  root: rootCaller(snapshot, OURS),
  service: serviceCaller(snapshot, 'lambda.amazonaws.com'),
  federated: stranger(`arn:aws:sts::${OURS}:federated-user/carol`),
  memberUser: stranger(`arn:aws:iam::${MEMBER}:user/people/bob`),
  memberRole: stranger(`arn:aws:iam::${MEMBER}:role/build/ci`),
  memberSession: stranger(`arn:aws:sts::${MEMBER}:assumed-role/ci/run-1`),
  member: rootCaller(snapshot, MEMBER),
  outsideUser: stranger(`arn:aws:iam::${OUTSIDE}:user/eve`),
  anyone: anyoneOutside(snapshot),
} as const;
type CallerName = keyof typeof callers;

const repository: Repository = {
  arn: `arn:aws:ecr:eu-west-1:${OURS}:repository/app`,
  accountId: OURS,
  region: 'eu-west-1',
  name: 'app',
  policy: { kind: 'none' },
  tags: tagged({ Stage: 'live', Two: 'x', two: 'y' }),
};

const registry = registryTarget(OURS, null);
const gone: Target = { ...repositoryTarget(repository), repository: null };

function valueOf(key: string, given: Partial<ContextInput> = {}): KeyValue {
  return requestContext({
    snapshot,
    caller: callers.user,
    target: repositoryTarget(repository),
    action: 'ecr:PutImage',
    given: new Map(),
    isComplete: false,
    ...given,
  }).lookup(key);
}

const valueFor = (name: CallerName, key: string): KeyValue => valueOf(key, { caller: callers[name] });

const NOT_OURS: KeyValue = { kind: 'other', than: [OURS, OURS, MEMBER, PATHLESS] };
const NOT_IN_ORGANIZATION: KeyValue = { kind: 'other', than: ['o-1'] };
const NOT_UNDER_ORGANIZATION: KeyValue = { kind: 'other', than: ['o-1/'] };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
describe('of who asks, a request tells', () => {
  test.each<readonly [string, Readonly<Partial<Record<CallerName, KeyValue>>>]>([
    [
      'aws:principalarn',
      {
        user: present(`arn:aws:iam::${OURS}:user/team/alice`),
        role: present(`arn:aws:iam::${OURS}:role/team/ci`),
        session: present(`arn:aws:iam::${OURS}:role/team/ci`),
        root: present(`arn:aws:iam::${OURS}:root`),
        service: ABSENT,
        federated: present(`arn:aws:sts::${OURS}:federated-user/carol`),
        memberUser: present(`arn:aws:iam::${MEMBER}:user/people/bob`),
        memberRole: present(`arn:aws:iam::${MEMBER}:role/build/ci`),
        memberSession: UNREAD,
        member: UNREAD,
        anyone: UNREAD,
      },
    ],
    [
      'aws:principalaccount',
      {
        user: present(OURS),
        session: present(OURS),
        root: present(OURS),
        service: ABSENT,
        member: present(MEMBER),
        outsideUser: present(OUTSIDE),
        anyone: NOT_OURS,
      },
    ],
    [
      'aws:principaltype',
      {
        user: present('User'),
        role: present('AssumedRole'),
        session: present('AssumedRole'),
        root: present('Account'),
        federated: present('FederatedUser'),
        service: UNKNOWN,
        member: UNREAD,
      },
    ],
    ['aws:principalisawsservice', { user: present('false'), service: present('true'), anyone: present('false') }],
    ['aws:principalservicename', { user: ABSENT, service: present('lambda.amazonaws.com'), anyone: ABSENT }],
    ['aws:principalservicenameslist', { user: ABSENT, service: UNKNOWN, anyone: ABSENT }],
    ...['arn', 'account', 'orgid', 'orgpaths'].map(
      (name) => [`aws:source${name}`, { user: ABSENT, service: UNKNOWN }] as const,
    ),
    [
      'aws:username',
      {
        user: present('alice'),
        memberUser: present('bob'),
        role: ABSENT,
        root: ABSENT,
        federated: ABSENT,
        service: ABSENT,
        anyone: UNREAD,
      },
    ],
    [
      'aws:userid',
      {
        user: present('AIDAALICE'),
        role: { kind: 'prefix', prefix: 'AROACI:' },
        session: present('AROACI:run-1'),
        root: present(OURS),
        federated: present(`${OURS}:carol`),
        service: ABSENT,
        memberUser: UNREAD,
        memberRole: UNREAD,
        memberSession: UNREAD,
        anyone: UNREAD,
      },
    ],
    [
      'aws:principalorgid',
      {
        user: present('o-1'),
        member: present('o-1'),
        outsideUser: NOT_IN_ORGANIZATION,
        anyone: NOT_IN_ORGANIZATION,
        service: ABSENT,
      },
    ],
    [
      'aws:principalorgpaths',
      {
        user: present('o-1/r-1/ou-1/'),
        member: present('o-1/r-1/'),
        outsideUser: NOT_UNDER_ORGANIZATION,
        anyone: NOT_UNDER_ORGANIZATION,
        service: ABSENT,
      },
    ],
    [
      'aws:principaltag/team',
      {
        user: present('blue'),
        role: ABSENT,
        root: ABSENT,
        service: ABSENT,
        memberUser: UNREAD,
        anyone: UNREAD,
      },
    ],
  ])('%s', (key, expected) => {
    const names = Object.keys(callers).filter((name): name is CallerName => name in expected);
    expect(Object.fromEntries(names.map((name) => [name, valueFor(name, key)]))).toEqual(expected);
  });

  test('the path of an account whose parents are not all known as one that could not be read', () => {
    const keys = ['aws:principalorgid', 'aws:principalorgpaths'];
    expect(keys.map((key) => valueOf(key, { caller: rootCaller(snapshot, PATHLESS) }))).toEqual([
      present('o-1'),
      UNREAD,
    ]);
  });
});

describe('of what is asked for, a request tells', () => {
  test.each<readonly [string, string, Partial<ContextInput>, KeyValue]>([
    ['its account', 'aws:resourceaccount', {}, present(OURS)],
    ['its organization', 'aws:resourceorgid', {}, present('o-1')],
    ['its place in the organization', 'aws:resourceorgpaths', {}, present('o-1/r-1/ou-1/')],
    [
      'that of an account outside',
      'aws:resourceorgid',
      { target: { ...gone, accountId: OUTSIDE } },
      NOT_IN_ORGANIZATION,
    ],
    ['also for a service', 'aws:resourceorgid', { caller: callers.service }, present('o-1')],
    ['the region', 'aws:requestedregion', {}, present('eu-west-1')],
    ['some region where none is named', 'aws:requestedregion', { target: registry }, { kind: 'other', than: [] }],
    ['a tag of the repository', 'aws:resourcetag/stage', {}, present('live')],
    ['the same by its other name', 'ecr:resourcetag/stage', {}, present('live')],
    ['no tag that it does not carry', 'ecr:resourcetag/team', {}, ABSENT],
    ['two tags that differ in case only as unknown', 'ecr:resourcetag/two', {}, UNKNOWN],
    ['no tags of a registry', 'ecr:resourcetag/stage', { target: { ...registry, isListed: false } }, ABSENT],
    ['no tags of what is still to be created', 'aws:resourcetag/stage', { action: 'ecr:CreateRepository' }, ABSENT],
    ['no tags of what is not there', 'aws:resourcetag/stage', { target: gone }, ABSENT],
    ['tags not read where nothing was listed', 'aws:resourcetag/a', { target: { ...gone, isListed: false } }, UNREAD],
    [
      'tags that could not be read',
      'aws:resourcetag/stage',
      { target: repositoryTarget({ ...repository, tags: null }) },
      UNREAD,
    ],
  ])('%s: %s', (_title, key, given, expected) => {
    expect(valueOf(key, given)).toEqual(expected);
  });
});

test('a tag of a principal is found whatever its case, and not known where two that differ in case differ in value', () => {
  const values = ['team', 'empty', 'same', 'two', 'tea'].map((name) => valueOf(`aws:principaltag/${name}`));
  expect(values).toEqual([present('blue'), present(''), present('z'), UNKNOWN, ABSENT]);
});

describe('what is given', () => {
  const given = new Map<string, readonly string[] | null>([
    ['aws:sourcevpce', ['vpce-1', 'vpce-2']],
    ['aws:principaltag/team', ['red']],
    ['aws:username', null],
  ]);

  test('comes before what is known otherwise, and says that a key is absent too', () => {
    expect(valueOf('aws:sourcevpce', { given })).toEqual(present('vpce-1', 'vpce-2'));
    expect(valueOf('aws:principaltag/team', { given })).toEqual(present('red'));
    expect(valueOf('aws:username', { given })).toEqual(ABSENT);
  });

  test.each<readonly [string, Partial<ContextInput>, KeyValue]>([
    ['aws:sourcevpce', {}, ABSENT],
    ['aws:principalorgid', { caller: callers.anyone }, ABSENT],
    ['aws:userid', {}, present('AIDAALICE')],
    ['aws:userid', { caller: callers.role }, { kind: 'prefix', prefix: 'AROACI:' }],
    ['aws:userid', { caller: callers.memberUser }, UNREAD],
    ['aws:principaltag/two', {}, UNKNOWN],
    ['aws:principaltag/team', { caller: callers.memberUser }, UNREAD],
    ['aws:requestedregion', { target: registry }, { kind: 'other', than: [] }],
  ])('being all there is, what is open is absent, and what every request carries is not: %s', (key, more, expected) => {
    expect(valueOf(key, { ...more, isComplete: true })).toEqual(expected);
  });
});

function gap(accountId: string | null): CollectionGap {
  return {
    accountId,
    region: null,
    source: 'organizations:ListAccounts',
    resource: null,
    reason: 'accessDenied',
    message: 'denied',
  };
}

describe('the organization', () => {
  const idOf = (caller: CallerName, changes: Partial<Snapshot>): KeyValue =>
    valueOf('aws:principalorgid', { caller: callers[caller], snapshot: { ...snapshot, ...changes } });

  test.each<readonly [string, CallerName, Partial<Snapshot>, KeyValue]>([
    ['not collected leaves it unknown', 'user', { organization: null }, UNKNOWN],
    ['that could not be read is unread', 'user', { organization: null, gaps: [gap(null)] }, UNREAD],
    ['read in part may hold any account that is not in it', 'outsideUser', { gaps: [gap(null)] }, UNREAD],
    ['read in part holds those that are in it', 'user', { gaps: [gap(null)] }, present('o-1')],
    ['unread for one account is read for others', 'outsideUser', { gaps: [gap(OURS)] }, NOT_IN_ORGANIZATION],
    ['is none that anyone outside is in', 'anyone', { gaps: [gap(null)] }, NOT_IN_ORGANIZATION],
  ])('%s', (_title, caller, changes, expected) => {
    expect(idOf(caller, changes)).toEqual(expected);
  });

  test('not collected leaves accounts outside to the accounts of the snapshot', () => {
    const without = { ...snapshot, organization: null };
    expect(valueOf('aws:principalaccount', { caller: callers.anyone, snapshot: without })).toEqual({
      kind: 'other',
      than: [OURS],
    });
    expect(valueOf('aws:resourceorgpaths', { snapshot: without })).toEqual(UNKNOWN);
    expect(valueOf('aws:principalorgpaths', { snapshot: { ...without, gaps: [gap(null)] } })).toEqual(UNREAD);
  });
});
