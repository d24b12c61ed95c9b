import { describe, expect, test } from 'vitest';

import type { DiscoveredAccount } from './discover-organization.ts';
import { asksForTags, gapsOfLeftOut, selectAccounts } from './select-accounts.ts';
import type { AccountFilter } from './select-accounts.ts';

const nothing: AccountFilter = { accounts: [], organizationalUnits: [], tags: {} };

function account(id: string, path: readonly string[], more: Partial<DiscoveredAccount> = {}): DiscoveredAccount {
  return { id, name: id, state: 'ACTIVE', path, tags: null, ...more };
}

const accounts = [
  account('1', ['r-1'], { tags: [{ Key: 'env', Value: 'prod' }] }),
  account('2', ['r-1', 'ou-a'], { tags: [{ Key: 'env', Value: 'dev' }] }),
  account('3', ['r-1', 'ou-a', 'ou-b'], { tags: [] }),
  account('4', ['r-1', 'ou-c'], { tags: [{ Key: 'env', Value: 'prod' }] }),
];

function selected(include: Partial<AccountFilter>, exclude: Partial<AccountFilter> = {}): readonly string[] {
  const selection = { include: { ...nothing, ...include }, exclude: { ...nothing, ...exclude } };
  return selectAccounts(accounts, selection).selected.map(({ id }) => id);
}

describe('which accounts are read', () => {
  test.each([
    ['all of them, where nothing is included', {}, {}, ['1', '2', '3', '4']],
    ['those that are named', { accounts: ['2', '4'] }, {}, ['2', '4']],
    ['those of a unit, and of the units below it', { organizationalUnits: ['ou-a'] }, {}, ['2', '3']],
    ['all, below the root', { organizationalUnits: ['r-1'] }, {}, ['1', '2', '3', '4']],
    ['those with a tag', { tags: { env: 'prod' } }, {}, ['1', '4']],
    ['those that any include names', { accounts: ['3'], tags: { env: 'prod' } }, {}, ['1', '3', '4']],
    ['those with any of the tags', { tags: { env: 'dev', other: 'prod' } }, {}, ['2']],
    ['none that is excluded by its id', {}, { accounts: ['1'] }, ['2', '3', '4']],
    ['none below an excluded unit', {}, { organizationalUnits: ['ou-a'] }, ['1', '4']],
    ['none with an excluded tag', {}, { tags: { env: 'prod' } }, ['2', '3']],
    ['none that is excluded, though it is included', { accounts: ['1', '2'] }, { accounts: ['2'] }, ['1']],
  ])('%s', (_title, include, exclude, expected) => {
    expect(selected(include, exclude)).toEqual(expected);
  });

  test('a tag is its key and its whole value', () => {
    expect(selected({ tags: { env: 'pro' } })).toEqual([]);
    expect(selected({ tags: { ENV: 'prod' } })).toEqual([]);
  });
});

describe('what cannot be told', () => {
  const untagged = [account('5', ['r-1'])];
  const byTag = { ...nothing, tags: { env: 'prod' } };

  test.each([
    ['include', { include: byTag, exclude: nothing }],
    ['exclude', { include: nothing, exclude: byTag }],
  ])('an account whose tags were not read is not taken for one that an %s names or does not', (_side, selection) => {
    const choice = selectAccounts(untagged, selection);
    expect(choice.selected).toEqual([]);
    expect(choice.leftOut.map(({ why }) => why)).toEqual(['tagsUnread']);
    expect(gapsOfLeftOut(choice, ['eu-west-1'])).toMatchObject([
      { accountId: '5', region: null, source: 'iam:GetAccountAuthorizationDetails', reason: 'notCollected' },
      { accountId: '5', region: 'eu-west-1', source: 'ecr:DescribeRepositories', reason: 'notCollected' },
    ]);
  });

  test('what else names an account settles it without its tags', () => {
    const named = { ...byTag, accounts: ['5'] };
    expect(selectAccounts(untagged, { include: named, exclude: nothing }).selected).toHaveLength(1);
    expect(selectAccounts(untagged, { include: nothing, exclude: named }).leftOut).toMatchObject([{ why: 'excluded' }]);
  });

  test('ids that are not there are told, each once and sorted', () => {
    const choice = selectAccounts(accounts, {
      include: { ...nothing, accounts: ['9', '1'] },
      exclude: { ...nothing, organizationalUnits: ['ou-z', 'ou-a'], accounts: ['9'] },
    });
    expect(choice.unmatched).toEqual(['9', 'ou-z']);
  });
});

test.each([
  ['SUSPENDED', false],
  ['CLOSED', false],
  ['PENDING_ACTIVATION', false],
  ['ACTIVE', true],
  ['PENDING_CLOSURE', true],
  ['UNKNOWN', true],
])('an account in state %s is read: %s', (state, isRead) => {
  const choice = selectAccounts([account('6', ['r-1'], { state })], { include: nothing, exclude: nothing });
  expect(choice.selected.length === 1).toBe(isRead);
  expect(gapsOfLeftOut(choice, []).length > 0).toBe(!isRead);
});

test('what the selection leaves out has no gap, for nobody asked for it', () => {
  const choice = selectAccounts(accounts, { include: { ...nothing, accounts: ['1'] }, exclude: nothing });
  expect(choice.leftOut).toHaveLength(3);
  expect(gapsOfLeftOut(choice, ['eu-west-1'])).toEqual([]);
});

test('tags are asked for only where the selection needs them', () => {
  expect(asksForTags({ include: nothing, exclude: nothing })).toBe(false);
  expect(asksForTags({ include: nothing, exclude: { ...nothing, tags: { env: 'prod' } } })).toBe(true);
});
