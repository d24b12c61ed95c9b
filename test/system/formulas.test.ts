import { expect, test } from 'vitest';
import { expectExit, runCommand } from './harness/run-command.ts';
import { accountId, damagedFixture } from './harness/snapshots.ts';

test('in CSV a name that a spreadsheet would take for a formula gets an apostrophe in front', async () => {
  const name = '=cmd|calc!A1,"quoted"';
  const directory = damagedFixture({
    [`accounts/${accountId}/account-authorization-details.json`]: JSON.stringify({
      UserDetailList: [
        {
          Path: '/',
          UserName: name,
          UserId: 'AIDAFORMULAFORMULA111',
          Arn: `arn:aws:iam::${accountId}:user/${name}`,
          CreateDate: '2026-01-01T00:00:00Z',
          UserPolicyList: [
            {
              PolicyName: 'all',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: 'ecr:*', Resource: '*' }],
              },
            },
          ],
          GroupList: [],
          AttachedManagedPolicies: [],
        },
      ],
      GroupDetailList: [],
      RoleDetailList: [],
      Policies: [],
    }),
  });
  const csv = await runCommand(['access', '--snapshot', directory, '--format', 'csv', '--by', 'capability']);
  expectExit(csv, 0);
  expect(csv.stdout).toContain(`,"'=cmd|calc!A1,""quoted""",`);
});

test('control characters of names do not reach the terminal', async () => {
  const directory = damagedFixture({
    [`accounts/${accountId}/eu-west-1/repository-policies.json`]: JSON.stringify([
      {
        registryId: accountId,
        repositoryName: 'shop/api',
        policyText: JSON.stringify({
          Statement: [{ Sid: '\u001B[2Jgone\u202E', Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }],
        }),
      },
    ]),
  });
  const question = ['--principal', `arn:aws:iam::${accountId}:role/builder`, '--action', 'ecr:BatchGetImage'];
  const resource = `arn:aws:ecr:eu-west-1:${accountId}:repository/shop/api`;
  const result = await runCommand(['explain', '--snapshot', directory, ...question, '--resource', resource]);
  expect(result.stdout).toContain('[2Jgone');
  expect(result.stdout).not.toContain('\u001B');
  expect(result.stdout).not.toContain('\u202E');
});
