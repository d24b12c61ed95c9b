import {
  assembleSnapshot,
  type ManagedPolicyChange,
  type ManagedPolicyChanges,
  managedPolicyChanges,
  type PolicyEffect,
  type SnapshotWithParts,
} from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';
import { expandOrganization } from '../conformance/expand.ts';
import type { CompactAccount, CompactOrganization } from '../conformance/schema.ts';

const shop = '111111111111';
const other = '222222222222';
const shared = 'arn:aws:iam::aws:policy/Shared';
const role = (name: string, account = shop): string => `arn:aws:iam::${account}:role/${name}`;

type Statement = Readonly<Record<string, string | string[] | Record<string, Record<string, string>>>>;

const allow = (Action: string | readonly string[], rest: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: typeof Action === 'string' ? Action : [...Action],
  Resource: '*',
  ...rest,
});
const list = allow('ecr:ListImages');
const deleting = allow(['ecr:ListImages', 'ecr:BatchDeleteImage']);

function side(accounts: CompactOrganization['accounts'], rest: Partial<CompactOrganization> = {}): SnapshotWithParts {
  const parts = expandOrganization({ accounts, ...rest });
  return { snapshot: assembleSnapshot(parts), parts };
}

function one(account: CompactAccount): SnapshotWithParts {
  return side({ [shop]: { repositories: { app: {} }, ...account } });
}

/** Two snapshots of one account that differ in its managed policies alone. */
function between(
  holders: CompactAccount,
  before: NonNullable<CompactAccount['managed']>,
  after: NonNullable<CompactAccount['managed']>,
): ManagedPolicyChanges {
  return managedPolicyChanges(one({ ...holders, managed: before }), one({ ...holders, managed: after }));
}

function only(found: ManagedPolicyChanges): ManagedPolicyChange {
  const [change, ...others] = found.changes;
  if (change === undefined || others.length > 0) {
    throw new Error(`expected one change, found ${found.changes.length}`);
  }
  return change;
}

function brief(effects: readonly PolicyEffect[]): readonly string[] {
  return effects.flatMap(({ principals, changes }) =>
    principals.flatMap(({ name }) => changes.map(({ kind, actions }) => `${name} ${kind} ${actions.join(' ')}`)),
  );
}

describe('whose access a new version changed', () => {
  test('those who hold it themselves and through a group, by what it gives and takes', () => {
    const found = between(
      {
        roles: { own: { managed: ['P'] }, none: {} },
        users: { member: { groups: ['g'] } },
        groups: { g: { managed: ['P'] } },
      },
      { P: [list] },
      { P: [allow('ecr:BatchDeleteImage')] },
    );
    const change = only(found);
    expect(change).toMatchObject({ kind: 'changed', owner: 'customer', accountIds: [shop], principals: 2 });
    expect(change.statements).toMatchObject({
      allows: { gained: ['ecr:BatchDeleteImage'], lost: ['ecr:ListImages'] },
      denies: { gained: [], lost: [] },
      added: [{ effect: 'Allow', statement: { Action: 'ecr:BatchDeleteImage' } }],
      removed: [{ effect: 'Allow', actions: ['ecr:ListImages'] }],
    });
    expect(brief(change.access).toSorted()).toEqual([
      'member gained ecr:BatchDeleteImage',
      'member lost ecr:ListImages',
      'own gained ecr:BatchDeleteImage',
      'own lost ecr:ListImages',
    ]);
  });

  test('nobody who has the same from elsewhere, or is denied it', () => {
    const found = between(
      {
        roles: {
          twice: { managed: ['P'], policies: { own: [list] } },
          denied: { managed: ['P'], policies: { no: [{ ...list, Effect: 'Deny' }] } },
        },
      },
      { P: [list] },
      { P: [allow('s3:*')] },
    );
    expect(only(found)).toMatchObject({ concernsEcr: true, principals: 2, access: [] });
  });

  test('a condition that is added narrows, and one that is taken away widens', () => {
    const bound = allow('ecr:ListImages', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } });
    const holders = { roles: { r: { managed: ['P'] } } };
    expect(brief(only(between(holders, { P: [list] }, { P: [bound] })).access)).toEqual(['r narrowed ecr:ListImages']);
    expect(brief(only(between(holders, { P: [bound] }, { P: [list] })).access)).toEqual(['r widened ecr:ListImages']);
  });

  test('a boundary that becomes narrower takes from those whose boundary it is', () => {
    const found = between(
      { roles: { fenced: { boundary: 'Fence', policies: { all: [allow('ecr:*')] } } } },
      { Fence: [deleting] },
      { Fence: [list] },
    );
    expect(only(found)).toMatchObject({ principals: 0, boundaries: 1 });
    expect(brief(only(found).access)).toEqual(['fenced lost ecr:BatchDeleteImage']);
  });

  test('a policy that was deleted took what it alone brought; one that was made gave nobody anything by itself', () => {
    const before = one({ roles: { r: { managed: ['P'] } }, managed: { P: [list] } });
    const after = one({ roles: { r: { managed: ['Q'] } }, managed: { Q: [deleting] } });
    const { changes } = managedPolicyChanges(before, after);
    expect(changes.map(({ name, kind, versions, access }) => [name, kind, versions, brief(access)])).toEqual([
      ['P', 'deleted', { before: 'v1', after: null }, ['r lost ecr:ListImages']],
      ['Q', 'created', { before: null, after: 'v1' }, []],
    ]);
  });

  test('only what the policy itself changed: who was given it meanwhile, and other policies, are left out', () => {
    const before = one({ roles: { r: { managed: ['P'] }, late: {} }, managed: { P: [list] } });
    const after = one({
      roles: { r: { managed: ['P'], policies: { more: [allow('ecr:PutImage')] } }, late: { managed: ['P'] } },
      managed: { P: [deleting] },
    });
    expect(brief(only(managedPolicyChanges(before, after)).access)).toEqual(['r gained ecr:BatchDeleteImage']);
  });
});

describe('what is no change of what a policy says of ECR', () => {
  const holders = { roles: { r: { managed: ['P'] } } };

  test.each([
    ['the same document', [list], [list]],
    ['the order of members and a text in place of an object', [list], JSON.stringify(documentOf([{ ...list }]))],
  ])('%s is none at all', (_, before, after) => {
    expect(between(holders, { P: before }, { P: after }).changes).toEqual([]);
  });

  test.each([
    ['a name', [list], [{ ...list, Sid: 'Look' }]],
    ['the order of actions', [deleting], [allow(['ecr:BatchDeleteImage', 'ecr:ListImages'])]],
    ['another service', [list], [list, allow('s3:*')]],
    ['resources of another service', [list], [list, allow('*', { Resource: 'arn:aws:s3:::b' })]],
  ])('%s', (_, before, after) => {
    expect(only(between(holders, { P: before }, { P: after }))).toMatchObject({
      concernsEcr: false,
      statements: { added: [], removed: [] },
      access: [],
    });
  });

  test('the language of the document is one, because variables mean something in the newer one alone', () => {
    const Statement = [allow('ecr:ListImages', { Resource: 'arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}' })];
    const found = between(
      { roles: { r: { managed: ['P'], tags: { team: 'app' } } } },
      { P: { Version: '2008-10-17', Statement } },
      { P: { Version: '2012-10-17', Statement } },
    );
    expect(brief(only(found).access)).toEqual(['r gained ecr:ListImages']);
  });
});

test("one version that AWS put in place of another is one change for all accounts, told apart from the customers' own", () => {
  const account = (name: string, of: { readonly aws: Statement; readonly own: Statement }): CompactAccount => ({
    roles: { [name]: { managed: [shared, 'Own'] } },
    managed: { [shared]: [of.aws], Own: [of.own] },
    repositories: { app: {} },
  });
  const before = side({
    [shop]: account('a', { aws: list, own: list }),
    [other]: account('b', { aws: list, own: list }),
  });
  const after = side({
    [shop]: account('a', { aws: deleting, own: list }),
    [other]: account('b', { aws: deleting, own: deleting }),
  });
  const { changes } = managedPolicyChanges(before, after);
  expect(changes.map(({ arn, owner, accountIds }) => [arn, owner, accountIds])).toEqual([
    [`arn:aws:iam::${other}:policy/Own`, 'customer', [other]],
    [shared, 'aws', [shop, other]],
  ]);
  const changed = changes[1]?.access.flatMap(({ principals }) => principals.map(({ arn }) => arn));
  expect(changed?.toSorted()).toEqual([role('a'), role('b', other)]);
});

describe("AWS's own policies are listed where they are attached", () => {
  test('so that one that is first or no longer attached was changed by nobody', () => {
    const held = one({ roles: { r: { managed: [shared] } }, managed: { [shared]: [list] } });
    const free = one({ roles: { r: {} } });
    expect(managedPolicyChanges(held, free).changes).toEqual([]);
    expect(managedPolicyChanges(free, held).changes).toEqual([]);
  });

  test('and an account that detached a changed one meanwhile learns of the change from another', () => {
    const before = side({ [shop]: holder('a', list), [other]: holder('b', list) });
    const after = side({ [shop]: holder('a', null), [other]: holder('b', deleting) });
    const change = only(managedPolicyChanges(before, after));
    expect(change.accountIds).toEqual([shop, other]);
    expect(brief(change.access).toSorted()).toEqual(['a gained ecr:BatchDeleteImage', 'b gained ecr:BatchDeleteImage']);
  });
});

describe('what could not be read is not known, and never lost', () => {
  const details = `accounts/${shop}/account-authorization-details.json`;
  const full = { [shop]: { roles: { r: { managed: ['P'] } }, managed: { P: [list] }, repositories: { app: {} } } };

  test.each([
    ['the earlier', 'from', { [details]: null }, {}],
    ['the later', 'to', {}, { [details]: null }],
    ['either', 'both', { [details]: null }, { [details]: null }],
  ])('policies of an account that is missing in %s snapshot', (_, unreadIn, before, after) => {
    const found = managedPolicyChanges(side(full, { raw: before }), side(full, { raw: after }));
    expect(found.changes).toEqual([]);
    expect(found.notKnown).toContainEqual({ accountId: shop, arn: null, unreadIn });
  });

  test('an account that the organization has and nobody read', () => {
    const found = managedPolicyChanges(
      side({ ...full, [other]: {} }, { raw: { [`accounts/${other}/account-authorization-details.json`]: null } }),
      side({ ...full, [other]: {} }),
    );
    expect(found.notKnown).toContainEqual({ accountId: other, arn: null, unreadIn: 'from' });
  });

  test('a policy that somebody has and whose document is missing', () => {
    const account: CompactAccount = { roles: { r: { managed: ['P'] }, b: { boundary: 'P' } } };
    const arn = `arn:aws:iam::${shop}:policy/P`;
    const found = managedPolicyChanges(one({ ...account, managed: { P: [list] } }), one(account));
    expect(found.changes).toEqual([]);
    expect(found.notKnown).toContainEqual({ accountId: shop, arn, unreadIn: 'to' });
  });

  test('access that something else unread may bring as well', () => {
    const found = between({ roles: { r: { managed: ['P', 'Unread'] } } }, { P: [list] }, { P: [allow('s3:*')] });
    expect(brief(only(found).access)).toEqual(['r notKnown ecr:ListImages']);
    const unread = { accountId: shop, arn: `arn:aws:iam::${shop}:policy/Unread`, unreadIn: 'both' };
    expect(found.notKnown).toContainEqual(unread);
  });

  test('what a version says in a statement that cannot be read', () => {
    const found = between(
      { roles: { r: { managed: ['P'] } } },
      { P: [list] },
      { P: [list, { Effect: 'Allow', Action: 7, Resource: '*' }] },
    );
    const change = only(found);
    expect(change).toMatchObject({ concernsEcr: true, statements: { isWhole: false } });
    const kinds = new Set(change.access.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
    expect([...kinds]).toEqual(['notKnown']);
  });
});

describe('all changes together', () => {
  test('are told where no single one shows what they do: two policies allowed the same, and both no longer do', () => {
    const found = between(
      { roles: { r: { managed: ['P', 'Q'] } } },
      { P: [list], Q: [list] },
      { P: [allow('s3:*')], Q: [allow('s3:*')] },
    );
    expect(found.changes.flatMap(({ access }) => access)).toEqual([]);
    expect(brief(found.together)).toEqual(['r lost ecr:ListImages']);
  });

  test('are told where they undo each other', () => {
    const found = between(
      { roles: { r: { managed: ['P', 'Q'] } } },
      { P: [list], Q: [allow('s3:*')] },
      { P: [allow('s3:*')], Q: [list] },
    );
    expect(found.changes.map(({ access }) => brief(access))).toEqual([['r lost ecr:ListImages'], []]);
    expect(found.together).toMatchObject([{ principals: [{ arn: role('r') }], changes: [] }]);
  });

  test('are not repeated where one change says it all', () => {
    const found = between(
      { roles: { a: { managed: ['P'] }, b: { managed: ['Q'] } } },
      { P: [list], Q: [list] },
      { P: [deleting], Q: [deleting] },
    );
    expect(found.changes).toHaveLength(2);
    expect(found.together).toEqual([]);
  });
});

/** An account with a role that has AWS's policy, or that no longer has. */
function holder(name: string, document: Statement | null): CompactAccount {
  return {
    repositories: { app: {} },
    roles: { [name]: { managed: document === null ? [] : [shared] } },
    ...(document === null ? {} : { managed: { [shared]: [document] } }),
  };
}

function documentOf(Statement: readonly object[]): object {
  return { Statement, Version: '2012-10-17' };
}
