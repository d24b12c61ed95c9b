import { HOME, MANAGEMENT, REGION, REGISTRY } from './world.ts';

/** When the two snapshots were taken. */
export const FROM = '2026-11-01T00:00:00Z';
export const TO = '2026-11-02T00:00:00Z';

/** A record as CloudTrail writes it, as far as anybody reads it. */
export interface RecordedEvent {
  eventID: string;
  eventName: string;
  eventSource: string;
  eventTime: string;
  awsRegion: string;
  recipientAccountId: string;
  userIdentity: Record<string, unknown>;
  sourceIPAddress: string;
  requestParameters: Record<string, unknown> | null;
  responseElements: Record<string, unknown> | null;
  errorCode?: string;
  errorMessage?: string;
  [key: string]: unknown;
}

export interface Call {
  /** `HH:MM` of the day between the two snapshots, or a whole time. */
  readonly at?: string;
  readonly account?: string;
  readonly region?: string;
  readonly response?: Record<string, unknown>;
  /** Whatever else the record says. */
  readonly extra?: Partial<RecordedEvent>;
}

/** IAM answers most calls with nothing. */
export function iam(id: string, name: string, request: Record<string, unknown>, call: Call = {}): RecordedEvent {
  return record(id, 'iam', name, request, { region: HOME, account: REGISTRY, ...call });
}

export function ecr(id: string, name: string, request: Record<string, unknown>, call: Call = {}): RecordedEvent {
  const named = { registryId: call.account ?? REGISTRY, ...request };
  return record(id, 'ecr', name, named, { region: REGION, account: REGISTRY, ...call });
}

export function organizations(
  id: string,
  name: string,
  request: Record<string, unknown> | null,
  call: Call = {},
): RecordedEvent {
  return record(id, 'organizations', name, request, { region: HOME, account: MANAGEMENT, ...call });
}

function record(
  id: string,
  service: string,
  eventName: string,
  request: Record<string, unknown> | null,
  { at = '10:00', account, region, response, extra }: Call & { readonly account: string; readonly region: string },
): RecordedEvent {
  return {
    eventVersion: '1.11',
    eventID: id,
    eventName,
    eventSource: `${service}.amazonaws.com`,
    eventTime: time(at),
    awsRegion: region,
    recipientAccountId: account,
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAGRACEGRACEGRACEAA',
      arn: `arn:aws:iam::${account}:user/grace`,
      accountId: account,
      userName: 'grace',
    },
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.31.4',
    requestParameters: request,
    responseElements: response ?? null,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    eventCategory: 'Management',
    ...extra,
  };
}

function time(at: string): string {
  return at.length > 5 ? at : `2026-11-01T${at}:00Z`;
}

/** So many minutes after the time of another. */
export function later(event: RecordedEvent, minutes: number): string {
  return new Date(Date.parse(event.eventTime) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
}

export function text(document: object): string {
  return JSON.stringify(document);
}
