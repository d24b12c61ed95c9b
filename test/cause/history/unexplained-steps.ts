import * as documents from './documents.ts';
import { FROM, iam, text, TO } from './events.ts';
import type { Step } from './step.ts';
import { managed, organizationPolicyOf, policyOf, REGISTRY, roleOf, UNSEEN } from './world.ts';

const deploy = `role:${REGISTRY}/deploy`;
const readOnly = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly';

const changed: Step['after'] = (state) =>
  (roleOf(state, REGISTRY).RolePolicyList = [{ PolicyName: 'Pull', PolicyDocument: documents.push }]);

/** Differences that no event explains, each with the explanation that remains. */
export const unexplainedSteps: readonly Step[] = [
  {
    name: 'AWS puts a new version of its own policy into force',
    after: (state) =>
      Object.values(state.accounts).forEach(({ policies }) =>
        Object.assign(policies.find(({ Arn }) => Arn === readOnly) ?? {}, managed(readOnly, documents.push, 'v2')),
      ),
    events: [],
    expected: { [`managedPolicy changed policy:${readOnly}`]: 'awsManagedPolicy' },
  },
  {
    name: 'a change in an account whose history nobody reads',
    after: (state) => (roleOf(state, UNSEEN).RolePolicyList = []),
    // One of the same name elsewhere explains nothing.
    events: [iam('elsewhere', 'DeleteRolePolicy', { roleName: 'deploy', policyName: 'Pull' })],
    expected: { [`inlinePolicy removed role:${UNSEEN}/deploy`]: 'accountNotObserved' },
  },
  {
    name: 'the history was not read at all',
    after: changed,
    events: [],
    seen: null,
    expected: { [`inlinePolicy changed ${deploy}`]: 'accountNotObserved' },
  },
  {
    name: 'an hour of the history is missing',
    after: changed,
    events: [],
    seen: { startTime: '2026-11-01T01:00:00Z', endTime: TO },
    expected: { [`inlinePolicy changed ${deploy}`]: 'windowHole' },
  },
  {
    name: 'the last quarter of an hour had not settled when the history was read',
    after: changed,
    events: [],
    seen: { startTime: FROM, endTime: '2026-11-01T23:45:00Z' },
    expected: { [`inlinePolicy changed ${deploy}`]: 'windowHole' },
  },
  {
    name: 'the history is not complete, and nothing says what is missing',
    after: changed,
    events: [],
    seen: { startTime: FROM, endTime: TO, complete: false },
    expected: { [`inlinePolicy changed ${deploy}`]: 'windowHole' },
  },
  {
    name: 'an hour is missing, and the same was asked for only while the second scan was reading',
    after: changed,
    events: [
      iam(
        'late',
        'PutRolePolicy',
        { roleName: 'deploy', policyName: 'Pull', policyDocument: text(documents.push) },
        { at: '2026-11-02T00:20:00Z' },
      ),
    ],
    seen: { startTime: '2026-11-01T01:00:00Z', endTime: TO },
    expected: { [`inlinePolicy changed ${deploy}`]: 'windowHole' },
  },
  {
    name: 'all of the history was seen, and nobody did it',
    after: changed,
    events: [],
    expected: { [`inlinePolicy changed ${deploy}`]: 'noEventFound' },
  },
  {
    name: 'the only call about it asked for something else',
    after: changed,
    events: [
      iam('other', 'PutRolePolicy', { roleName: 'deploy', policyName: 'Pull', policyDocument: text(documents.remove) }),
    ],
    expected: { [`inlinePolicy changed ${deploy}`]: 'noEventFound' },
  },
  {
    name: 'the organization is changed, whose calls a snapshot does not hold',
    after: (state) => (organizationPolicyOf(state, 'p-guard001').Content = documents.denyDeleteAndPush),
    events: [],
    expected: { 'scp changed organizationPolicy:p-guard001': 'windowHole' },
  },
  {
    name: 'one of two tags was set by nobody',
    after: (state) =>
      (roleOf(state, REGISTRY).Tags = [
        { Key: 'Team', Value: 'payments' },
        { Key: 'Stage', Value: 'production' },
      ]),
    events: [iam('team', 'TagRole', { roleName: 'deploy', tags: [{ key: 'Team', value: 'payments' }] })],
    expected: { [`principalTags changed ${deploy}`]: ['team'] },
  },
  {
    name: 'a customer policy of a name that AWS uses is no policy of AWS',
    after: (state) =>
      Object.assign(policyOf(state, `arn:aws:iam::${REGISTRY}:policy/Pull`), {
        ...managed(`arn:aws:iam::${REGISTRY}:policy/Pull`, documents.push, 'v2'),
      }),
    events: [],
    expected: { [`managedPolicy changed policy:arn:aws:iam::${REGISTRY}:policy/Pull`]: 'noEventFound' },
  },
];
