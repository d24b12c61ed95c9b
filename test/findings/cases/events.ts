import type { RuleCases } from '../rule-case.ts';
import { A, type Call, identityOf, region, repositoryArn, STRANGER } from '../scene.ts';

const other = identityOf('intruder', 'AROAINTRUDEREXAMPL001');
const stranger = identityOf('agency', 'AROASTRANGEREXAMPL001', STRANGER);
const root = { type: 'Root', principalId: A, arn: `arn:aws:iam::${A}:root`, accountId: A };
const refused: Call = { name: 'SetRepositoryPolicy', daysAgo: 1, errorCode: 'AccessDeniedException', identity: other };
const times = (count: number, call: Call, secondsApart: number): Call[] =>
  Array.from({ length: count }, (_, index) => ({ ...call, secondsLater: index * secondsApart }));
const app = repositoryArn('prod/app');

export const eventCases: readonly RuleCases[] = [
  {
    rule: 'ECR-POLICY-ATTEMPT',
    finds: [
      { title: 'one refusal', scene: { calls: [refused] }, expected: [{ severity: 'medium', resource: app }] },
      { title: 'a burst of them', scene: { calls: times(5, refused, 60) }, expected: [{ severity: 'high' }] },
      {
        title: 'as many over a day are no burst',
        scene: { calls: times(5, refused, 7200) },
        expected: [{ severity: 'medium' }],
      },
    ],
    ignores: [
      { title: 'it was done', scene: { calls: [{ name: 'SetRepositoryPolicy', daysAgo: 1 }] } },
      { title: 'a read was refused', scene: { calls: [{ ...refused, name: 'BatchGetImage' }] } },
      {
        title: 'it failed for another reason',
        scene: { calls: [{ ...refused, errorCode: 'InvalidParameterException' }] },
      },
    ],
  },
  {
    rule: 'ECR-UNUSUAL-PUSH',
    finds: [
      {
        title: 'somebody new pushed where others push',
        scene: {
          calls: [
            { name: 'PutImage', daysAgo: 40 },
            { name: 'PutImage', daysAgo: 1, identity: other },
          ],
        },
        expected: [{ severity: 'medium', principal: { id: 'AROAINTRUDEREXAMPL001' }, doubts: [] }],
      },
      {
        title: 'a window with holes leaves a doubt',
        scene: {
          calls: [
            { name: 'PutImage', daysAgo: 40 },
            { name: 'PutImage', daysAgo: 1, identity: other },
          ],
          window: { from: '2026-08-24T12:00:00Z', complete: false },
        },
        expected: [{ doubts: ['not all events were read: it may have pushed before'] }],
      },
    ],
    ignores: [
      {
        title: 'it has pushed before',
        scene: { calls: [40, 20, 1].map((daysAgo) => ({ name: 'PutImage', daysAgo })) },
      },
      {
        title: 'nobody has pushed there before',
        scene: { calls: [{ name: 'PutImage', daysAgo: 1, identity: other }] },
      },
    ],
  },
  {
    rule: 'ECR-XACCT-USE',
    finds: [
      {
        title: 'an account that nobody knows pulled',
        scene: { calls: [{ name: 'BatchGetImage', daysAgo: 1, identity: stranger }] },
        expected: [{ severity: 'high', resource: app, principal: { id: 'AROASTRANGEREXAMPL001' } }],
      },
      {
        title: 'a partner pushed, one level lower',
        settings: { partnerAccounts: [STRANGER] },
        scene: { calls: [{ name: 'PutImage', daysAgo: 1, identity: stranger }] },
        expected: [{ severity: 'medium' }],
      },
    ],
    ignores: [
      { title: 'one of ours pulled', scene: { calls: [{ name: 'BatchGetImage', daysAgo: 1 }] } },
      {
        title: 'a partner pulled',
        settings: { partnerAccounts: [STRANGER] },
        scene: { calls: [{ name: 'BatchGetImage', daysAgo: 1, identity: stranger }] },
      },
      {
        title: 'it pulled from a registry that is not ours',
        scene: {
          calls: [{ name: 'BatchGetImage', daysAgo: 1, identity: stranger, request: { registryId: STRANGER } }],
        },
      },
    ],
  },
  {
    rule: 'ECR-ROOT-USE',
    finds: [
      {
        title: 'a root user set a policy',
        scene: { calls: [{ name: 'SetRepositoryPolicy', daysAgo: 1, identity: root }] },
        expected: [{ severity: 'high', principal: { id: `root:${A}` } }],
      },
    ],
    ignores: [
      { title: 'a root user looked', scene: { calls: [{ name: 'BatchGetImage', daysAgo: 1, identity: root }] } },
      { title: 'a role set it', scene: { calls: [{ name: 'SetRepositoryPolicy', daysAgo: 1 }] } },
    ],
  },
  {
    rule: 'ECR-MASS-DELETE',
    finds: [
      {
        title: 'ten deletions within ten minutes',
        scene: { calls: times(10, { name: 'BatchDeleteImage', daysAgo: 1, identity: other }, 60) },
        expected: [{ severity: 'critical', accountId: A, region }],
      },
    ],
    ignores: [
      { title: 'nine', scene: { calls: times(9, { name: 'BatchDeleteImage', daysAgo: 1 }, 1) } },
      { title: 'ten over a day', scene: { calls: times(10, { name: 'BatchDeleteImage', daysAgo: 2 }, 7200) } },
    ],
  },
];
