import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { Event } from '@aws-sdk/client-cloudtrail';
import type { CollectionGap, Interval } from '@ecr-audit/access';

import { attempt } from '../attempt.ts';
import { requiredMember } from '../required-member.ts';
import type { AwsSession } from '../session.ts';

// The largest page that the API gives. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
const eventsPerPage = 50;
const secondMs = 1000;

/** One page of a window. The last one says what of the window was read to its end. */
export interface WindowPage {
  readonly events: readonly Event[];
  readonly end: WindowEnd | null;
}

type WindowEnd =
  | { readonly kind: 'complete' }
  /** The bound on pages was met; everything at `readFromMs` and later was read. Null where nothing can be said. */
  | { readonly kind: 'bounded'; readonly readFromMs: number | null }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly gap: CollectionGap };

/**
 * Reads the events of one name within a window, page by page, at the pace of the session's limit.
 *
 * The window stays the same over all pages, because a token is bound to its parameters.
 */
export async function* readWindow(
  session: AwsSession,
  place: { readonly accountId: string; readonly region: string; readonly eventName: string },
  options: { readonly window: Interval; readonly pagesMax: number; readonly signal: AbortSignal | null },
): AsyncGenerator<WindowPage> {
  const { accountId, region, eventName } = place;
  const { window, pagesMax, signal } = options;
  const client = session.cloudTrail(region);
  const order = new NewestFirst();
  let nextToken: string | undefined;
  for (let page = 1; ; page += 1) {
    if (signal?.aborted === true) {
      yield { events: [], end: { kind: 'stopped' } };
      return;
    }
    const asked = await attempt(
      session,
      { accountId, region, source: 'cloudtrail:LookupEvents', resource: eventName },
      async () => {
        await session.lookupTurn(accountId, region);
        const answer = await client.send(
          new LookupEventsCommand({
            LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
            StartTime: new Date(window.fromMs),
            // Both ends belong to what AWS answers, and its times are whole seconds.
            EndTime: new Date(window.untilMs - secondMs),
            MaxResults: eventsPerPage,
            ...(nextToken === undefined ? {} : { NextToken: nextToken }),
          }),
        );
        return { events: requiredMember('Events', answer.Events), nextToken: answer.NextToken };
      },
    );
    if (asked.kind === 'gap') {
      yield { events: [], end: { kind: 'failed', gap: asked.gap } };
      return;
    }
    const { events } = asked.value;
    nextToken = asked.value.nextToken;
    order.add(events);
    const isLast = nextToken === undefined;
    const isBounded = !isLast && page >= pagesMax;
    yield {
      events,
      end: isLast ? { kind: 'complete' } : isBounded ? { kind: 'bounded', readFromMs: order.readFromMs() } : null,
    };
    if (isLast || isBounded) {
      return;
    }
  }
}

/**
 * AWS answers the newest events first, so what is newer than the oldest one was read. Checked rather than trusted: where an
 * event is out of order, or lacks its time, nothing is concluded.
 */
class NewestFirst {
  #oldestMs: number | null = Number.POSITIVE_INFINITY;

  add(events: readonly Event[]): void {
    for (const { EventTime } of events) {
      const timeMs = EventTime?.getTime() ?? Number.NaN;
      this.#oldestMs = this.#oldestMs !== null && timeMs <= this.#oldestMs ? timeMs : null;
    }
  }

  /** More events of the oldest second may follow, so it is not counted as read. */
  readFromMs(): number | null {
    return this.#oldestMs === null || !Number.isFinite(this.#oldestMs)
      ? null
      : Math.floor(this.#oldestMs / secondMs) * secondMs + secondMs;
  }
}
