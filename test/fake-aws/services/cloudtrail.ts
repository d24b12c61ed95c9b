import { z } from 'zod';

import { held } from '../fake-call.ts';
import type { FakeCall, Operation } from '../fake-call.ts';
import { FakeError } from '../fake-error.ts';
import { pageOf } from '../paging.ts';
import type { ServedEvent } from '../served-events.ts';

const dayMs = 24 * 60 * 60 * 1000;
const daysKept = 90;
const resultsMax = 50;

const attributeKeys = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
] as const;
type AttributeKey = (typeof attributeKeys)[number];

const lookupInput = z.object({
  LookupAttributes: z.array(z.object({ AttributeKey: z.string(), AttributeValue: z.string() })).optional(),
  StartTime: z.date().optional(),
  EndTime: z.date().optional(),
  MaxResults: z.number().int().optional(),
  NextToken: z.string().optional(),
});

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
function lookupEvents(input: unknown, call: FakeCall): unknown {
  call.lookupRate.take(`${call.accountId}/${call.region}`);
  const request = lookupInput.parse(input);
  const attribute = oneAttribute(request.LookupAttributes ?? []);
  const size = request.MaxResults ?? resultsMax;
  if (size < 1 || size > resultsMax) {
    throw new FakeError(
      'InvalidMaxResultsException',
      `A value of ${size} was specified for MaxResults. The value must be between 1 and ${resultsMax}.`,
    );
  }
  if (request.StartTime !== undefined && request.EndTime !== undefined && request.StartTime > request.EndTime) {
    throw new FakeError('InvalidTimeRangeException', 'The start time must be before the end time.');
  }
  const oldestMs = Math.max(call.now.getTime() - daysKept * dayMs, request.StartTime?.getTime() ?? 0);
  const newestMs = request.EndTime?.getTime() ?? call.now.getTime();
  const found = held(call.servedRegion?.events, call).filter((event) => {
    const atMs = event.EventTime.getTime();
    return atMs >= oldestMs && atMs <= newestMs && (attribute === null || isFound(event, attribute));
  });
  const page = pageOf(found, {
    token: request.NextToken,
    size: Math.min(size, call.pageSizeMax),
    boundTo: [
      call.accountId,
      call.region,
      request.LookupAttributes,
      request.StartTime,
      request.EndTime,
      request.MaxResults,
    ],
    onBadToken: () =>
      new FakeError('InvalidNextTokenException', 'The token is not valid: it was given for other parameters.'),
  });
  return { Events: page.items, ...(page.nextToken === null ? {} : { NextToken: page.nextToken }) };
}

interface Attribute {
  readonly key: AttributeKey;
  readonly value: string;
}

function oneAttribute(
  given: readonly { readonly AttributeKey: string; readonly AttributeValue: string }[],
): Attribute | null {
  const [first, ...more] = given;
  if (first === undefined) {
    return null;
  }
  const key = attributeKeys.find((known) => known === first.AttributeKey);
  if (key === undefined || more.length > 0) {
    throw new FakeError(
      'InvalidLookupAttributesException',
      'Exactly one lookup attribute with a known key may be given.',
    );
  }
  return { key, value: first.AttributeValue };
}

/** Lookup values are case-sensitive. */
function isFound(event: ServedEvent, { key, value }: Attribute): boolean {
  if (key === 'ResourceType' || key === 'ResourceName') {
    return (event.Resources ?? []).some((resource) => resource[key] === value);
  }
  return event[key] === value;
}

export const cloudTrailOperations: Readonly<Record<string, Operation>> = { LookupEvents: lookupEvents };
