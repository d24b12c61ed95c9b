import * as documents from './documents.ts';
import { ecr, FROM, iam, text, TO } from './events.ts';
import type { Step } from './step.ts';
import { accountOf, REGION, REGISTRY, repositoryOf, roleOf, uniqueId, WORKLOAD } from './world.ts';

const deploy = `role:${REGISTRY}/deploy`;
const api = `repository:arn:aws:ecr:${REGION}:${REGISTRY}:repository/app/api`;

function put(id: string, at: string, document: object) {
  return iam(id, 'PutRolePolicy', { roleName: 'deploy', policyName: 'Pull', policyDocument: text(document) }, { at });
}

function set(document: object): Step['after'] {
  return (state) => (roleOf(state, REGISTRY).RolePolicyList = [{ PolicyName: 'Pull', PolicyDocument: document }]);
}

/** Several calls about the same, and calls around the two points in time. */
export const sequenceSteps: readonly Step[] = [
  {
    name: 'of two changes between two scans the last one made the state, and the first is listed',
    after: set(documents.push),
    events: [put('first', '09:00', documents.remove), put('last', '15:00', documents.push)],
    expected: { [`inlinePolicy changed ${deploy}`]: ['last'] },
    earlier: ['first'],
  },
  {
    name: 'of two calls that ask for the same the last one made the state',
    after: set(documents.push),
    events: [put('first', '09:00', documents.push), put('last', '15:00', documents.push)],
    expected: { [`inlinePolicy changed ${deploy}`]: ['last'] },
    earlier: ['first'],
  },
  {
    name: 'put, put back and put again: the last one made the state',
    after: set(documents.push),
    events: [
      put('put', '09:00', documents.push),
      put('back', '10:00', documents.pull),
      put('again', '15:00', documents.push),
    ],
    expected: { [`inlinePolicy changed ${deploy}`]: ['again'] },
    earlier: ['put', 'back'],
  },
  {
    name: 'what is put and put back differs nowhere',
    after: () => undefined,
    events: [put('put', '09:00', documents.push), put('back', '10:00', documents.pull)],
    expected: {},
  },
  {
    name: 'of two calls in one second that which asks for the state was the later one',
    after: set(documents.push),
    events: [put('z-other', '09:00', documents.remove), put('a-this', '09:00', documents.push)],
    expected: { [`inlinePolicy changed ${deploy}`]: ['a-this'] },
    earlier: ['z-other'],
  },
  {
    name: 'a call that leads elsewhere afterwards contradicts the one before: somebody unseen brought it back',
    after: set(documents.push),
    events: [put('first', '09:00', documents.push), put('contradicts', '15:00', documents.remove)],
    expected: { [`inlinePolicy changed ${deploy}`]: 'noEventFound' },
  },
  {
    name: 'a call in the minutes before the second read may be one that it does not show',
    after: set(documents.push),
    events: [put('shown', '09:00', documents.push), put('too-late', '23:58', documents.remove)],
    expected: { [`inlinePolicy changed ${deploy}`]: ['shown'] },
  },
  {
    name: 'a call moments before the first read, which did not show yet, made the state after',
    after: set(documents.push),
    events: [put('early', '2026-10-31T23:58:00Z', documents.push)],
    expected: { [`inlinePolicy changed ${deploy}`]: ['early'] },
  },
  {
    name: 'a call while the second scan was still reading made the state after',
    after: set(documents.push),
    events: [put('late', '2026-11-02T00:20:00Z', documents.push)],
    expected: { [`inlinePolicy changed ${deploy}`]: ['late'] },
  },
  {
    name: 'a repository policy is written anew, and a role in it deleted afterwards',
    before: (state) => (repositoryOf(state).policy = documents.workloadPulls),
    after: (state) => {
      const account = accountOf(state, WORKLOAD);
      account.roles = account.roles.filter(({ RoleName }) => RoleName !== 'runner');
      repositoryOf(state).policy = JSON.parse(
        text(documents.deployerPulls).replace(
          'arn:aws:iam::333344445555:role/app/runner',
          uniqueId('AROA', WORKLOAD, 'runner'),
        ),
      );
    },
    events: [
      ecr('set', 'SetRepositoryPolicy', { repositoryName: 'app/api', policyText: text(documents.deployerPulls) }),
      iam('policy', 'DeleteRolePolicy', { roleName: 'runner', policyName: 'Pull' }, { account: WORKLOAD }),
      iam(
        'detach',
        'DetachRolePolicy',
        { roleName: 'runner', policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly' },
        { account: WORKLOAD },
      ),
      iam('delete', 'DeleteRole', { roleName: 'runner' }, { account: WORKLOAD, at: '12:00' }),
    ],
    expected: {
      [`repositoryPolicy changed ${api}`]: ['set'],
      [`principal removed role:${WORKLOAD}/runner`]: ['delete'],
      [`inlinePolicy removed role:${WORKLOAD}/runner`]: ['policy'],
      [`attachment removed role:${WORKLOAD}/runner`]: ['detach'],
      [`principalTags removed role:${WORKLOAD}/runner`]: ['delete'],
      [`trust removed role:${WORKLOAD}/runner`]: ['delete'],
    },
  },
  {
    name: 'a call that another account made is recorded in both and counts once',
    after: (state) => (repositoryOf(state).policy = documents.workloadPushes),
    events: [WORKLOAD, REGISTRY].map((account) =>
      ecr(
        account === WORKLOAD ? 'caller' : 'owner',
        'SetRepositoryPolicy',
        { registryId: REGISTRY, repositoryName: 'app/api', policyText: text(documents.workloadPushes) },
        {
          account,
          extra: {
            sharedEventID: 'shared',
            userIdentity:
              account === WORKLOAD
                ? {
                    type: 'IAMUser',
                    principalId: 'AIDAGRACEGRACEGRACEAA',
                    arn: `arn:aws:iam::${WORKLOAD}:user/grace`,
                    accountId: WORKLOAD,
                  }
                : { type: 'AWSAccount', principalId: 'AIDAGRACEGRACEGRACEAA', accountId: WORKLOAD },
          },
        },
      ),
    ),
    expected: { [`repositoryPolicy changed ${api}`]: ['caller'] },
  },
  {
    name: 'a document that was cut may be the one',
    after: set(documents.push),
    events: [put('cut', '09:00', { Version: '2012-10-17', Statement: [], Id: 'x'.repeat(70_000) })],
    expected: { [`inlinePolicy changed ${deploy}`]: ['cut'] },
  },
  {
    name: 'a name is the same whatever its case',
    after: set(documents.push),
    events: [
      iam('put', 'PutRolePolicy', { roleName: 'Deploy', policyName: 'PULL', policyDocument: text(documents.push) }),
    ],
    expected: { [`inlinePolicy changed ${deploy}`]: ['put'] },
  },
  {
    name: 'a whole time is one: what was called at the second point is not before it',
    after: set(documents.push),
    events: [put('at-from', FROM, documents.push), put('at-to', TO, documents.remove)],
    expected: { [`inlinePolicy changed ${deploy}`]: ['at-from'] },
  },
];
