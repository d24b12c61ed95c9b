import { expectText } from '../expect-text.ts';
import type { RuleCases } from '../rule-case.ts';
import { A, type Call, region, repositoryArn } from '../scene.ts';

/* Calls that change what becomes of images: how long they stay, and whether they are signed. */

const app = repositoryArn('prod/app');
const expiring = (tagStatus: string, more: object = {}): object => ({
  rulePriority: 1,
  selection: { tagStatus, countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14, ...more },
  action: { type: 'expire' },
});
const lifecycle = (rules: readonly object[], daysAgo = 1): Call => ({
  name: 'PutLifecyclePolicy',
  daysAgo,
  request: { lifecyclePolicyText: JSON.stringify({ rules }) },
});
const profile = 'arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release';
const signing = (filters: readonly string[], daysAgo: number): Call => ({
  name: 'PutSigningConfiguration',
  daysAgo,
  request: {
    signingConfiguration: {
      rules: [{ signingProfileArn: profile, repositoryFilters: filters.map((filter) => ({ filter })) }],
    },
  },
});

export const settingsEventCases: readonly RuleCases[] = [
  {
    rule: 'ECR-LIFECYCLE',
    finds: [
      {
        title: 'tagged images of production expire',
        scene: { calls: [lifecycle([expiring('tagged', { tagPatternList: ['prod*'] })])] },
        expected: [
          {
            severity: 'medium',
            resource: app,
            title: expectText('tagged images (prod*) 14 days after the push'),
            scope: { rights: ['expires tagged images (prod*) 14 days after the push'] },
            doubts: [],
          },
        ],
      },
      {
        title: 'all images but the newest expire',
        scene: { calls: [lifecycle([expiring('any', { countType: 'imageCountMoreThan', countNumber: 3 })])] },
        expected: [{ severity: 'medium', title: expectText('all images but the newest 3') }],
      },
      {
        title: 'only images without a tag expire, which is less grave',
        scene: { calls: [lifecycle([expiring('untagged')])] },
        expected: [{ severity: 'low', title: expectText('no tagged image') }],
      },
      {
        title: 'images move to the archive, and none expires',
        scene: { calls: [lifecycle([{ ...expiring('any'), action: { type: 'transition' } }])] },
        expected: [{ severity: 'low', scope: { rights: [] } }],
      },
      {
        title: 'the latest call counts',
        scene: { calls: [lifecycle([expiring('any')], 3), lifecycle([expiring('untagged')], 1)] },
        expected: [{ severity: 'low' }],
      },
      {
        title: 'a text that was not kept, or makes no sense, leaves a doubt and is no less grave',
        scene: {
          calls: [
            { name: 'PutLifecyclePolicy', daysAgo: 1 },
            { ...lifecycle([]), repository: 'prod/other', request: { lifecyclePolicyText: '{"rules":[{"a":1}]}' } },
            { ...lifecycle([]), repository: 'prod/long', request: { lifecyclePolicyText: 'x'.repeat(5000) } },
          ],
          repositories: { 'prod/app': null, 'prod/long': null, 'prod/other': null },
        },
        expected: [app, repositoryArn('prod/long'), repositoryArn('prod/other')].map((resource) => ({
          severity: 'medium',
          resource,
          doubts: [expectText('not known')],
        })),
      },
      {
        title: 'one was taken away',
        scene: { calls: [{ name: 'DeleteLifecyclePolicy', daysAgo: 1 }] },
        expected: [{ severity: 'low', title: expectText('took away') }],
      },
    ],
    ignores: [
      {
        title: 'it was refused',
        scene: { calls: [{ name: 'PutLifecyclePolicy', daysAgo: 1, errorCode: 'AccessDenied' }] },
      },
    ],
  },
  {
    rule: 'ECR-SIGN-OFF',
    finds: [
      {
        title: 'the configuration was deleted',
        scene: { calls: [{ name: 'DeleteSigningConfiguration', daysAgo: 1 }] },
        expected: [{ severity: 'medium', resource: `registry:${A}/${region}`, doubts: [] }],
      },
      {
        title: 'it was set to sign nothing',
        scene: {
          calls: [{ name: 'PutSigningConfiguration', daysAgo: 1, request: { signingConfiguration: { rules: [] } } }],
        },
        expected: [{ severity: 'medium', title: expectText('took away') }],
      },
      {
        title: 'it signs fewer repositories than the one before',
        scene: { calls: [signing(['prod/*', 'tools/*'], 5), signing(['tools/*'], 1)] },
        expected: [{ severity: 'medium', scope: { rights: [`prod/* by ${profile}`] }, doubts: [] }],
      },
      {
        title: 'what was there before was not seen: a doubt, one level lower',
        scene: { calls: [signing(['tools/*'], 1)] },
        expected: [{ severity: 'low', doubts: [expectText('not known')] }],
      },
    ],
    ignores: [
      { title: 'it signs more', scene: { calls: [signing(['tools/*'], 5), signing(['prod/*', 'tools/*'], 1)] } },
      {
        title: 'it was refused',
        scene: { calls: [{ name: 'DeleteSigningConfiguration', daysAgo: 1, errorCode: 'AccessDenied' }] },
      },
    ],
  },
];
