import { activityEventNames } from '@ecr-audit/aws';
import { collectActivityJob, type ActivityOutcome, type ActivityWork } from '@ecr-audit/collector';
import {
  activityHoles,
  forgetOldActivity,
  listActivity,
  listActivityCoverage,
  listChangeEvents,
  observedActivity,
} from '@ecr-audit/store';
import { createTestDatabase } from '@ecr-audit/store/testing';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openFake, openSession, type OpenFakeOptions } from '../fake-aws/testing.ts';
import type { FakeAws } from '../fake-aws/start-fake-aws.ts';
import { accountId, type Call, homeRegion, minutesBefore, now, region, served } from './served.ts';

const database = await createTestDatabase();
const { store } = database;
afterAll(() => database.drop());
afterEach(async () => {
  await store.sql`
    truncate audit.activity, audit.activity_principal, audit.activity_resource, audit.activity_seen, audit.change_event,
      audit.activity_session, audit.activity_observed, audit.activity_hole, audit.activity_reject, audit.activity_horizon`;
});

async function openServed(calls: readonly Call[], options: Partial<OpenFakeOptions> = {}): Promise<FakeAws> {
  return await openFake({ parts: served(calls), clock: () => now, ...options });
}

async function collect(work: Partial<ActivityWork> = {}): Promise<ActivityOutcome> {
  const session = await openSession({ regions: [region] });
  return await collectActivityJob(
    { store, session },
    {
      accountId,
      partition: 'aws',
      region,
      isHomeRegion: false,
      isManagementAccount: false,
      isEcrRead: true,
      now,
      ...work,
    },
  );
}

async function uses(): Promise<readonly (readonly [string, number])[]> {
  return (await listActivity(store.sql, { limit: 100 })).map(({ action, events }) => [action, events]);
}

async function untilOf(eventName: string): Promise<string | null> {
  const observed = await observedActivity(store.sql, { accountId, region });
  const last = observed.find((seen) => seen.eventName === eventName)?.during.at(-1);
  return last === undefined ? null : new Date(last.untilMs).toISOString();
}

const settled = '2026-11-22T11:45:00.000Z';

describe('a pass', () => {
  test('keeps use and changes, and marks every name until a quarter of an hour before now', async () => {
    await openServed([
      { name: 'BatchGetImage', at: minutesBefore(60) },
      { name: 'PutImage', at: minutesBefore(90), more: { errorCode: 'AccessDenied' } },
      { name: 'SetRepositoryPolicy', at: minutesBefore(60 * 24 * 30) },
    ]);
    const outcome = await collect();
    expect(outcome).toMatchObject({
      events: 3,
      uses: 2,
      changes: 1,
      gaps: [],
      mark: settled,
      lagMs: 900_000,
      isCaughtUp: true,
    });
    expect(await uses()).toEqual([
      ['ecr:BatchGetImage', 1],
      ['ecr:SetRepositoryPolicy', 1],
    ]);
    expect(await listActivityCoverage(store.sql)).toMatchObject([
      { accountId, region, status: 'complete', until: settled },
    ]);
  });

  test('that follows at once has nothing to ask', async () => {
    const fake = await openServed([{ name: 'BatchGetImage', at: minutesBefore(60) }]);
    await collect();
    const asked = fake.calls().length;
    expect(await collect()).toMatchObject({ requests: 0, events: 0, mark: settled, isCaughtUp: true });
    expect(fake.calls()).toHaveLength(asked);
  });

  test('takes in events that came late, and counts those that it saw before once', async () => {
    const early = { name: 'BatchGetImage', at: minutesBefore(30), id: '00000000-0000-4000-9000-000000000001' };
    await openServed([early]);
    await collect();
    // Delivered after the pass, though it happened an hour and three quarters before the end of its window.
    const late = { name: 'BatchGetImage', at: minutesBefore(120), id: '00000000-0000-4000-9000-000000000002' };
    await openServed([early, late], { clock: () => new Date(now.getTime() + 3_600_000) });
    expect(await collect({ now: new Date(now.getTime() + 3_600_000) })).toMatchObject({ events: 2, uses: 1 });
    expect(await uses()).toEqual([['ecr:BatchGetImage', 2]]);
  });

  test('asks for layers never, for IAM in the home region only, for Organizations in the management account only', async () => {
    const fake = await openServed([]);
    const before = fake.calls().length;
    const member = await collect({ region: homeRegion, isHomeRegion: true, isEcrRead: false });
    await store.sql`truncate audit.activity_observed`;
    const management = await collect({
      region: homeRegion,
      isHomeRegion: true,
      isEcrRead: false,
      isManagementAccount: true,
    });
    const elsewhere = await collect();
    expect(fake.calls().length - before).toBe(member.requests + management.requests + elsewhere.requests);
    const home = { isHomeRegion: true, isIdentityCenterRegion: true, isEcrRead: false };
    expect([member, management, elsewhere].map(({ requests }) => requests)).toEqual(
      [
        activityEventNames({ ...home, isManagementAccount: false }),
        activityEventNames({ ...home, isManagementAccount: true }),
        activityEventNames({ ...home, isHomeRegion: false, isManagementAccount: false, isEcrRead: true }),
      ].map(({ length }) => length),
    );
    expect(management.requests - member.requests).toBeGreaterThan(40);
    const names = await observedActivity(store.sql, { accountId, region });
    expect(names.map(({ eventName }) => eventName)).not.toContain('CreateRole');
    expect(names.map(({ eventName }) => eventName)).not.toContain('GetDownloadUrlForLayer');
  });

  test('ends with its page when it is told to stop, and claims nothing that it has not read', async () => {
    await openServed([{ name: 'BatchGetImage', at: minutesBefore(60) }]);
    const stopping = new AbortController();
    stopping.abort();
    expect(await collect({ signal: stopping.signal })).toMatchObject({ requests: 0, mark: null, isCaughtUp: false });
    const observed = await observedActivity(store.sql, { accountId, region });
    expect(observed.filter(({ during }) => during.length > 0)).toEqual([]);
    expect(await listActivityCoverage(store.sql)).toMatchObject([{ status: 'notReadable' }]);
  });

  test('that reaches only some names does not pass for a whole one', async () => {
    await openServed([{ name: 'BatchGetImage', at: minutesBefore(60) }]);
    const outcome = await collect({ requestsMax: 3 });
    expect(outcome).toMatchObject({ mark: null, isCaughtUp: false, gaps: [{ reason: 'notCollected' }] });
    expect(await listActivityCoverage(store.sql)).toMatchObject([
      { status: 'partial', from: null, detail: 'no stretch in which all event names were seen' },
    ]);
  });
});

test('events of before what was forgotten are neither asked for nor missed', async () => {
  await forgetOldActivity(store, { before: new Date(minutesBefore(120)) });
  await openServed([
    { name: 'PutImage', at: minutesBefore(150) },
    { name: 'PutImage', at: minutesBefore(60) },
  ]);
  expect(await collect()).toMatchObject({ events: 1, uses: 1, isCaughtUp: true });
  expect(await collect()).toMatchObject({ requests: 0 });
  expect(await listActivityCoverage(store.sql)).toMatchObject([
    { status: 'complete', from: '2026-11-22T10:00:00.000Z' },
  ]);
});

test('the beginning of sessions is read for a day, and holds no mark back', async () => {
  const begun = { name: 'AssumeRoleWithWebIdentity', source: 'sts.amazonaws.com' };
  await openServed(Array.from({ length: 200 }, (_, index) => ({ ...begun, at: minutesBefore(20 + index * 10) })));
  const outcome = await collect({ pagesPerWindowMax: 1 });
  expect(outcome).toMatchObject({ events: 50, mark: settled, isCaughtUp: true, gaps: [] });
  expect(await listActivityCoverage(store.sql)).toMatchObject([
    { status: 'complete', from: '2026-08-24T13:00:00.000Z' },
  ]);
});

describe('a window that is too large', () => {
  const pulls = Array.from({ length: 200 }, (_, index) => ({ name: 'BatchGetImage', at: minutesBefore(30 + index) }));

  test('is read from its new end, and the rest is read by later passes', async () => {
    await openServed(pulls);
    const first = await collect({ pagesPerWindowMax: 2 });
    expect(first).toMatchObject({ uses: 100, mark: settled, isCaughtUp: false });
    expect(first.gaps).toMatchObject([
      { reason: 'notCollected', message: '`BatchGetImage`: older events are still to be read' },
    ]);
    const second = await collect({ pagesPerWindowMax: 2 });
    expect(second.events).toBeLessThanOrEqual(100);
    const third = await collect({ pagesPerWindowMax: 2 });
    expect(third).toMatchObject({ isCaughtUp: true, gaps: [] });
    expect(await uses()).toEqual([['ecr:BatchGetImage', 200]]);
  });

  test('is not starved of by another: a small budget goes round', async () => {
    await openServed([...pulls, { name: 'SetRepositoryPolicy', at: minutesBefore(100) }]);
    for (let pass = 0; pass < 12; pass += 1) {
      await collect({ requestsMax: 5, pagesPerWindowMax: 2 });
    }
    expect(await collect({ requestsMax: 5 })).toMatchObject({ mark: settled, isCaughtUp: true });
    expect(await uses()).toEqual([
      ['ecr:BatchGetImage', 200],
      ['ecr:SetRepositoryPolicy', 1],
    ]);
  });

  test('whose events all lie within one second becomes a hole of that second, and everything around it is read', async () => {
    const burst = Array.from({ length: 120 }, () => ({ name: 'PutImage', at: minutesBefore(60) }));
    await openServed([
      ...burst,
      { name: 'PutImage', at: minutesBefore(61) },
      { name: 'PutImage', at: minutesBefore(59) },
    ]);
    await collect({ pagesPerWindowMax: 2 });
    for (let pass = 0; pass < 3; pass += 1) {
      await collect({ pagesPerWindowMax: 2 });
    }
    const holes = await activityHoles(store.sql, { accountId, region });
    const atMs = Date.parse(minutesBefore(60));
    expect(holes).toMatchObject([
      { eventName: 'PutImage', reason: 'tooDense', during: [{ fromMs: atMs, untilMs: atMs + 1000 }] },
    ]);
    expect(await collect({ pagesPerWindowMax: 2 })).toMatchObject({ requests: 0, isCaughtUp: true });
    expect(await listActivityCoverage(store.sql)).toMatchObject([{ status: 'partial' }]);
  });
});

describe('what cannot be read', () => {
  test('because it is denied leaves no mark, one gap, and a hole for every name', async () => {
    const fake = await openServed([{ name: 'BatchGetImage', at: minutesBefore(60) }], {
      faults: [{ kind: 'deny', operation: 'cloudtrail:LookupEvents' }],
    });
    const outcome = await collect();
    expect(outcome).toMatchObject({
      mark: null,
      lagMs: null,
      requests: 1,
      gaps: [{ resource: null, reason: 'accessDenied' }],
    });
    expect(outcome.gaps).toHaveLength(1);
    expect(await listActivityCoverage(store.sql)).toMatchObject([{ status: 'notReadable', from: null }]);
    fake.setFaults([]);
    expect(await collect()).toMatchObject({ mark: settled, gaps: [] });
    expect(await activityHoles(store.sql, { accountId, region })).toEqual([]);
    expect(await uses()).toEqual([['ecr:BatchGetImage', 1]]);
  });

  test.each(['throttle', 'cutConnection', 'fail', 'emptyAnswer'] as const)(
    'of one name because of %s stays unmarked, the others go on, and the next pass reads it',
    async (kind) => {
      const fake = await openServed([{ name: 'BatchGetImage', at: minutesBefore(60) }]);
      await collect({ requestsMax: 3 });
      fake.setFaults([{ kind, operation: 'cloudtrail:LookupEvents', resource: 'BatchGetImage' }]);
      const outcome = await collect();
      expect(outcome).toMatchObject({ mark: null, isCaughtUp: false, gaps: [{ resource: 'BatchGetImage' }] });
      expect(await untilOf('BatchGetImage')).toBeNull();
      expect(await untilOf('PutImage')).toBe(settled);
      expect(await listActivityCoverage(store.sql)).toMatchObject([{ status: 'partial' }]);
      fake.setFaults([]);
      expect(await collect()).toMatchObject({ mark: settled, gaps: [] });
      expect(await uses()).toEqual([['ecr:BatchGetImage', 1]]);
      expect(await listActivityCoverage(store.sql)).toMatchObject([{ status: 'complete' }]);
    },
  );

  test('in the middle of a window leaves the mark where it was, and what was read before it is not counted twice', async () => {
    const pulls = Array.from({ length: 120 }, (_, index) => ({ name: 'BatchGetImage', at: minutesBefore(30 + index) }));
    const fake = await openServed(pulls);
    fake.setFaults([
      { kind: 'cutConnection', operation: 'cloudtrail:LookupEvents', resource: 'BatchGetImage', after: 1 },
    ]);
    const outcome = await collect();
    expect(outcome.gaps).toMatchObject([{ resource: 'BatchGetImage' }]);
    expect(await untilOf('BatchGetImage')).toBeNull();
    fake.setFaults([]);
    await collect();
    expect(await uses()).toEqual([['ecr:BatchGetImage', 120]]);
  });

  test('because it is older than 90 days and was never read is a hole that stays', async () => {
    await openServed([]);
    await collect({ now: new Date('2026-07-01T00:00:00Z') });
    await openServed([{ name: 'PutImage', at: minutesBefore(60) }]);
    expect(await collect()).toMatchObject({ uses: 1, mark: settled, isCaughtUp: true });
    const holes = await activityHoles(store.sql, { accountId, region });
    expect(new Set(holes.map(({ reason }) => reason))).toEqual(new Set(['expired']));
    expect(holes.find(({ eventName }) => eventName === 'PutImage')?.during).toEqual([
      { fromMs: Date.parse('2026-06-30T23:45:00Z'), untilMs: Date.parse('2026-08-24T13:00:00Z') },
    ]);
    expect(await listActivityCoverage(store.sql)).toMatchObject([{ status: 'partial', until: settled }]);
  });

  test('because the event itself is broken is counted, and the window is whole', async () => {
    const parts = served([{ name: 'PutImage', at: minutesBefore(60) }]);
    const broken = parts.map((part) => ({
      ...part,
      content: part.content.replace('\\"eventTime\\":\\"2026', '\\"eventTime\\":\\"1926'),
    }));
    await openFake({ parts: broken, clock: () => now });
    expect(await collect()).toMatchObject({ events: 1, uses: 0, rejected: 1, mark: settled });
    await collect({ now: new Date(now.getTime() + 600_000) });
    const rejects = await store.sql<
      { reason: string; events: number }[]
    >`select reason, events from audit.activity_reject`;
    expect([...rejects]).toEqual([{ reason: 'badTime', events: 1 }]);
  });
});

test('changes say who made them, in which session and from where', async () => {
  await openServed([{ name: 'SetRepositoryPolicy', at: minutesBefore(60) }]);
  await collect();
  const changes = await listChangeEvents(store.sql, { from: new Date(0), until: now, limit: 10 });
  expect(changes).toMatchObject([
    {
      eventName: 'SetRepositoryPolicy',
      sourceAddress: '203.0.113.7',
      subjects: [`repository:arn:aws:ecr:${region}:${accountId}:repository/shop/api`],
      actor: { key: 'AROADEPLOYEXAMPLE00001', sessionName: 'run-1', arn: `arn:aws:iam::${accountId}:role/ci/deploy` },
    },
  ]);
});
