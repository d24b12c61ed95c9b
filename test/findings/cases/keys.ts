import { expectText } from '../expect-text.ts';
import type { RuleCases } from '../rule-case.ts';
import { A, type Call, type Scene } from '../scene.ts';

/* Access keys of users, of which only events tell. */

const userId = 'AIDACIUSEREXAMPLE0001';
const key = 'AKIAIOSFODNN7EXAMPLE';
const arn = `arn:aws:iam::${A}:user/ci`;
const identity = { type: 'IAMUser', principalId: userId, arn, accountId: A, accessKeyId: key, userName: 'ci' };
const use = (daysAgo: number, accessKeyId = key): Call => ({
  name: 'PutImage',
  daysAgo,
  identity: { ...identity, accessKeyId },
});
const change = (name: string, daysAgo: number, more: Partial<Call> = {}): Call => ({
  name,
  source: 'iam',
  daysAgo,
  request: { userName: 'ci', accessKeyId: key },
  ...more,
});
const made = (daysAgo: number): Call =>
  change('CreateAccessKey', daysAgo, { request: { userName: 'ci' }, response: { accessKey: { accessKeyId: key } } });
const pushes = [
  { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken', 'ecr:PutImage', 'ecr:UploadLayerPart'], Resource: '*' },
] as const;
const scene = (calls: readonly Call[], more: Scene = {}): Scene => ({
  users: [{ name: 'ci', id: userId, statements: pushes }],
  calls,
  ...more,
});
const whole = { from: '2026-08-24T12:00:00Z', complete: true };

export const keyCases: readonly RuleCases[] = [
  {
    rule: 'ECR-STALE-KEY',
    finds: [
      {
        title: 'a key was used over all the time that is asked for',
        scene: scene([use(85), use(1)]),
        expected: [
          {
            severity: 'medium',
            resource: arn,
            principal: { id: userId },
            title: expectText('at least 85 days old'),
            what: expectText('ends in MPLE'),
          },
        ],
      },
      {
        title: 'its making was seen: its age is exact',
        scene: scene([made(84), use(2)]),
        expected: [{ title: expectText('that is 84 days old') }],
      },
      {
        title: 'its making would have been seen, and was not: it is older than the window',
        scene: scene([use(2)], { homeWindow: whole }),
        expected: [{ title: expectText('at least 90 days old') }],
      },
      {
        title: 'a key that was made inactive and active again',
        scene: scene([
          use(85),
          change('UpdateAccessKey', 4, { request: { accessKeyId: key, status: 'Inactive' } }),
          change('UpdateAccessKey', 3, { request: { accessKeyId: key, status: 'Active' } }),
        ]),
        expected: [{ severity: 'medium' }],
      },
    ],
    ignores: [
      { title: 'nobody knows how old the key is', scene: scene([use(2)]) },
      {
        title: 'nobody knows, because the window has holes',
        scene: scene([use(2)], { homeWindow: { ...whole, complete: false } }),
      },
      { title: 'the key is young', scene: scene([made(10), use(2)], { homeWindow: whole }) },
      { title: 'it was deleted', scene: scene([use(85), use(2), change('DeleteAccessKey', 1)]) },
      {
        title: 'it was made inactive',
        scene: scene([use(85), change('UpdateAccessKey', 1, { request: { accessKeyId: key, status: 'Inactive' } })]),
      },
      { title: 'they are credentials of a session', scene: scene([use(85, 'ASIAIOSFODNN7EXAMPLE')]) },
      { title: 'the user may not push', scene: { users: [{ name: 'ci', id: userId }], calls: [use(85)] } },
    ],
  },
];
