import type { SnapshotPart } from '@ecr-audit/access';

export const accountId = '111122223333';
export const region = 'eu-west-1';
export const homeRegion = 'us-east-1';
export const now = new Date('2026-11-22T12:00:00Z');

export interface Call {
  readonly name: string;
  /** ISO time. */
  readonly at: string;
  readonly region?: string;
  readonly source?: string;
  readonly id?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

let made = 0;

/** An event as LookupEvents answers it; of a deploy role, on the repository `shop/api`, unless it says otherwise. */
export function lookupEvent(call: Call): object {
  made += 1;
  const EventId = call.id ?? `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  const EventSource = call.source ?? 'ecr.amazonaws.com';
  const record = {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROADEPLOYEXAMPLE00001:run-1',
      arn: `arn:aws:sts::${accountId}:assumed-role/deploy/run-1`,
      accountId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROADEPLOYEXAMPLE00001',
          arn: `arn:aws:iam::${accountId}:role/ci/deploy`,
          accountId,
          userName: 'deploy',
        },
      },
    },
    eventTime: call.at,
    eventSource: EventSource,
    eventName: call.name,
    awsRegion: call.region ?? region,
    sourceIPAddress: '203.0.113.7',
    requestParameters: { repositoryName: 'shop/api' },
    responseElements: null,
    eventID: EventId,
    recipientAccountId: accountId,
    ...call.more,
  };
  return {
    EventId,
    EventName: call.name,
    EventSource,
    EventTime: call.at,
    ReadOnly: 'false',
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** A snapshot whose history holds these events, in both regions that are asked. */
export function served(calls: readonly Call[]): SnapshotPart[] {
  const history = (where: string): SnapshotPart => ({
    path: `accounts/${accountId}/${where}/cloudtrail-events.ndjson`,
    content: calls
      .filter((call) => (call.region ?? region) === where)
      .toSorted((left, right) => right.at.localeCompare(left.at))
      .map((call) => `${JSON.stringify(lookupEvent(call))}\n`)
      .join(''),
  });
  return [
    {
      path: 'snapshot.json',
      content: JSON.stringify({ formatVersion: 1, takenAt: now.toISOString(), partition: 'aws', gaps: [] }),
    },
    history(region),
    history(homeRegion),
  ];
}

/** An ISO time so many minutes before another. */
export function minutesBefore(minutes: number, time: Date = now): string {
  return new Date(time.getTime() - minutes * 60_000).toISOString().replace('.000', '');
}
