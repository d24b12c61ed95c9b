import {
  accessKeyIdOf,
  type Actor,
  foreignIdentity,
  sourceAddressOf,
  userIdentity,
  usernameOf,
} from '../activity/actor.ts';
import type { ApiCall } from '../activity/api-call.ts';
import { githubProviderArn } from '../documents.ts';
import { uuid } from '../identifiers.ts';
import { awsTime, eventTime } from '../times.ts';

/** An event with the account and region in whose history it stands. */
export interface RecordedEvent {
  accountId: string;
  region: string;
  at: string;
  id: string;
  line: string;
}

/** The events of one call: one for the caller's account, and one more where the repository belongs to another account. */
export function recordedEvents(call: ApiCall, index: number): RecordedEvent[] {
  const ownerId = call.resources?.[0]?.ownerId ?? call.actor.accountId;
  const seed = `${call.at} ${call.name} ${index}`;
  if (ownerId === call.actor.accountId) {
    return [recordedEvent(call, { recipientId: ownerId, seed, sharedEventId: null })];
  }
  const sharedEventId = uuid(`shared ${seed}`);
  return [call.actor.accountId, ownerId].map((recipientId) =>
    recordedEvent(call, { recipientId, seed, sharedEventId }),
  );
}

interface Recording {
  recipientId: string;
  seed: string;
  sharedEventId: string | null;
}

function recordedEvent(call: ApiCall, recording: Recording): RecordedEvent {
  const id = uuid(`event ${recording.seed} ${recording.recipientId}`);
  const isCaller = recording.recipientId === call.actor.accountId;
  const accessKeyId = isCaller ? accessKeyIdOf(call.actor, call.at) : undefined;
  const username = isCaller ? usernameOf(call.actor) : undefined;
  const event = {
    EventId: id,
    EventName: call.name,
    ReadOnly: String(isReadOnly(call)),
    ...(accessKeyId === undefined || isFederation(call) ? {} : { AccessKeyId: accessKeyId }),
    EventTime: awsTime(call.at),
    EventSource: eventSource(call),
    ...(username === undefined ? {} : { Username: username }),
    Resources: (call.resources ?? []).map((resource) => ({ ResourceType: resource.type, ResourceName: resource.name })),
    CloudTrailEvent: JSON.stringify(record(call, { ...recording, id, isCaller })),
  };
  return { accountId: recording.recipientId, region: call.region, at: call.at, id, line: JSON.stringify(event) };
}

function record(call: ApiCall, recording: Recording & { id: string; isCaller: boolean }): Record<string, unknown> {
  const arns = (call.resources ?? []).flatMap((resource) =>
    resource.arn === undefined ? [] : [{ ARN: resource.arn, accountId: resource.ownerId, type: resource.type }],
  );
  const isServiceEvent = call.serviceEventDetails !== undefined;
  return {
    eventVersion: '1.11',
    userIdentity: identity(call, recording.isCaller),
    eventTime: eventTime(call.at),
    eventSource: eventSource(call),
    eventName: call.name,
    awsRegion: call.region,
    sourceIPAddress: sourceAddressOf(call.actor),
    userAgent: userAgentOf(call.actor),
    ...(call.error === undefined ? {} : { errorCode: call.error.code, errorMessage: call.error.message }),
    requestParameters: call.request,
    responseElements: call.response ?? null,
    requestID: uuid(`request ${recording.seed}`),
    eventID: recording.id,
    readOnly: isReadOnly(call),
    ...(arns.length === 0 ? {} : { resources: arns }),
    eventType: isServiceEvent ? 'AwsServiceEvent' : 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: recording.recipientId,
    ...(recording.sharedEventId === null ? {} : { sharedEventID: recording.sharedEventId }),
    ...(isServiceEvent ? { serviceEventDetails: call.serviceEventDetails } : {}),
    eventCategory: 'Management',
  };
}

function identity(call: ApiCall, isCaller: boolean): Record<string, unknown> {
  const { actor } = call;
  if (call.serviceEventDetails !== undefined) {
    return { accountId: actor.accountId, invokedBy: 'AWS Internal' };
  }
  if (isFederation(call) && actor.kind === 'role') {
    const provider = githubProviderArn(actor.accountId);
    return {
      type: 'WebIdentityUser',
      principalId: `${provider}:sts.amazonaws.com:${actor.githubSubject}`,
      userName: actor.githubSubject,
      identityProvider: provider,
    };
  }
  return isCaller ? userIdentity(actor, call.at) : foreignIdentity(actor);
}

function isFederation(call: ApiCall): boolean {
  return call.name === 'AssumeRoleWithWebIdentity';
}

function eventSource(call: ApiCall): string {
  return `${call.service}.amazonaws.com`;
}

// CloudTrail calls the execution of a lifecycle policy a read, though images are deleted.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
function isReadOnly(call: ApiCall): boolean {
  return /^(Assume|BatchCheck|BatchGet|Describe|Get|List|PolicyExecution)/.test(call.name);
}

function userAgentOf(actor: Actor): string {
  switch (actor.kind) {
    case 'service':
      return actor.service;
    case 'user':
      return 'aws-cli/2.31.4';
    case 'role':
      return actor.session.includes('@') ? 'Mozilla/5.0' : 'docker/28.5.1';
    default:
      throw new Error(`unknown actor ${JSON.stringify(actor satisfies never)}`);
  }
}
