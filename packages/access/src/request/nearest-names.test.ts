import { describe, expect, test } from 'vitest';
import { assembleSnapshot } from '../snapshot/assemble.ts';
import { explainRequest } from './explain-request.ts';
import { nearestPrincipals, nearestRepositories } from './nearest-names.ts';

const A = '111122223333';
const B = '444455556666';
const iam = (account: string, rest: string): string => `arn:aws:iam::${account}:${rest}`;
const ecr = (account: string, name: string): string => `arn:aws:ecr:eu-west-1:${account}:repository/${name}`;

function accountParts(account: string, roles: readonly string[], repositories: readonly string[]): object {
  const details = {
    UserDetailList: [],
    GroupDetailList: [],
    Policies: [],
    RoleDetailList: roles.map((path) => ({
      Path: '/',
      RoleName: path.split('/').at(-1),
      RoleId: `AROA${account}${path.replaceAll(/[^a-z]/g, '').toUpperCase()}`,
      Arn: iam(account, `role/${path}`),
      CreateDate: '2026-01-01T00:00:00Z',
      AssumeRolePolicyDocument: {},
      RolePolicyList: [],
      AttachedManagedPolicies: [],
    })),
  };
  const listed = repositories.map((name) => ({
    repositoryArn: ecr(account, name),
    registryId: account,
    repositoryName: name,
  }));
  return {
    [`accounts/${account}/account-authorization-details.json`]: details,
    [`accounts/${account}/eu-west-1/repositories.json`]: { repositories: listed },
  };
}

const files: Readonly<Record<string, unknown>> = {
  'snapshot.json': { formatVersion: 1, takenAt: '2026-11-16T06:00:00Z', partition: 'aws', gaps: [] },
  ...accountParts(A, ['ci/deploy', 'ci/deployer', 'scanner', 'a\u202Eb\nc'], ['team/app', 'team/api', 'base']),
  ...accountParts(B, ['deploy'], ['team/app']),
};
const snapshot = assembleSnapshot(
  Object.entries(files).map(([path, content]) => ({ path, content: JSON.stringify(content) })),
);

describe('the nearest principals', () => {
  test.each([
    [
      'a forgotten path',
      iam(A, 'role/deploy'),
      [iam(A, 'role/ci/deploy'), iam(B, 'role/deploy'), iam(A, 'role/ci/deployer')],
    ],
    ['a letter that is missing', iam(A, 'role/scaner'), [iam(A, 'role/scanner')]],
    ['a bare name in other letters', 'Scanner', [iam(A, 'role/scanner')]],
    ['a session of a role', `arn:aws:sts::${A}:assumed-role/scannr/x`, [iam(A, 'role/scanner')]],
    ['a name that is near to none', iam(A, 'role/payments'), []],
    ['nothing', '', []],
  ])('%s', (_title, asked, expected) => {
    expect(nearestPrincipals(snapshot, asked)).toEqual(expected);
  });

  test('are shown with everything visible', () => {
    expect(nearestPrincipals(snapshot, iam(A, 'role/a\u202Eb\nd'))).toEqual([
      String.raw`arn:aws:iam::111122223333:role/a\u{202e}b\u{a}c`,
    ]);
  });

  test('of a name of any length are found without comparing all of it', () => {
    expect(nearestPrincipals(snapshot, iam(A, `role/${'scanner'.repeat(200_000)}`))).toEqual([iam(A, 'role/scanner')]);
  });
});

test.each([
  ['another letter', ecr(A, 'team/apq'), [ecr(A, 'team/api'), ecr(A, 'team/app'), ecr(B, 'team/app')]],
  ['a bare name', 'bases', [ecr(A, 'base')]],
  ['a name that is near to none', ecr(A, 'payments/gateway'), []],
])('the nearest repositories: %s', (_title, resource, expected) => {
  expect(nearestRepositories(snapshot, { resource })).toEqual(expected);
});

describe('a question that is refused names what is near', () => {
  const question = { principal: iam(A, 'role/scanner'), action: 'ecr:PutImage', resource: ecr(A, 'team/app') };
  test.each([
    [{ principal: iam(A, 'role/scaner') }, `nearest in this snapshot: \`${iam(A, 'role/scanner')}\``],
    [{ resource: 'base' }, `nearest in this snapshot: \`${ecr(A, 'base')}\``],
    [{ action: 'ecr:PutImages' }, 'did you mean `ecr:PutImage`?'],
  ])('%j', (change, expected) => {
    const result = explainRequest(snapshot, { ...question, ...change });
    expect(result).toMatchObject({ kind: 'error', message: expect.stringContaining(expected) });
  });

  test('and one about a repository that is not there is answered with those that are', () => {
    const result = explainRequest(snapshot, { ...question, resource: ecr(A, 'team/ap') });
    expect(result).toMatchObject({
      explanation: { similarRepositories: [ecr(A, 'team/api'), ecr(A, 'team/app'), ecr(B, 'team/app')] },
    });
  });
});
