import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { expect, onTestFinished, test } from 'vitest';

import { fixtureWindow, openFake } from './testing.ts';

const window = { StartTime: fixtureWindow.startTime, EndTime: fixtureWindow.endTime };
const pulls = {
  ...window,
  LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: 'BatchGetImage' }],
};

function openClient(region = 'eu-west-1'): CloudTrailClient {
  const client = new CloudTrailClient({ region, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

async function lookup(client: CloudTrailClient, input: LookupEventsCommandInput) {
  const { Events = [], NextToken } = await client.send(new LookupEventsCommand(input));
  return { times: Events.map((event) => event.EventTime?.getTime() ?? 0), NextToken, Events };
}

test('events come newest first, at most 50 a page, until no token is left', async () => {
  await openFake();
  const client = openClient();
  const pageSizes: number[] = [];
  const times: number[] = [];
  let NextToken: string | undefined;
  do {
    const page = await lookup(client, { ...pulls, ...(NextToken === undefined ? {} : { NextToken }) });
    pageSizes.push(page.times.length);
    times.push(...page.times);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(pageSizes).toEqual([50, 50, 20]);
  expect(times).toEqual(times.toSorted((left, right) => right - left));
});

test('a token is refused with any other parameters than its own', async () => {
  await openFake();
  const client = openClient();
  const { NextToken = '' } = await lookup(client, pulls);
  const others = [
    { ...pulls, EndTime: new Date(pulls.EndTime.getTime() + 1000) },
    { ...pulls, StartTime: new Date(pulls.StartTime.getTime() - 1000) },
    { ...pulls, MaxResults: 10 },
    { ...window },
  ];
  for (const other of others) {
    await expect(lookup(client, { ...other, NextToken })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
  }
  await expect(lookup(openClient('us-east-1'), { ...pulls, NextToken })).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  });
  await expect(lookup(client, { ...pulls, NextToken: 'nonsense' })).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  });
  expect((await lookup(client, { ...pulls, NextToken })).times).toHaveLength(50);
});

test('only one attribute may be given', async () => {
  await openFake();
  const LookupAttributes = [...pulls.LookupAttributes, { AttributeKey: 'ReadOnly' as const, AttributeValue: 'false' }];
  await expect(lookup(openClient(), { ...window, LookupAttributes })).rejects.toMatchObject({
    name: 'InvalidLookupAttributesException',
  });
});

test.each([
  ['EventSource', 'lambda.amazonaws.com', 1],
  ['ResourceName', 'shop/api', 50],
  ['ResourceName', 'SHOP/API', 0],
  ['EventId', '00000001-0000-4000-8000-000000000000', 1],
  ['Username', 'nobody', 0],
] as const)('events are found by %s %s, case-sensitively', async (AttributeKey, AttributeValue, count) => {
  await openFake();
  const found = await lookup(openClient(), { ...window, LookupAttributes: [{ AttributeKey, AttributeValue }] });
  expect(found.times).toHaveLength(count);
});

test('more than 50 results, and a window that ends before it starts, are refused', async () => {
  await openFake();
  const client = openClient();
  await expect(lookup(client, { ...pulls, MaxResults: 51 })).rejects.toMatchObject({
    name: 'InvalidMaxResultsException',
  });
  await expect(
    lookup(client, { ...pulls, StartTime: window.EndTime, EndTime: window.StartTime }),
  ).rejects.toMatchObject({ name: 'InvalidTimeRangeException' });
});

test('events older than 90 days are gone, counted from the clock of the fake', async () => {
  await openFake({ clock: () => new Date('2027-02-06T11:00:00Z') });
  // 90 days before is 2026-11-08T11:00, one hour before the newest event of the fixture.
  const { times } = await lookup(openClient(), { ...pulls, EndTime: new Date('2027-02-06T11:00:00Z'), MaxResults: 50 });
  expect(times).toHaveLength(50);
  await openFake({ clock: () => new Date('2027-02-06T11:50:00Z') });
  expect((await lookup(openClient(), { ...pulls, EndTime: new Date('2027-02-06T11:50:00Z') })).times).toHaveLength(10);
  await openFake({ clock: () => new Date('2027-03-01T00:00:00Z') });
  expect((await lookup(openClient(), { ...pulls, EndTime: new Date('2027-03-01T00:00:00Z') })).times).toEqual([]);
});

test('the third request within a second is throttled, per account and region', async () => {
  let nowMs = 0;
  await openFake({ lookupEventsPerSecond: 2, rateClockMs: () => nowMs });
  const client = openClient();
  await lookup(client, pulls);
  await lookup(client, pulls);
  await expect(lookup(client, pulls)).rejects.toMatchObject({
    name: 'ThrottlingException',
    $metadata: { httpStatusCode: 400 },
  });
  await lookup(openClient('us-east-1'), pulls);
  nowMs = 1000;
  await lookup(client, pulls);
});

test('a bare CloudTrail record is answered as LookupEvents dresses it', async () => {
  await openFake();
  const LookupAttributes = [{ AttributeKey: 'EventName' as const, AttributeValue: 'CreateRole' }];
  const { Events } = await lookup(openClient('us-east-1'), { ...window, LookupAttributes });
  expect(Events).toMatchObject([
    {
      EventId: '99999999-0000-4000-8000-000000000000',
      ReadOnly: 'false',
      Username: 'ana',
      EventTime: new Date('2026-11-06T09:00:00Z'),
    },
  ]);
});
