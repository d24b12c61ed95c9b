import * as documents from './documents.ts';
import { organizations, text } from './events.ts';
import type { Step } from './step.ts';
import { HOME, MANAGEMENT, organizationPolicyOf, WORKLOAD } from './world.ts';

const guard = 'organizationPolicy:p-guard001';
const unit = 'ou-a1b2-workload';
const newAccount = '777788889999';

/** Policies of the organization, where they are attached, and where accounts stand. */
export const organizationSteps: readonly Step[] = [
  {
    name: 'an SCP is written anew',
    after: (state) => (organizationPolicyOf(state, 'p-guard001').Content = documents.denyDeleteAndPush),
    events: [
      organizations('update', 'UpdatePolicy', { policyId: 'p-guard001', content: text(documents.denyDeleteAndPush) }),
      // Its description alone.
      organizations('describe', 'UpdatePolicy', { policyId: 'p-guard001', description: 'Guard' }, { at: '12:00' }),
    ],
    expected: { [`scp changed ${guard}`]: ['update'] },
  },
  {
    name: 'an SCP is made and attached',
    after: (state) =>
      state.organization.policies.push({
        Id: 'p-second01',
        Name: 'Second',
        Type: 'SERVICE_CONTROL_POLICY',
        Content: documents.denyDeleteAndPush,
        Targets: [unit],
      }),
    events: [
      organizations(
        'create',
        'CreatePolicy',
        { name: 'Second', type: 'SERVICE_CONTROL_POLICY', content: text(documents.denyDeleteAndPush) },
        { response: { policy: { policySummary: { id: 'p-second01', name: 'Second' } } } },
      ),
      organizations('attach', 'AttachPolicy', { policyId: 'p-second01', targetId: unit }, { at: '10:01' }),
    ],
    expected: {
      'scp added organizationPolicy:p-second01': ['create'],
      'organizationAttachment added organizationPolicy:p-second01': ['attach'],
    },
  },
  {
    name: 'an SCP is detached from a unit',
    after: (state) => (organizationPolicyOf(state, 'p-guard001').Targets = [WORKLOAD]),
    events: [organizations('detach', 'DetachPolicy', { policyId: 'p-guard001', targetId: unit })],
    expected: { [`organizationAttachment removed ${guard}`]: ['detach'] },
  },
  {
    name: 'an SCP is attached to an account',
    before: (state) => (organizationPolicyOf(state, 'p-guard001').Targets = [unit]),
    after: (state) => (organizationPolicyOf(state, 'p-guard001').Targets = [unit, WORKLOAD]),
    events: [organizations('attach', 'AttachPolicy', { policyId: 'p-guard001', targetId: WORKLOAD })],
    expected: { [`organizationAttachment added ${guard}`]: ['attach'] },
  },
  {
    name: 'an SCP is detached everywhere and deleted',
    after: (state) =>
      (state.organization.policies = state.organization.policies.filter(({ Id }) => Id !== 'p-guard001')),
    before: (state) => (organizationPolicyOf(state, 'p-guard001').Targets = [unit]),
    events: [
      organizations('detach', 'DetachPolicy', { policyId: 'p-guard001', targetId: unit }),
      organizations('delete', 'DeletePolicy', { policyId: 'p-guard001' }, { at: '10:01' }),
    ],
    expected: {
      [`scp removed ${guard}`]: ['delete'],
      [`organizationAttachment removed ${guard}`]: ['detach'],
    },
  },
  {
    name: 'an RCP is written anew',
    after: (state) => (organizationPolicyOf(state, 'p-perimet1').Content = documents.denyPushOutside),
    events: [
      organizations('update', 'UpdatePolicy', { policyId: 'p-perimet1', content: text(documents.denyPushOutside) }),
    ],
    expected: { 'rcp changed organizationPolicy:p-perimet1': ['update'] },
  },
  {
    name: 'an RCP is detached from the root',
    after: (state) => (organizationPolicyOf(state, 'p-perimet1').Targets = []),
    events: [organizations('detach', 'DetachPolicy', { policyId: 'p-perimet1', targetId: 'r-a1b2' })],
    expected: { 'organizationAttachment removed organizationPolicy:p-perimet1': ['detach'] },
  },
  {
    name: 'an account is moved to another unit',
    after: (state) =>
      state.organization.accounts.forEach((account) => {
        account.ParentId = account.Id === WORKLOAD ? 'ou-a1b2-sandbox1' : account.ParentId;
      }),
    events: [
      organizations('move', 'MoveAccount', {
        accountId: WORKLOAD,
        sourceParentId: unit,
        destinationParentId: 'ou-a1b2-sandbox1',
      }),
    ],
    expected: { [`accountMoved changed target:${WORKLOAD}`]: ['move'] },
  },
  {
    name: 'an account is made: the result names it, and the request who asked',
    after: (state) => state.organization.accounts.push({ Id: newAccount, ParentId: 'r-a1b2' }),
    events: [
      organizations(
        'create',
        'CreateAccount',
        { accountName: 'new', email: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        { at: '09:58', response: { createAccountStatus: { id: 'car-1', accountName: 'new', state: 'IN_PROGRESS' } } },
      ),
      organizations('result', 'CreateAccountResult', null, {
        extra: {
          eventType: 'AwsServiceEvent',
          userIdentity: { accountId: MANAGEMENT, invokedBy: 'AWS Internal' },
          serviceEventDetails: { createAccountStatus: { id: 'car-1', accountId: newAccount, state: 'SUCCEEDED' } },
        },
      }),
    ],
    expected: {
      [`account added target:${newAccount}`]: ['create', 'result'],
      [`accountMoved added target:${newAccount}`]: ['create', 'result'],
    },
  },
  {
    name: 'an account of somebody else accepts the invitation',
    after: (state) => state.organization.accounts.push({ Id: newAccount, ParentId: 'r-a1b2' }),
    events: [
      organizations(
        'accept',
        'AcceptHandshake',
        { handshakeId: 'h-1' },
        {
          response: { handshake: { id: 'h-1', parties: [{ id: newAccount, type: 'ACCOUNT' }] } },
        },
      ),
    ],
    expected: {
      [`account added target:${newAccount}`]: ['accept'],
      [`accountMoved added target:${newAccount}`]: ['accept'],
    },
  },
  {
    name: 'an account is removed from the organization',
    before: (state) => state.organization.accounts.push({ Id: newAccount, ParentId: 'r-a1b2' }),
    after: (state) => (state.organization.accounts = state.organization.accounts.filter(({ Id }) => Id !== newAccount)),
    events: [organizations('remove', 'RemoveAccountFromOrganization', { accountId: newAccount })],
    expected: {
      [`account removed target:${newAccount}`]: ['remove'],
      [`accountMoved removed target:${newAccount}`]: ['remove'],
    },
  },
  {
    name: 'an account leaves the organization',
    before: (state) => state.organization.accounts.push({ Id: newAccount, ParentId: 'r-a1b2' }),
    after: (state) => (state.organization.accounts = state.organization.accounts.filter(({ Id }) => Id !== newAccount)),
    events: [
      organizations('leave', 'LeaveOrganization', null, {
        extra: {
          awsRegion: HOME,
          userIdentity: { type: 'Root', principalId: newAccount, accountId: newAccount },
        },
      }),
    ],
    expected: {
      [`account removed target:${newAccount}`]: ['leave'],
      [`accountMoved removed target:${newAccount}`]: ['leave'],
    },
  },
  {
    name: 'RCPs are disabled',
    after: (state) => {
      delete state.organization.types['RESOURCE_CONTROL_POLICY'];
      organizationPolicyOf(state, 'p-perimet1').Targets = [];
    },
    events: [
      organizations('disable', 'DisablePolicyType', { rootId: 'r-a1b2', policyType: 'RESOURCE_CONTROL_POLICY' }),
    ],
    expected: {
      'organizationAttachment removed target:r-a1b2': ['disable'],
      'organizationAttachment removed organizationPolicy:p-perimet1': ['disable'],
    },
  },
];
