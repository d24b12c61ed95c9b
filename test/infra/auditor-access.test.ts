import { assembleSnapshot, CAPABILITIES, evaluateSnapshot, findEcrAction, type AccessRow } from '@ecr-audit/access';
import { describe, expect, test } from 'vitest';

import { actionsOf, deployedRole, templateText } from './templates.ts';

const accountId = '111122223333';
const region = 'eu-west-1';

/** An account that holds one registry, one repository and the role, and nothing that would give the role more. */
function accessOf(role: ReturnType<typeof deployedRole>, path = '/'): readonly AccessRow[] {
  const repository = {
    repositoryArn: `arn:aws:ecr:${region}:${accountId}:repository/team/app`,
    registryId: accountId,
    repositoryName: 'team/app',
  };
  const files: Readonly<Record<string, unknown>> = {
    'snapshot.json': { formatVersion: 1, takenAt: '2026-11-22T06:00:00Z', partition: 'aws', gaps: [] },
    [`accounts/${accountId}/account-authorization-details.json`]: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [
        {
          Path: path,
          RoleName: role.RoleName,
          RoleId: 'AROAAUDITORAUDITOR01',
          Arn: `arn:aws:iam::${accountId}:role${path}${role.RoleName}`,
          AssumeRolePolicyDocument: role.AssumeRolePolicyDocument,
          RolePolicyList: role.Policies,
          AttachedManagedPolicies: [],
          Tags: [],
        },
      ],
      Policies: [],
    },
    [`accounts/${accountId}/identity-providers.json`]: { OpenIDConnectProviders: [], SAMLProviders: [] },
    [`accounts/${accountId}/${region}/repositories.json`]: { repositories: [repository] },
    [`accounts/${accountId}/${region}/repository-policies.json`]: [],
    [`accounts/${accountId}/${region}/repository-tags.json`]: { [repository.repositoryArn]: [] },
    [`accounts/${accountId}/${region}/registry.json`]: {
      registryPolicy: null,
      accountSettings: { REGISTRY_POLICY_SCOPE: 'V2' },
      replicationConfiguration: { rules: [] },
      pullThroughCacheRules: [],
      repositoryCreationTemplates: [],
      scanningConfiguration: null,
    },
  };
  const parts = Object.entries(files).map(([name, content]) => ({ path: name, content: JSON.stringify(content) }));
  const { rows } = evaluateSnapshot(assembleSnapshot(parts), { includeDenied: true });
  // The root user is a principal of every account; the role is the one in question.
  return [...rows].filter((row) => row.principal.id === 'AROAAUDITORAUDITOR01');
}

const auditor = accessOf(deployedRole(templateText('auditor-role')));
const management = accessOf(deployedRole(templateText('management-role')));

function decisionsOf(rows: readonly AccessRow[], action: string): readonly string[] {
  return rows.filter((row) => row.action === action).map((row) => row.decision);
}

describe.each([
  ['auditor', auditor],
  ['management', management],
])('by our own evaluator the %s role', (_, rows) => {
  test.each(CAPABILITIES.map(({ name }) => name))('may not %s', (capability) => {
    const decisions = decisionsOf(rows, capability);
    expect(decisions.length).toBeGreaterThan(0);
    expect(new Set(decisions)).toEqual(new Set(['implicitDeny']));
  });

  test('has nothing that depends or is unknown, so that what is not allowed is denied', () => {
    expect(rows.filter((row) => !['allowed', 'implicitDeny'].includes(row.decision))).toEqual([]);
  });
});

describe('by our own evaluator the auditor role', () => {
  const allowed = [...new Set(auditor.filter((row) => row.decision === 'allowed').map((row) => row.action))].toSorted();

  test('may do with ECR exactly what its template says, and only reads', () => {
    expect(allowed).toEqual(
      actionsOf(deployedRole(templateText('auditor-role'))).filter((action) => action.startsWith('ecr:')),
    );
    const levels = allowed.map((action) => findEcrAction(action)?.level);
    expect(levels.filter((level) => level !== 'Read' && level !== 'List')).toEqual([]);
  });

  test('gets no token and no layer', () => {
    for (const action of ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']) {
      expect(new Set(decisionsOf(auditor, action))).toEqual(new Set(['implicitDeny']));
    }
  });

  test('would be found out if it could pull: the evaluator is not blind to it', () => {
    const role = deployedRole(templateText('auditor-role'));
    const statement = {
      Sid: 'Pull',
      Effect: 'Allow' as const,
      Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: '*',
    };
    const document = { Version: '2012-10-17' as const, Statement: [statement] };
    const wider = { ...role, Policies: [...role.Policies, { PolicyName: 'pull', PolicyDocument: document }] };
    expect(decisionsOf(accessOf(wider), 'pull')).toEqual(['allowed']);
  });
});

test('the management role may do nothing with ECR', () => {
  expect(management.filter((row) => row.decision !== 'implicitDeny')).toEqual([]);
});
