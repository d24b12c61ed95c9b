import { expect, test } from 'vitest';

import { assembleSnapshot } from '../snapshot/assemble.ts';
import { evaluateSnapshot, type EvaluationResult } from './evaluate-snapshot.ts';
import { EVALUATOR_VERSION } from './evaluator-version.ts';

const A = '111122223333';
const B = '222233334444';
const C = '333344445555';

function evaluated(files: Readonly<Record<string, object>>): EvaluationResult {
  const all = { 'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' }, ...files };
  return evaluateSnapshot(
    assembleSnapshot(Object.entries(all).map(([path, content]) => ({ path, content: JSON.stringify(content) }))),
  );
}

const registry = { registryPolicy: null };
const organization = {
  Organization: { Id: 'o-1' },
  Roots: [{ Id: 'r-1', Name: 'Root' }],
  OrganizationalUnits: [
    { Id: 'ou-1', Name: 'Apps', ParentId: 'r-1' },
    { Id: 'ou-2', Name: 'Live', ParentId: 'ou-1' },
  ],
  Accounts: [
    { Id: B, Name: 'web', ParentId: 'ou-2' },
    { Id: A, Name: 'base', ParentId: 'r-1' },
    { Id: C, Name: 'lost', ParentId: 'ou-missing' },
  ],
  Policies: [],
};

test('accounts are those that were read and those of the organization, with their way down from the root', () => {
  const { accounts, target } = evaluated({
    'organization.json': organization,
    'accounts/999999999999/eu-west-1/registry.json': registry,
    [`accounts/${B}/eu-west-1/registry.json`]: registry,
  });
  expect(accounts).toEqual([
    { id: A, name: 'base', path: 'Root' },
    { id: B, name: 'web', path: 'Root/Apps/Live' },
    { id: C, name: 'lost', path: '' },
    { id: '999999999999', name: '999999999999', path: '' },
  ]);
  expect(target).toEqual({ key: 'organization:o-1', name: 'o-1' });
});

test('without an organization the history belongs to the accounts, in the order of their ids', () => {
  const one = evaluated({ [`accounts/${B}/eu-west-1/registry.json`]: registry });
  const two = evaluated({
    [`accounts/${B}/eu-west-1/registry.json`]: registry,
    [`accounts/${A}/eu-west-1/registry.json`]: registry,
  });
  expect(one.target).toEqual({ key: `account:${B}`, name: B });
  expect(two.target).toEqual({ key: `accounts:${A},${B}`, name: `${A}, ${B}` });
  expect(two.accounts.map(({ id }) => id)).toEqual([A, B]);
});

test('registries are those that were read, by account and then by region', () => {
  const { registries, repositories } = evaluated({
    [`accounts/${A}/us-east-1/registry.json`]: registry,
    [`accounts/${A}/eu-west-1/registry.json`]: registry,
    [`accounts/${A}/eu-north-1/cloudtrail-window.json`]: { startTime: 'x', endTime: 'y', complete: true },
    [`accounts/${A}/eu-west-1/repositories.json`]: {
      repositories: [
        { repositoryArn: `arn:aws:ecr:eu-west-1:${A}:repository/app`, registryId: A, repositoryName: 'app' },
      ],
    },
  });
  expect(registries).toEqual([
    { accountId: A, region: 'eu-west-1' },
    { accountId: A, region: 'us-east-1' },
  ]);
  expect(repositories).toEqual([
    { arn: `arn:aws:ecr:eu-west-1:${A}:repository/app`, accountId: A, region: 'eu-west-1', name: 'app' },
  ]);
});

test('the version of the rules is a number that can be raised', () => {
  expect(EVALUATOR_VERSION).toMatch(/^[1-9]\d*$/);
});
