import * as documents from './documents.ts';
import { iam, text } from './events.ts';
import type { Step } from './step.ts';
import { accountOf, found, groupOf, iamArn, REGISTRY, role, roleOf, uniqueId, user, userOf } from './world.ts';

const builder = `role:${REGISTRY}/builder`;
const newRole = { ...role(REGISTRY, 'builder'), AttachedManagedPolicies: [], Tags: [] };
const created = { response: { role: { roleName: 'builder', roleId: newRole.RoleId, arn: newRole.Arn } } };

/** Users, roles and groups that come, go and are made again. */
export const principalSteps: readonly Step[] = [
  {
    name: 'a role is made with its policies',
    after: (state) => accountOf(state, REGISTRY).roles.push(newRole),
    events: [
      iam(
        'create',
        'CreateRole',
        { roleName: 'builder', path: '/', assumeRolePolicyDocument: text(documents.lambdaTrust) },
        created,
      ),
      iam(
        'put',
        'PutRolePolicy',
        { roleName: 'builder', policyName: 'Pull', policyDocument: text(documents.pull) },
        { at: '10:01' },
      ),
    ],
    expected: {
      [`principal added ${builder}`]: ['create'],
      [`inlinePolicy added ${builder}`]: ['put'],
      [`trust added ${builder}`]: ['create'],
    },
  },
  {
    name: 'a role is deleted',
    after: (state) => {
      const account = accountOf(state, REGISTRY);
      account.roles = account.roles.filter(({ RoleName }) => RoleName !== 'deploy');
    },
    events: [
      iam('policy', 'DeleteRolePolicy', { roleName: 'deploy', policyName: 'Pull' }),
      iam(
        'detach',
        'DetachRolePolicy',
        { roleName: 'deploy', policyArn: 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly' },
        { at: '10:01' },
      ),
      iam('delete', 'DeleteRole', { roleName: 'deploy' }, { at: '10:02' }),
    ],
    expected: {
      [`principal removed role:${REGISTRY}/deploy`]: ['delete'],
      [`inlinePolicy removed role:${REGISTRY}/deploy`]: ['policy'],
      [`attachment removed role:${REGISTRY}/deploy`]: ['detach'],
      [`principalTags removed role:${REGISTRY}/deploy`]: ['delete'],
      [`trust removed role:${REGISTRY}/deploy`]: ['delete'],
    },
  },
  {
    name: 'a role is deleted and made again under its name',
    after: (state) => (roleOf(state, REGISTRY).RoleId = uniqueId('AROA', 'again')),
    events: [
      iam('delete', 'DeleteRole', { roleName: 'deploy' }),
      iam(
        'create',
        'CreateRole',
        {
          roleName: 'deploy',
          assumeRolePolicyDocument: text(documents.lambdaTrust),
          tags: [{ key: 'Team', value: 'api' }],
        },
        { at: '11:00', response: { role: { roleName: 'deploy', roleId: uniqueId('AROA', 'again') } } },
      ),
    ],
    expected: { [`principal changed role:${REGISTRY}/deploy`]: ['create'] },
    earlier: ['delete'],
  },
  {
    name: 'a role is made twice, and only the second one is there',
    after: (state) => accountOf(state, REGISTRY).roles.push({ ...newRole, RolePolicyList: [] }),
    events: [
      iam(
        'first',
        'CreateRole',
        { roleName: 'builder', assumeRolePolicyDocument: text(documents.lambdaTrust) },
        { at: '09:00', response: { role: { roleName: 'builder', roleId: uniqueId('AROA', 'first') } } },
      ),
      iam('delete', 'DeleteRole', { roleName: 'builder' }, { at: '09:30' }),
      iam(
        'second',
        'CreateRole',
        { roleName: 'builder', assumeRolePolicyDocument: text(documents.lambdaTrust) },
        created,
      ),
    ],
    expected: { [`principal added ${builder}`]: ['second'], [`trust added ${builder}`]: ['second'] },
    earlier: ['first', 'delete'],
  },
  {
    name: 'a role is made by a service for itself',
    after: (state) => accountOf(state, REGISTRY).roles.push({ ...newRole, RolePolicyList: [] }),
    events: [
      iam(
        'create',
        'CreateServiceLinkedRole',
        { aWSServiceName: 'builder.amazonaws.com' },
        {
          ...created,
          extra: { userIdentity: { type: 'AWSService', invokedBy: 'builder.amazonaws.com' } },
        },
      ),
    ],
    // Its trust policy is AWS's, and in no request.
    expected: { [`principal added ${builder}`]: ['create'], [`trust added ${builder}`]: ['create'] },
  },
  {
    name: 'a user is made',
    after: (state) => accountOf(state, REGISTRY).users.push({ ...user(REGISTRY, 'linus'), GroupList: [] }),
    events: [
      iam(
        'create',
        'CreateUser',
        { userName: 'linus' },
        { response: { user: { userName: 'linus', userId: user(REGISTRY, 'linus').UserId } } },
      ),
    ],
    expected: { [`principal added user:${REGISTRY}/linus`]: ['create'] },
  },
  {
    name: 'a user is deleted',
    after: (state) => (accountOf(state, REGISTRY).users = []),
    events: [
      iam('leave', 'RemoveUserFromGroup', { userName: 'ada', groupName: 'readers' }),
      iam('delete', 'DeleteUser', { userName: 'ada' }, { at: '10:01' }),
    ],
    expected: {
      [`principal removed user:${REGISTRY}/ada`]: ['delete'],
      [`groupMembership removed user:${REGISTRY}/ada`]: ['leave'],
    },
  },
  {
    name: 'a user is renamed',
    after: (state) => Object.assign(userOf(state), { UserName: 'lovelace', Arn: iamArn(REGISTRY, 'user/lovelace') }),
    events: [iam('rename', 'UpdateUser', { userName: 'ada', newUserName: 'lovelace' })],
    expected: { [`principal changed user:${REGISTRY}/ada`]: ['rename'] },
  },
  {
    name: 'a group is made',
    after: (state) =>
      accountOf(state, REGISTRY).groups.push({
        ...found(accountOf(state, REGISTRY).groups[0]),
        GroupName: 'admins',
        Arn: iamArn(REGISTRY, 'group/admins'),
      }),
    events: [iam('create', 'CreateGroup', { groupName: 'admins' }, { response: { group: { groupName: 'admins' } } })],
    expected: { [`group added group:${REGISTRY}/admins`]: ['create'] },
  },
  {
    name: 'a group is deleted',
    after: (state) => {
      const account = accountOf(state, REGISTRY);
      account.groups = account.groups.filter((each) => each !== groupOf(state));
    },
    events: [iam('delete', 'DeleteGroup', { groupName: 'builders' })],
    expected: { [`group removed group:${REGISTRY}/builders`]: ['delete'] },
  },
];
