import { isAccountId } from '@ecr-audit/policy';
import { findEcrAction } from '../ecr/actions.ts';
import { actorOf } from './actor.ts';
import { boundedJson } from './bounded-json.ts';
import { changeSubjects } from './change-subjects.ts';
import { isChangeEvent, isSessionEvent } from './event-catalogue.ts';
import type { ActivityActor, ActivityEvent, EcrUse, EventOutcome, RejectReason, SessionOrigin } from './event.ts';
import { isObject, member, textMember } from './read-fields.ts';
import { resourcesOf } from './resources.ts';

// CloudTrail cuts events at 256 KB, and at 1 MB where that was asked for. Twice as much is no event.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
const EVENT_LENGTH_MAX = 2 * 1024 * 1024;
/** CloudTrail began in November 2013: an event that claims to be older is none. */
const EARLIEST_MS = Date.UTC(2013, 10, 1);
const ID_LENGTH_MAX = 128;

export interface ParseOptions {
  /** The account and region that were asked, for events that do not name theirs. */
  readonly recordedIn: { readonly accountId: string; readonly region: string } | null;
  /** No event can be later. A little ahead of the clock, because clocks differ. */
  readonly latestMs: number;
}

export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: ActivityEvent }
  | { readonly kind: 'rejected'; readonly reason: RejectReason; readonly eventId: string | null };

/**
 * Reads one event: an answer of LookupEvents with its record as text in `CloudTrailEvent`, a bare record, or the text of
 * either. Whatever it holds, the result is bounded; what cannot be read is a value, never an exception.
 */
export function parseEvent(raw: unknown, options: ParseOptions): ParsedEvent {
  const outer = typeof raw === 'string' ? jsonOf(raw) : raw;
  const text = member(outer, 'CloudTrailEvent');
  const outerId = textMember(outer, 'EventId', ID_LENGTH_MAX);
  const record = typeof text === 'string' ? jsonOf(text) : outer;
  if (typeof record === 'string') {
    return { kind: 'rejected', reason: record === TOO_LARGE ? 'tooLarge' : 'brokenJson', eventId: outerId };
  }
  const read = readRecord(record, outerId, options);
  return typeof read === 'string'
    ? { kind: 'rejected', reason: read, eventId: textMember(record, 'eventID', ID_LENGTH_MAX) ?? outerId }
    : { kind: 'event', event: read };
}

const TOO_LARGE = 'too large';
const BROKEN = 'broken';

function jsonOf(text: string): unknown {
  if (text.length > EVENT_LENGTH_MAX) {
    return TOO_LARGE;
  }
  try {
    return JSON.parse(text);
  } catch {
    return BROKEN;
  }
}

function readRecord(record: unknown, outerId: string | null, options: ParseOptions): ActivityEvent | RejectReason {
  if (!isObject(record)) {
    return 'notAnObject';
  }
  const id = textMember(record, 'eventID', ID_LENGTH_MAX) ?? outerId;
  if (id === null) {
    return 'noEventId';
  }
  const eventName = textMember(record, 'eventName', ID_LENGTH_MAX);
  const eventSource = textMember(record, 'eventSource', ID_LENGTH_MAX);
  if (eventName === null || eventSource === null) {
    return 'noEventName';
  }
  const timeMs = timeOf(textMember(record, 'eventTime', ID_LENGTH_MAX), options.latestMs);
  if (timeMs === null) {
    return 'badTime';
  }
  const identity = record['userIdentity'];
  const accountId =
    accountIdMember(record, 'recipientAccountId') ??
    options.recordedIn?.accountId ??
    accountIdMember(identity, 'accountId');
  if (accountId === null) {
    return 'noAccount';
  }
  const region = regionOf(textMember(record, 'awsRegion', ID_LENGTH_MAX)) ?? options.recordedIn?.region ?? null;
  if (region === null) {
    return 'noRegion';
  }
  const errorCode = textMember(record, 'errorCode', ID_LENGTH_MAX);
  const actor = actorOf(identity);
  const place = { accountId, region };
  const sharedId = textMember(record, 'sharedEventID', ID_LENGTH_MAX);
  return {
    id,
    occurrenceId: sharedId !== null && hasUniqueId(actor) ? sharedId : id,
    timeMs,
    ...place,
    eventSource,
    eventName,
    errorCode,
    actor,
    onBehalfOf: serviceBehind(identity, record),
    sourceAddress: textMember(record, 'sourceIPAddress', 256),
    userAgent: textMember(record, 'userAgent', 512),
    outcome: outcomeOf(record, { ...place, eventSource, eventName, errorCode, actor }),
  };
}

function outcomeOf(
  record: Readonly<Record<string, unknown>>,
  event: Pick<ActivityEvent, 'accountId' | 'region' | 'eventSource' | 'eventName' | 'errorCode' | 'actor'>,
): EventOutcome {
  const { eventSource, eventName } = event;
  const isEcr = eventSource === 'ecr.amazonaws.com';
  const isChange = isChangeEvent(eventSource, eventName);
  if (!isEcr && !isChange && !isSessionEvent(eventSource, eventName)) {
    return { kind: 'ignored', reason: 'unrelated', resources: [] };
  }
  if (event.errorCode !== null || textMember(record, 'errorMessage', 1) !== null || isFailedResult(record)) {
    return { kind: 'ignored', reason: 'failedCall', resources: isEcr ? resourcesOf(record, event) : [] };
  }
  const use = isEcr ? useOf(record, event) : null;
  if (isChange) {
    const subjects = changeSubjects(record, { accountId: event.accountId, resources: use?.resources ?? [] });
    const detail = {
      request: boundedJson(record['requestParameters'] ?? record['serviceEventDetails'] ?? null),
      response: boundedJson(record['responseElements'] ?? null),
    };
    return { kind: 'change', change: { subjects, detail }, use };
  }
  if (use !== null) {
    return { kind: 'use', use };
  }
  const origin = isEcr ? null : originOf(record, event.actor);
  return origin === null
    ? { kind: 'ignored', reason: isEcr ? 'serviceEvent' : 'unrelated', resources: [] }
    : { kind: 'session', origin };
}

/**
 * Null for what is no action of IAM, such as PolicyExecutionEvent: that deletes images and calls itself read-only, so
 * `readOnly` is never asked.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html
 */
function useOf(record: unknown, place: Pick<ActivityEvent, 'accountId' | 'region' | 'eventName'>): EcrUse | null {
  const action = findEcrAction(`ecr:${place.eventName}`);
  return action === null || textMember(record, 'eventType', ID_LENGTH_MAX) === 'AwsServiceEvent'
    ? null
    : { action: action.name, resources: resourcesOf(record, place) };
}

/** CreateAccountResult has no error code: it says in its details what became of the account. */
function isFailedResult(record: unknown): boolean {
  return member(member(member(record, 'serviceEventDetails'), 'createAccountStatus'), 'state') === 'FAILED';
}

function originOf(record: unknown, actor: ActivityActor): SessionOrigin | null {
  const request = member(record, 'requestParameters');
  const response = member(record, 'responseElements');
  const accessKeyId = textMember(member(response, 'credentials'), 'accessKeyId', ID_LENGTH_MAX);
  return accessKeyId === null
    ? null
    : {
        accessKeyId,
        roleArn: textMember(request, 'roleArn'),
        sessionName: textMember(request, 'roleSessionName', 256),
        identityProvider: actor.identityProvider ?? textMember(response, 'provider'),
        subject:
          actor.webIdentitySubject ??
          textMember(response, 'subjectFromWebIdentityToken', 512) ??
          textMember(response, 'subject', 512),
      };
}

/** Docker's own traffic names `AWS Internal` here, which is nobody's behalf. */
function serviceBehind(identity: unknown, record: unknown): string | null {
  const named = [textMember(identity, 'invokedBy', 256), textMember(record, 'sourceIPAddress', 256)];
  return named.find((name) => name !== null && /\.amazonaws\.com(?:\.cn)?$/.test(name)) ?? null;
}

/** Only then do both copies of a cross-account call count for the same principal. */
function hasUniqueId({ key }: ActivityActor): boolean {
  return key.startsWith('AROA') || key.startsWith('AIDA');
}

function accountIdMember(value: unknown, key: string): string | null {
  const text = textMember(value, key, ID_LENGTH_MAX);
  return text !== null && isAccountId(text) ? text : null;
}

function regionOf(text: string | null): string | null {
  return text !== null && /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/.test(text) ? text : null;
}

function timeOf(text: string | null, latestMs: number): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text)) {
    return null;
  }
  const timeMs = Date.parse(text);
  // The 31st of February is read as one of March.
  const isReal =
    timeMs >= EARLIEST_MS && timeMs <= latestMs && new Date(timeMs).toISOString().startsWith(text.slice(0, 19));
  return isReal ? timeMs : null;
}
