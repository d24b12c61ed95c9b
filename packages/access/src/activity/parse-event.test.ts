import { describe, expect, test } from 'vitest';
import type { ActivityEvent } from './event.ts';
import { parseEvent, type ParsedEvent } from './parse-event.ts';

const accountId = '111122223333';
const region = 'eu-west-1';
const latestMs = Date.parse('2026-11-22T12:00:00Z');
const ours = { accountId, region, repository: 'shop/api' };

const record = {
  eventID: '00000000-0000-4000-8000-000000000001',
  eventTime: '2026-11-20T10:00:00Z',
  eventSource: 'ecr.amazonaws.com',
  eventName: 'BatchGetImage',
  awsRegion: region,
  recipientAccountId: accountId,
  sourceIPAddress: '203.0.113.7',
  userAgent: 'docker/28',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLEEXAMPLE001:run',
    accountId,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLEEXAMPLE001', accountId, userName: 'deploy' },
    },
  },
  requestParameters: { registryId: accountId, repositoryName: 'shop/api', imageIds: [{ imageTag: '1' }] },
};

function parse(raw: unknown, recordedIn: { accountId: string; region: string } | null = null): ParsedEvent {
  return parseEvent(raw, { recordedIn, latestMs });
}

function read(changes: object): ActivityEvent {
  const parsed = parse({ ...record, ...changes });
  if (parsed.kind === 'rejected') {
    throw new Error(parsed.reason);
  }
  return parsed.event;
}

describe('an event', () => {
  test('reads the same from a record, its text, and an answer of LookupEvents', () => {
    const forms = [
      record,
      JSON.stringify(record),
      { EventId: record.eventID, CloudTrailEvent: JSON.stringify(record) },
    ];
    for (const form of [...forms, JSON.stringify(forms[2])]) {
      expect(parse(form)).toEqual({
        kind: 'event',
        event: expect.objectContaining({
          id: record.eventID,
          timeMs: Date.parse(record.eventTime),
          accountId,
          region,
          sourceAddress: '203.0.113.7',
          outcome: { kind: 'use', use: { action: 'ecr:BatchGetImage', resources: [ours] } },
        }),
      });
    }
  });

  test.each([
    ['accessDenied', { errorCode: 'AccessDenied', errorMessage: 'not authorized' }],
    ['an error without a code', { errorMessage: 'failed' }],
    [
      'an account that could not be made',
      {
        eventSource: 'organizations.amazonaws.com',
        eventName: 'CreateAccountResult',
        serviceEventDetails: { createAccountStatus: { state: 'FAILED' } },
      },
    ],
  ])('that failed is no use and no change: %s', (_title, changes) => {
    expect(read(changes).outcome).toMatchObject({ kind: 'ignored', reason: 'failedCall' });
    expect(
      read({ ...changes, ...('eventName' in changes ? {} : { eventName: 'SetRepositoryPolicy' }) }).outcome,
    ).toMatchObject({
      kind: 'ignored',
      reason: 'failedCall',
    });
  });

  test('of a lifecycle policy deletes images, calls itself read-only, and is nobody’s use', () => {
    const expiry = {
      eventName: 'PolicyExecutionEvent',
      eventType: 'AwsServiceEvent',
      readOnly: true,
      userIdentity: { accountId, invokedBy: 'AWS Internal' },
      requestParameters: null,
      serviceEventDetails: { repositoryName: 'shop/api' },
    };
    expect(read(expiry)).toMatchObject({
      actor: { kind: 'service' },
      outcome: { kind: 'ignored', reason: 'serviceEvent' },
    });
  });

  test.each([
    ['a name of another service', { eventSource: 'lambda.amazonaws.com', eventName: 'TagResource' }],
    ['a read of IAM', { eventSource: 'iam.amazonaws.com', eventName: 'GetRole' }],
    ['AssumeRole', { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole' }],
  ])('that tells nothing of access is not related: %s', (_title, changes) => {
    expect(read(changes).outcome).toEqual({ kind: 'ignored', reason: 'unrelated', resources: [] });
  });

  test('that changes a registry is a use of its action, too', () => {
    const policyText = '{"Statement":[]}';
    const change = read({
      eventName: 'SetRepositoryPolicy',
      requestParameters: { ...record.requestParameters, policyText, force: false },
    });
    expect(change.outcome).toEqual({
      kind: 'change',
      use: { action: 'ecr:SetRepositoryPolicy', resources: [ours] },
      change: {
        subjects: [`repository:arn:aws:ecr:${region}:${accountId}:repository/shop/api`],
        detail: {
          request: {
            registryId: accountId,
            repositoryName: 'shop/api',
            imageIds: [{ imageTag: '1' }],
            policyText,
            force: false,
          },
          response: null,
        },
      },
    });
  });

  test.each([
    [
      'cloudformation.amazonaws.com',
      { sourceIPAddress: 'cloudformation.amazonaws.com' },
      'cloudformation.amazonaws.com',
    ],
    [
      'a service that uses the role',
      { userIdentity: { ...record.userIdentity, invokedBy: 'replication.ecr.amazonaws.com' } },
      'replication.ecr.amazonaws.com',
    ],
    [
      'a service itself',
      { userIdentity: { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' } },
      'lambda.amazonaws.com',
    ],
    [
      'nobody',
      { sourceIPAddress: 'AWS Internal', userIdentity: { ...record.userIdentity, invokedBy: 'AWS Internal' } },
      null,
    ],
    ['nobody behind the front end of docker', { sourceIPAddress: 'prod.frontend.ecr.aws.internal' }, null],
  ])('on behalf of %s says so', (_title, changes, service) => {
    expect(read(changes).onBehalfOf).toBe(service);
  });

  test('whose copy is in two accounts is one occurrence, unless the other account names nobody', () => {
    const sharedEventID = '99999999-0000-4000-8000-000000000001';
    const copy = {
      sharedEventID,
      userIdentity: { type: 'AWSAccount', accountId: '444455556666', principalId: 'AROAEXAMPLEEXAMPLE001:run' },
    };
    expect(read({ sharedEventID }).occurrenceId).toBe(sharedEventID);
    expect(read(copy).occurrenceId).toBe(sharedEventID);
    expect(read({ ...copy, userIdentity: { type: 'AWSAccount', accountId: '444455556666' } }).occurrenceId).toBe(
      record.eventID,
    );
  });

  test('that does not name its account or region has those that were asked', () => {
    const { recipientAccountId: _account, awsRegion: _region, userIdentity: _identity, ...old } = record;
    expect(parse(old)).toEqual({ kind: 'rejected', reason: 'noAccount', eventId: record.eventID });
    expect(parse(old, { accountId, region })).toMatchObject({ kind: 'event', event: { accountId, region } });
  });

  test('that begins a session of a web identity says whose key it is, and never keeps the token', () => {
    const begun = read({
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRoleWithWebIdentity',
      userIdentity: {
        type: 'WebIdentityUser',
        identityProvider: 'ci.example',
        userName: 'repo:shop/api:ref:refs/heads/main',
      },
      requestParameters: {
        roleArn: 'arn:aws:iam::111122223333:role/deploy',
        roleSessionName: 'ci',
        webIdentityToken: 'secret-1',
      },
      responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLE', sessionToken: 'secret-2' } },
    });
    expect(begun.outcome).toEqual({
      kind: 'session',
      origin: {
        accessKeyId: 'ASIAEXAMPLE',
        roleArn: 'arn:aws:iam::111122223333:role/deploy',
        sessionName: 'ci',
        identityProvider: 'ci.example',
        subject: 'repo:shop/api:ref:refs/heads/main',
      },
    });
    expect(JSON.stringify(begun)).not.toContain('secret');
  });
});
