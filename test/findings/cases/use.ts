import { expectText } from '../expect-text.ts';
import type { RuleCases } from '../rule-case.ts';
import { A, region, repositoryArn, rootOf, type Scene, type Statement, STRANGER } from '../scene.ts';

const role = (...actions: readonly string[]): Scene => ({
  roles: [
    {
      name: 'ci',
      id: 'AROACIEXAMPLE00000001',
      statements: [{ Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', ...actions], Resource: '*' }],
    },
  ],
});
const pushing = role(
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
);
const letIn = (Condition?: object): Scene => {
  const statement: Statement = {
    Effect: 'Allow',
    Principal: { AWS: rootOf(STRANGER) },
    Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    ...(Condition === undefined ? {} : { Condition }),
  };
  return { repositories: { 'prod/app': [statement] } };
};
const short = { from: '2026-11-01T00:00:00Z', complete: true };
const holes = { from: '2026-08-24T12:00:00Z', complete: false };
const fetched = { name: 'BatchGetImage', daysAgo: 2 };

export const useCases: readonly RuleCases[] = [
  {
    rule: 'ECR-DORMANT-PUSH',
    finds: [
      {
        title: 'nobody was seen to push in the whole window',
        scene: { ...pushing, calls: [fetched] },
        expected: [{ severity: 'medium', title: expectText('did not in 89 days') }],
      },
    ],
    ignores: [
      { title: 'it pushed', scene: { ...pushing, calls: [{ name: 'PutImage', daysAgo: 80 }] } },
      { title: 'the window is shorter than asked for', scene: { ...pushing, calls: [fetched], window: short } },
      { title: 'the window has holes', scene: { ...pushing, calls: [fetched], window: holes } },
    ],
  },
  {
    rule: 'ECR-DORMANT-ADMIN',
    finds: [
      {
        title: 'nobody was seen to set policies or delete',
        scene: { ...role('ecr:SetRepositoryPolicy'), calls: [fetched] },
        expected: [{ severity: 'high' }],
      },
    ],
    ignores: [
      {
        title: 'it deleted',
        scene: { ...role('ecr:BatchDeleteImage'), calls: [{ name: 'BatchDeleteImage', daysAgo: 3 }] },
      },
      { title: 'the window has holes', scene: { ...role('ecr:SetRepositoryPolicy'), calls: [], window: holes } },
    ],
  },
  {
    rule: 'ECR-NEVER-USED-XACCT',
    finds: [
      {
        title: 'an account that is let in never came, while another stranger did, so that such events are recorded',
        scene: {
          ...letIn(),
          calls: [
            {
              ...fetched,
              identity: { type: 'AWSAccount', principalId: 'AROAOTHEREXAMPLE00001:x', accountId: '888899990000' },
            },
          ],
        },
        expected: [{ severity: 'medium', principal: { arn: rootOf(STRANGER) } }],
      },
    ],
    ignores: [
      {
        title: 'it came',
        scene: {
          ...letIn(),
          calls: [
            {
              ...fetched,
              identity: { type: 'AWSAccount', principalId: 'AROASTRANGEREXAMPL001:x', accountId: STRANGER },
            },
          ],
        },
      },
      { title: 'nothing shows that such events are recorded', scene: { ...letIn(), calls: [fetched] } },
    ],
  },
  {
    rule: 'ECR-BLIND',
    finds: [
      {
        title: 'the policy of a repository was refused, and an account of the organization was not collected',
        scene: { repositories: { 'prod/app': 'unread' }, accounts: [A], calls: [] },
        expected: [
          { severity: 'medium', resource: repositoryArn('prod/app') },
          { severity: 'medium', resource: `registry:${A}/${region}`, title: expectText('only a part') },
        ],
      },
    ],
    ignores: [{ title: 'all was read', scene: { accounts: [A], calls: [] } }],
  },
];
