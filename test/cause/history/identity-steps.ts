import * as documents from './documents.ts';
import { iam, text } from './events.ts';
import type { Step } from './step.ts';
import { accountOf, group, groupOf, iamArn, managed, policyOf, REGISTRY, roleOf, userOf, WORKLOAD } from './world.ts';

const deploy = `role:${REGISTRY}/deploy`;
const ada = `user:${REGISTRY}/ada`;
const builders = `group:${REGISTRY}/builders`;
const pullArn = iamArn(REGISTRY, 'policy/Pull');
const boundaryArn = iamArn(REGISTRY, 'policy/Boundary');
const pullPolicy = { PolicyName: 'Pull', PolicyArn: pullArn };
const boundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundaryArn };

const putPush = { roleName: 'deploy', policyName: 'Push', policyDocument: text(documents.push) };

/** Policies of users, roles and groups, inline and attached, and what holds people back. */
export const identitySteps: readonly Step[] = [
  {
    name: 'an inline policy is put on a role',
    after: (state) =>
      roleOf(state, REGISTRY).RolePolicyList.push({ PolicyName: 'Push', PolicyDocument: documents.push }),
    events: [iam('put', 'PutRolePolicy', putPush)],
    expected: { [`inlinePolicy added ${deploy}`]: ['put'] },
  },
  {
    name: 'an inline policy of a role is written anew',
    after: (state) =>
      (roleOf(state, REGISTRY).RolePolicyList = [{ PolicyName: 'Pull', PolicyDocument: documents.push }]),
    events: [iam('put', 'PutRolePolicy', { ...putPush, policyName: 'Pull' })],
    expected: { [`inlinePolicy changed ${deploy}`]: ['put'] },
  },
  {
    name: 'an inline policy of a role is deleted',
    after: (state) => (roleOf(state, REGISTRY).RolePolicyList = []),
    events: [iam('delete', 'DeleteRolePolicy', { roleName: 'deploy', policyName: 'Pull' })],
    expected: { [`inlinePolicy removed ${deploy}`]: ['delete'] },
  },
  {
    name: 'an inline policy is put on a user',
    after: (state) => userOf(state).UserPolicyList.push({ PolicyName: 'Push', PolicyDocument: documents.push }),
    events: [
      iam('put', 'PutUserPolicy', { userName: 'ada', policyName: 'Push', policyDocument: text(documents.push) }),
    ],
    expected: { [`inlinePolicy added ${ada}`]: ['put'] },
  },
  {
    name: 'an inline policy is put on a group',
    after: (state) => groupOf(state).GroupPolicyList.push({ PolicyName: 'Push', PolicyDocument: documents.push }),
    events: [
      iam('put', 'PutGroupPolicy', { groupName: 'builders', policyName: 'Push', policyDocument: text(documents.push) }),
    ],
    expected: { [`inlinePolicy added ${builders}`]: ['put'] },
  },
  {
    name: 'an inline policy of a user is deleted',
    before: (state) => userOf(state).UserPolicyList.push({ PolicyName: 'Push', PolicyDocument: documents.push }),
    after: (state) => (userOf(state).UserPolicyList = []),
    events: [iam('delete', 'DeleteUserPolicy', { userName: 'ada', policyName: 'Push' })],
    expected: { [`inlinePolicy removed ${ada}`]: ['delete'] },
  },
  {
    name: 'a managed policy is attached to a role',
    after: (state) => roleOf(state, REGISTRY).AttachedManagedPolicies.push(pullPolicy),
    events: [iam('attach', 'AttachRolePolicy', { roleName: 'deploy', policyArn: pullArn })],
    expected: { [`attachment added ${deploy}`]: ['attach'] },
  },
  {
    name: 'a managed policy is detached from a role',
    after: (state) => (roleOf(state, REGISTRY).AttachedManagedPolicies = []),
    events: [
      iam('detach', 'DetachRolePolicy', {
        roleName: 'deploy',
        policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly',
      }),
    ],
    expected: { [`attachment removed ${deploy}`]: ['detach'] },
  },
  {
    name: 'a managed policy is attached to a user',
    after: (state) => userOf(state).AttachedManagedPolicies.push(pullPolicy),
    events: [iam('attach', 'AttachUserPolicy', { userName: 'ada', policyArn: pullArn })],
    expected: { [`attachment added ${ada}`]: ['attach'] },
  },
  {
    name: 'a managed policy is attached to a group',
    after: (state) => groupOf(state).AttachedManagedPolicies.push(pullPolicy),
    events: [iam('attach', 'AttachGroupPolicy', { groupName: 'builders', policyArn: pullArn })],
    expected: { [`attachment added ${builders}`]: ['attach'] },
  },
  {
    name: 'a managed policy is detached from a group',
    before: (state) => groupOf(state).AttachedManagedPolicies.push(pullPolicy),
    after: (state) => (groupOf(state).AttachedManagedPolicies = []),
    events: [iam('detach', 'DetachGroupPolicy', { groupName: 'builders', policyArn: pullArn })],
    expected: { [`attachment removed ${builders}`]: ['detach'] },
  },
  {
    name: 'a managed policy gets a new version that becomes the default',
    after: (state) => Object.assign(policyOf(state, pullArn), managed(pullArn, documents.push, 'v2')),
    events: [
      iam(
        'version',
        'CreatePolicyVersion',
        { policyArn: pullArn, policyDocument: text(documents.push), setAsDefault: true },
        { response: { policyVersion: { versionId: 'v2', isDefaultVersion: true } } },
      ),
      // A version beside it, which is in force nowhere.
      iam(
        'draft',
        'CreatePolicyVersion',
        { policyArn: pullArn, policyDocument: text(documents.remove), setAsDefault: false },
        { at: '11:00', response: { policyVersion: { versionId: 'v3', isDefaultVersion: false } } },
      ),
    ],
    expected: { [`managedPolicy changed policy:${pullArn}`]: ['version'] },
  },
  {
    name: 'an older version of a managed policy becomes the default again',
    before: (state) => Object.assign(policyOf(state, pullArn), managed(pullArn, documents.push, 'v2')),
    after: (state) => Object.assign(policyOf(state, pullArn), managed(pullArn, documents.pull, 'v1')),
    events: [iam('default', 'SetDefaultPolicyVersion', { policyArn: pullArn, versionId: 'v1' })],
    expected: { [`managedPolicy changed policy:${pullArn}`]: ['default'] },
  },
  {
    name: 'a managed policy is made',
    after: (state) =>
      accountOf(state, REGISTRY).policies.push(managed(iamArn(REGISTRY, 'policy/Push'), documents.push)),
    events: [
      iam(
        'create',
        'CreatePolicy',
        { policyName: 'Push', policyDocument: text(documents.push) },
        { response: { policy: { policyName: 'Push', arn: iamArn(REGISTRY, 'policy/Push'), defaultVersionId: 'v1' } } },
      ),
    ],
    expected: { [`managedPolicy added policy:${iamArn(REGISTRY, 'policy/Push')}`]: ['create'] },
  },
  {
    name: 'a managed policy is deleted',
    after: (state) => {
      const account = accountOf(state, REGISTRY);
      account.policies = account.policies.filter(({ Arn }) => Arn !== pullArn);
    },
    events: [iam('delete', 'DeletePolicy', { policyArn: pullArn })],
    expected: { [`managedPolicy removed policy:${pullArn}`]: ['delete'] },
  },
  {
    name: 'a boundary is set on a role',
    after: (state) => (roleOf(state, REGISTRY).PermissionsBoundary = boundary),
    events: [iam('set', 'PutRolePermissionsBoundary', { roleName: 'deploy', permissionsBoundary: boundaryArn })],
    expected: { [`boundary added ${deploy}`]: ['set'] },
  },
  {
    name: 'the boundary of a role is another',
    before: (state) => (roleOf(state, REGISTRY).PermissionsBoundary = boundary),
    after: (state) => (roleOf(state, REGISTRY).PermissionsBoundary = { ...boundary, PermissionsBoundaryArn: pullArn }),
    events: [iam('set', 'PutRolePermissionsBoundary', { roleName: 'deploy', permissionsBoundary: pullArn })],
    expected: { [`boundary changed ${deploy}`]: ['set'] },
  },
  {
    name: 'the boundary of a user is taken away',
    before: (state) => (userOf(state).PermissionsBoundary = boundary),
    after: (state) => delete userOf(state).PermissionsBoundary,
    events: [iam('delete', 'DeleteUserPermissionsBoundary', { userName: 'ada' })],
    expected: { [`boundary removed ${ada}`]: ['delete'] },
  },
  {
    name: 'a user joins a group',
    after: (state) => userOf(state).GroupList.push('builders'),
    events: [iam('join', 'AddUserToGroup', { userName: 'ada', groupName: 'builders' })],
    expected: { [`groupMembership added ${ada}`]: ['join'] },
  },
  {
    name: 'a user leaves a group',
    after: (state) => (userOf(state).GroupList = []),
    events: [iam('leave', 'RemoveUserFromGroup', { userName: 'ada', groupName: 'readers' })],
    expected: { [`groupMembership removed ${ada}`]: ['leave'] },
  },
  {
    name: 'a role is tagged',
    after: (state) => (roleOf(state, REGISTRY).Tags = [{ Key: 'Team', Value: 'payments' }]),
    events: [iam('tag', 'TagRole', { roleName: 'deploy', tags: [{ key: 'Team', value: 'payments' }] })],
    expected: { [`principalTags changed ${deploy}`]: ['tag'] },
  },
  {
    name: 'a tag of a role is taken away',
    after: (state) => (roleOf(state, REGISTRY).Tags = []),
    events: [iam('untag', 'UntagRole', { roleName: 'deploy', tagKeys: ['Team'] })],
    expected: { [`principalTags removed ${deploy}`]: ['untag'] },
  },
  {
    name: 'a user is tagged',
    after: (state) => userOf(state).Tags.push({ Key: 'Team', Value: 'api' }),
    events: [iam('tag', 'TagUser', { userName: 'ada', tags: [{ key: 'Team', value: 'api' }] })],
    expected: { [`principalTags added ${ada}`]: ['tag'] },
  },
  {
    name: 'two people change one tag each of a role',
    after: (state) =>
      (roleOf(state, REGISTRY).Tags = [
        { Key: 'Team', Value: 'payments' },
        { Key: 'Stage', Value: 'production' },
      ]),
    events: [
      iam('team', 'TagRole', { roleName: 'deploy', tags: [{ key: 'Team', value: 'payments' }] }),
      iam('stage', 'TagRole', { roleName: 'deploy', tags: [{ key: 'Stage', value: 'production' }] }, { at: '12:00' }),
    ],
    expected: { [`principalTags changed ${deploy}`]: ['team', 'stage'] },
  },
  {
    name: 'the trust policy of a role is written anew',
    after: (state) => (roleOf(state, REGISTRY).AssumeRolePolicyDocument = documents.tasksTrust),
    events: [
      iam('trust', 'UpdateAssumeRolePolicy', { roleName: 'deploy', policyDocument: text(documents.tasksTrust) }),
    ],
    expected: { [`trust changed ${deploy}`]: ['trust'] },
  },
  {
    name: 'a group is renamed, and takes its members and policies along',
    before: (state) =>
      groupOf(state, 'readers').GroupPolicyList.push({ PolicyName: 'Pull', PolicyDocument: documents.pull }),
    after: (state) => {
      const account = accountOf(state, REGISTRY);
      const pull = [{ PolicyName: 'Pull', PolicyDocument: documents.pull }];
      account.groups = [...account.groups.slice(0, 1), { ...group(REGISTRY, 'viewers'), GroupPolicyList: pull }];
      userOf(state).GroupList = ['viewers'];
    },
    events: [iam('rename', 'UpdateGroup', { groupName: 'readers', newGroupName: 'viewers' })],
    expected: {
      [`group removed group:${REGISTRY}/readers`]: ['rename'],
      [`group added group:${REGISTRY}/viewers`]: ['rename'],
      [`inlinePolicy removed group:${REGISTRY}/readers`]: ['rename'],
      [`inlinePolicy added group:${REGISTRY}/viewers`]: ['rename'],
      [`groupMembership removed ${ada}`]: ['rename'],
      [`groupMembership added ${ada}`]: ['rename'],
    },
  },
  {
    name: 'a policy of the same name is put on the role of the same name in two accounts, by two calls',
    after: (state) =>
      [REGISTRY, WORKLOAD].forEach((id) =>
        roleOf(state, id).RolePolicyList.push({ PolicyName: 'Push', PolicyDocument: documents.push }),
      ),
    events: [iam('here', 'PutRolePolicy', putPush), iam('there', 'PutRolePolicy', putPush, { account: WORKLOAD })],
    expected: {
      [`inlinePolicy added ${deploy}`]: ['here'],
      [`inlinePolicy added role:${WORKLOAD}/deploy`]: ['there'],
    },
    hasOwnDecoys: true,
  },
];
