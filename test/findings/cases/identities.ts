import { expect } from 'vitest';
import { expectText } from '../expect-text.ts';
import type { RuleCases } from '../rule-case.ts';
import { A, type Role, roleArn, type Scene, type Statement } from '../scene.ts';

const all: Statement = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' };
const pushes: Statement = {
  Effect: 'Allow',
  Action: ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'],
  Resource: '*',
};
const role = (...statements: readonly Statement[]): Role => ({
  name: 'deploy',
  id: 'AROADEPLOYEXAMPLE0001',
  statements,
});
const withRole = (...statements: readonly Statement[]): Scene => ({ roles: [role(...statements)] });
const POWER_USER = 'arn:aws:iam::aws:policy/PowerUserAccess';
const boundary = `arn:aws:iam::${A}:policy/boundary`;
const nothing = { [boundary]: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } as const;

export const identityCases: readonly RuleCases[] = [
  {
    rule: 'ECR-ADMIN-GRANT',
    finds: [
      {
        title: 'a role sets the policies of repositories',
        scene: withRole({ Effect: 'Allow', Action: 'ecr:SetRepositoryPolicy', Resource: '*' }),
        expected: [
          {
            severity: 'high',
            resource: roleArn('deploy'),
            repositories: { count: 1, inProduction: 1 },
            reasons: expect.arrayContaining([
              expect.objectContaining({ policy: `${roleArn('deploy')}#inline:rights`, effect: 'Allow' }),
            ]),
            doubts: [],
          },
        ],
      },
      {
        title: 'a role sets the policy of the registry',
        scene: { ...withRole({ Effect: 'Allow', Action: 'ecr:PutRegistryPolicy', Resource: '*' }), repositories: {} },
        expected: [{ title: expectText('PutRegistryPolicy on 1 registry') }],
      },
      {
        title: 'a condition is told as a doubt, and silences nothing',
        scene: withRole({
          Effect: 'Allow',
          Action: 'ecr:SetRepositoryPolicy',
          Resource: '*',
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        }),
        expected: [{ doubts: [expectText('only if')] }],
      },
      {
        title: 'a policy that is attached and was not read leaves it open, with a doubt',
        scene: { roles: [{ ...role(), attached: [`arn:aws:iam::${A}:policy/unread`] }] },
        expected: [{ doubts: [expectText('not to be known'), expectText('policy')] }],
      },
    ],
    ignores: [
      { title: 'a role that pushes', scene: withRole(pushes) },
      { title: 'an administrator by name', scene: withRole(all), settings: { administrators: ['dep*'] } },
      {
        title: 'an administrator by ARN',
        scene: withRole(all),
        settings: { administrators: ['arn:aws:iam::*:role/deploy'] },
      },
      {
        title: 'a boundary leaves nothing of it',
        scene: { roles: [{ ...role(all), boundary }], managed: nothing },
      },
    ],
  },
  {
    rule: 'ECR-WILDCARD',
    finds: [
      {
        title: 'an inline policy says ecr:* on everything',
        scene: withRole(all),
        expected: [{ severity: 'high', reasons: [{ policy: `${roleArn('deploy')}#inline:rights`, statement: '0' }] }],
      },
      {
        title: 'a policy of AWS gives all but IAM, and is named',
        scene: {
          roles: [{ ...role(), attached: [POWER_USER] }],
          managed: { [POWER_USER]: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }] },
        },
        expected: [{ title: expectText('PowerUserAccess') }],
      },
    ],
    ignores: [
      {
        title: 'every action on one repository',
        scene: withRole({ ...all, Resource: 'arn:aws:ecr:*:*:repository/prod/app' }),
      },
      { title: 'some actions on everything', scene: withRole(pushes) },
      { title: 'an administrator', scene: withRole(all), settings: { administrators: ['deploy'] } },
      { title: 'a boundary leaves nothing of it', scene: { roles: [{ ...role(all), boundary }], managed: nothing } },
    ],
  },
  {
    rule: 'ECR-BOUNDARY-OFF',
    finds: [
      {
        title: 'the boundary of a role that pushes was taken off',
        scene: withRole(pushes),
        before: { roles: [{ ...role(pushes), boundary }], managed: nothing },
        expected: [{ severity: 'high', what: expectText(boundary) }],
      },
    ],
    ignores: [
      { title: 'there never was one', scene: withRole(pushes), before: withRole(pushes) },
      {
        title: 'the role has no rights on ECR',
        scene: { roles: [{ ...role(), name: 'other' }] },
        before: { roles: [{ ...role(), name: 'other', boundary }], managed: nothing },
      },
    ],
  },
];
