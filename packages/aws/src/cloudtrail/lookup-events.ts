import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Event } from '@aws-sdk/client-cloudtrail';

import { requiredMember } from '../required-member.ts';
import type { AwsSession } from '../session.ts';

// The largest page that the API gives. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
const eventsPerPage = 50;

export interface NamedEvents {
  readonly events: readonly Event[];
  /** False when the page bound was met before the window's start. */
  readonly isComplete: boolean;
}

/** The window of a lookup. It must stay the same over all pages, because a token is bound to its parameters. */
export interface ActivityWindow {
  readonly startTime: Date;
  readonly endTime: Date;
}

/** Looks up the events of one name, newest first, at the pace of the session's limit. */
export async function lookupEventsNamed(
  session: AwsSession,
  at: { readonly accountId: string; readonly region: string },
  query: { readonly eventName: string; readonly window: ActivityWindow; readonly pagesMax: number },
): Promise<NamedEvents> {
  const client = session.cloudTrail(at.region);
  const events: Event[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < query.pagesMax; page += 1) {
    await session.lookupTurn(at.accountId, at.region);
    const answer = await client.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: query.eventName }],
        StartTime: query.window.startTime,
        EndTime: query.window.endTime,
        MaxResults: eventsPerPage,
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      }),
    );
    events.push(...requiredMember('Events', answer.Events));
    nextToken = answer.NextToken;
    if (nextToken === undefined) {
      return { events, isComplete: true };
    }
  }
  return { events, isComplete: false };
}
