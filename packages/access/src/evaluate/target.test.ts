import { expect, test } from 'vitest';

import { assembleSnapshot } from '../snapshot/assemble.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { repositoriesOf } from './evaluated-repositories.ts';
import { namedTarget, registryTarget, repositoryTarget } from './target.ts';

const A = '111122223333';
const B = '222233334444';

function arnOf(account: string, region: string, name: string): string {
  return `arn:aws:ecr:${region}:${account}:repository/${name}`;
}

function list(account: string, region: string, names: readonly string[]): object {
  return {
    repositories: names.map((repositoryName) => ({
      repositoryArn: arnOf(account, region, repositoryName),
      registryId: account,
      repositoryName,
    })),
  };
}

/** A registry with two repositories, one with one, and one whose list was not read. */
function snapshotOf(): Snapshot {
  const files = {
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' },
    [`accounts/${B}/eu-west-1/repositories.json`]: list(B, 'eu-west-1', ['web']),
    [`accounts/${A}/us-east-1/repositories.json`]: list(A, 'us-east-1', ['zoo', 'app']),
    [`accounts/${A}/eu-west-1/registry.json`]: { registryPolicy: null },
  };
  return assembleSnapshot(Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) })));
}

test('the repositories of all registries come in the order of their ARNs', () => {
  expect(repositoriesOf(snapshotOf()).map(({ arn }) => arn)).toEqual([
    arnOf(B, 'eu-west-1', 'web'),
    arnOf(A, 'us-east-1', 'app'),
    arnOf(A, 'us-east-1', 'zoo'),
  ]);
});

test.each([
  ['that is in the list', A, 'us-east-1', 'app', { isListed: true, isFound: true }],
  ['that is not in the list', A, 'us-east-1', 'web', { isListed: true, isFound: false }],
  ['of a registry that was not listed', A, 'eu-west-1', 'app', { isListed: false, isFound: false }],
  ['of a region that was not read', A, 'eu-north-1', 'app', { isListed: false, isFound: false }],
  ['of an account that was not read', '999999999999', 'us-east-1', 'app', { isListed: false, isFound: false }],
])('a repository %s is known by its ARN, and whether it exists', (_, accountId, region, name, expected) => {
  const arn = arnOf(accountId, region, name);
  const target = namedTarget(snapshotOf(), { accountId, region, name, arn });
  const { isListed, repository, ...place } = target;
  expect(place).toEqual({ accountId, region, resource: arn });
  expect({ isListed, isFound: repository?.arn === arn }).toEqual(expected);
  expect(repository === null).toBe(!expected.isFound);
});

test('a repository of the snapshot is listed, and the target of its own ARN', () => {
  const [repository] = repositoriesOf(snapshotOf());
  expect(repository === undefined ? null : repositoryTarget(repository)).toEqual({
    accountId: B,
    region: 'eu-west-1',
    resource: arnOf(B, 'eu-west-1', 'web'),
    repository,
    isListed: true,
  });
});

test('the target of an action without a repository is `*` in a registry, whose region may be open', () => {
  expect(registryTarget(A, null)).toEqual({
    accountId: A,
    region: null,
    resource: '*',
    repository: null,
    isListed: true,
  });
});
