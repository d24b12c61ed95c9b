import { describe, expect, test } from 'vitest';

import type { AccessRow } from '../access-row.ts';
import { evaluateByReference } from '../evaluate/evaluate-by-reference.ts';
import { evaluateSnapshot } from '../evaluate/evaluate-snapshot.ts';
import { assembleSnapshot } from '../snapshot/assemble.ts';
import type { Snapshot } from '../snapshot/model.ts';

const A = '111122223333';
const B = '222233334444';
const REGION = `accounts/${A}/eu-west-1`;
const OURS = `arn:aws:ecr:eu-west-1:${A}:repository/app`;

/** One role that may do everything, and one repository with the statement as its policy. */
function withPolicy(statement: object): Snapshot {
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const role = {
    RoleName: 'ci',
    RoleId: 'AROACIAROACIAROACI01',
    Arn: `arn:aws:iam::${A}:role/ci`,
    RolePolicyList: [{ PolicyName: 'own', PolicyDocument: everything }],
    Tags: [{ Key: 'team', Value: 'app' }],
  };
  const policy = { Version: '2012-10-17', Statement: [statement] };
  const files = {
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-09T06:00:00Z' },
    'organization.json': {
      Organization: { Id: 'o-1', MasterAccountId: A },
      Roots: [{ Id: 'r-1' }],
      Accounts: [{ Id: A, ParentId: 'r-1' }],
      Policies: [],
    },
    [`accounts/${A}/account-authorization-details.json`]: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [role],
      Policies: [],
    },
    [`${REGION}/repositories.json`]: {
      repositories: [{ repositoryArn: OURS, registryId: A, repositoryName: 'app' }],
    },
    [`${REGION}/repository-policies.json`]: [{ repositoryName: 'app', policyText: JSON.stringify(policy) }],
    [`${REGION}/repository-tags.json`]: {},
    [`${REGION}/registry.json`]: { registryPolicy: null, accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' } },
  };
  const parts = Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) }));
  return assembleSnapshot(parts);
}

function roleDeletesImages(rows: Iterable<AccessRow>): readonly [string, boolean] | undefined {
  const row = [...rows].find(
    ({ principal, action, resource }) =>
      principal.kind === 'role' && action === 'ecr:BatchDeleteImage' && resource === OURS,
  );
  return row === undefined ? undefined : [row.decision, row.limits.some(({ code }) => code === 'sessionTags')];
}

const ofTeam = 'arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}';
const otherAccount = { AWS: `arn:aws:iam::${B}:root` };
const otherRole = { AWS: `arn:aws:iam::${B}:role/ci` };
const allow = { Effect: 'Allow', Action: 'ecr:BatchDeleteImage' };
const deny = { ...allow, Effect: 'Deny' };
const byTag = { StringEquals: { 'aws:PrincipalTag/team': 'app' } };

describe('a repository policy that asks for the tags of callers in its Resource mentions them to all, whomever it names', () => {
  test.each<readonly [string, object, boolean]>([
    ['another account', { ...allow, Principal: otherAccount, Resource: ofTeam }, true],
    ['another account, in a Deny', { ...deny, Principal: otherAccount, Resource: ofTeam }, true],
    ['another account, in a NotResource', { ...allow, Principal: otherAccount, NotResource: ofTeam }, true],
    ['a role of another account', { ...allow, Principal: otherRole, Resource: ofTeam }, true],
    ['a service', { ...allow, Principal: { Service: 'lambda.amazonaws.com' }, Resource: ofTeam }, true],
    ['another account, about another resource', { ...allow, Principal: otherAccount, Resource: `${ofTeam}/x` }, true],
    ['another account, about another action', { ...allow, Action: 'ecr:PutImage', Principal: otherAccount }, false],
    // Conditions are asked only of those whom the statement names.
    ['another account, with tags in its condition', { ...allow, Principal: otherAccount, Condition: byTag }, false],
    ['another account, with the name of the caller', { ...allow, Principal: otherAccount, Resource: '*' }, false],
    ['the account itself, with tags in its condition', { ...allow, Principal: { AWS: A }, Condition: byTag }, true],
  ])('%s', (_, statement, isMentioned) => {
    const snapshot = withPolicy(statement);
    expect(roleDeletesImages(evaluateByReference(snapshot))).toEqual(['allowed', isMentioned]);
    expect(roleDeletesImages(evaluateSnapshot(snapshot).rows)).toEqual(['allowed', isMentioned]);
  });
});
