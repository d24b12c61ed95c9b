import { expect, test } from 'vitest';

import { assembleSnapshot } from '../snapshot/assemble.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { evaluateSnapshot } from './evaluate-snapshot.ts';

const A = '111122223333';

/** A registry of one repository with a policy of one statement. */
function openRegistry(policy: object, more: Readonly<Record<string, object>> = {}): Snapshot {
  const region = `accounts/${A}/eu-west-1`;
  const repository = {
    repositoryArn: `arn:aws:ecr:eu-west-1:${A}:repository/open`,
    registryId: A,
    repositoryName: 'open',
  };
  const files = {
    ...more,
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' },
    [`${region}/repositories.json`]: { repositories: [repository] },
    [`${region}/repository-policies.json`]: [
      { repositoryName: 'open', policyText: JSON.stringify({ Version: '2012-10-17', Statement: [policy] }) },
    ],
    [`${region}/repository-tags.json`]: {},
    [`${region}/registry.json`]: { registryPolicy: null, accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' } },
  };
  const parts = Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) }));
  return assembleSnapshot(parts);
}

test('anyone outside who may fetch layers may pull, as far as is known', () => {
  const policy = { Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] };
  const rows = [...evaluateSnapshot(openRegistry(policy)).rows].filter(({ principal }) => principal.arn === '*');
  expect(rows.map(({ action, decision }) => [action, decision])).toContainEqual(['pull', 'unknown']);
});

test('members of the organization that were not collected are listed where a policy lets everyone in', () => {
  const member = '444455556666';
  const organization = {
    Organization: { Id: 'o-a', MasterAccountId: '999999999999' },
    Roots: [{ Id: 'r-a' }],
    Accounts: [A, member].map((Id) => ({ Id, ParentId: 'r-a' })),
    Policies: [],
  };
  const policy = {
    Effect: 'Allow',
    Principal: '*',
    Action: 'ecr:BatchGetImage',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } },
  };
  const rows = [...evaluateSnapshot(openRegistry(policy, { 'organization.json': organization })).rows];
  const external = rows.filter(({ principal }) => principal.kind === 'external');
  expect(external.map(({ principal, action, decision }) => [principal.accountId, action, decision])).toEqual([
    [member, 'ecr:BatchGetImage', 'unknown'],
  ]);
});
