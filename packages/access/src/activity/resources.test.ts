import { describe, expect, test } from 'vitest';
import type { ActivityEvent } from './event.ts';
import { parseEvent } from './parse-event.ts';

const accountId = '111122223333';
const region = 'eu-west-1';
const record = {
  eventID: '00000000-0000-4000-8000-000000000001',
  eventTime: '2026-11-20T10:00:00Z',
  eventSource: 'ecr.amazonaws.com',
  eventName: 'BatchGetImage',
  awsRegion: region,
  recipientAccountId: accountId,
  userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLEEXAMPLE001', accountId },
};

function read(changes: object): ActivityEvent {
  const latestMs = Date.parse('2026-11-22T12:00:00Z');
  const parsed = parseEvent({ ...record, ...changes }, { recordedIn: null, latestMs });
  if (parsed.kind === 'rejected') {
    throw new Error(parsed.reason);
  }
  return parsed.event;
}

function resourcesOf(changes: object) {
  const { outcome } = read(changes);
  return outcome.kind === 'use' ? outcome.use.resources : outcome.kind === 'change' ? outcome.use?.resources : null;
}

describe('the repository', () => {
  test.each([
    [
      'that of the registry id',
      { requestParameters: { registryId: '444455556666', repositoryName: 'a' } },
      [{ accountId: '444455556666', region, repository: 'a' }],
    ],
    [
      'ours where no registry is named',
      { requestParameters: { repositoryName: 'a' } },
      [{ accountId, region, repository: 'a' }],
    ],
    [
      'somebody else’s where it belongs to AWS',
      { requestParameters: { registryId: '602401143452', repositoryName: 'eks/pause' } },
      [{ accountId: '602401143452', region, repository: 'eks/pause' }],
    ],
    [
      'by ARN in `resources[].ARN`',
      { requestParameters: null, resources: [{ ARN: `arn:aws:ecr:${region}:${accountId}:repository/a/b` }] },
      [{ accountId, region, repository: 'a/b' }],
    ],
    [
      'by ARN in `resources[].arn`',
      { requestParameters: null, resources: [{ arn: `arn:aws:ecr:${region}:${accountId}:repository/a` }] },
      [{ accountId, region, repository: 'a' }],
    ],
    [
      'the one that is tagged',
      {
        eventName: 'TagResource',
        requestParameters: { resourceArn: `arn:aws:ecr:${region}:${accountId}:repository/a` },
      },
      [{ accountId, region, repository: 'a' }],
    ],
    [
      'the registry where none is named',
      { eventName: 'GetAuthorizationToken', requestParameters: {} },
      [{ accountId, region, repository: null }],
    ],
    [
      'the registry that is asked for a token',
      { eventName: 'GetAuthorizationToken', requestParameters: { registryIds: ['444455556666'] } },
      [{ accountId: '444455556666', region, repository: null }],
    ],
    [
      'several',
      { eventName: 'DescribeRepositories', requestParameters: { repositoryNames: ['a', 'b', 'a', 7, ''] } },
      [
        { accountId, region, repository: 'a' },
        { accountId, region, repository: 'b' },
      ],
    ],
    [
      'the registry where names are absurd',
      { requestParameters: { repositoryName: 7, registryId: {} }, resources: 'x' },
      [{ accountId, region, repository: null }],
    ],
  ])('is %s', (_title, changes, expected) => {
    expect(resourcesOf(changes)).toEqual(expected);
  });
});

describe('changes elsewhere', () => {
  test.each([
    [
      'a role',
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'AttachRolePolicy',
        requestParameters: { roleName: 'deploy', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      },
      [`role:${accountId}/deploy`, 'policy:arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ],
    [
      'a policy that is new',
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'CreatePolicy',
        requestParameters: { policyName: 'p' },
        responseElements: { policy: { arn: 'arn:aws:iam::111122223333:policy/p' } },
      },
      ['policy:arn:aws:iam::111122223333:policy/p'],
    ],
    [
      'a provider',
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'DeleteSAMLProvider',
        requestParameters: { sAMLProviderArn: 'arn:saml' },
      },
      ['identityProvider:arn:saml'],
    ],
    [
      'an SCP',
      {
        eventSource: 'organizations.amazonaws.com',
        eventName: 'AttachPolicy',
        requestParameters: { policyId: 'p-1', targetId: 'ou-1' },
      },
      ['organizationPolicy:p-1', 'target:ou-1'],
    ],
    [
      'an account that moves',
      {
        eventSource: 'organizations.amazonaws.com',
        eventName: 'MoveAccount',
        requestParameters: { accountId: '444455556666', sourceParentId: 'r-1', destinationParentId: 'ou-1' },
      },
      ['target:444455556666', 'target:r-1', 'target:ou-1'],
    ],
    [
      'an account that was made',
      {
        eventSource: 'organizations.amazonaws.com',
        eventName: 'CreateAccountResult',
        requestParameters: null,
        serviceEventDetails: { createAccountStatus: { state: 'SUCCEEDED', accountId: '444455556666' } },
      },
      ['target:444455556666'],
    ],
    [
      'an assignment',
      {
        eventSource: 'sso.amazonaws.com',
        eventName: 'CreateAccountAssignment',
        requestParameters: { permissionSetArn: 'arn:ps', targetId: '444455556666' },
      },
      ['permissionSet:arn:ps', 'target:444455556666'],
    ],
    [
      'the registry',
      { eventName: 'PutRegistryPolicy', requestParameters: { policyText: '{}' } },
      [`registry:${accountId}/${region}`],
    ],
  ])('are found by what they are about: %s', (_title, changes, subjects) => {
    const { outcome } = read(changes);
    expect(outcome.kind === 'change' ? outcome.change.subjects : outcome).toEqual(subjects);
  });
});
