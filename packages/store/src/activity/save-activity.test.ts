import { type ActivityHole, foldEvents, type ObservedInterval } from '@ecr-audit/access';
import * as fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../testing/index.ts';
import { forgetOldActivity } from './forget-old-activity.ts';
import { listActivity } from './list-activity.ts';
import { listChangeEvents } from './list-change-events.ts';
import { observedActivity } from './observed-activity.ts';
import { saveActivity, type SavedActivity } from './save-activity.ts';

const database = await createTestDatabase();
const { store } = database;
const { sql } = store;
afterAll(() => database.drop());
afterEach(empty);

async function empty(): Promise<void> {
  await sql`
    truncate audit.activity, audit.activity_principal, audit.activity_resource, audit.activity_seen, audit.change_event,
      audit.activity_session, audit.activity_observed, audit.activity_hole, audit.activity_reject, audit.activity_horizon`;
}

const accountId = '111122223333';
const region = 'eu-west-1';
const place = { accountId, region };
const latestMs = Date.parse('2026-11-22T12:00:00Z');

interface Call {
  readonly id: number;
  readonly name: string;
  readonly minute: number;
  readonly role?: string;
  readonly repository?: string;
}

function record(call: Call, more: object = {}): string {
  return JSON.stringify({ ...fieldsOf(call), ...more });
}

function fieldsOf({ id, name, minute, role = 'deploy', repository = 'shop/api' }: Call) {
  const roleId = `AROA${role.toUpperCase().padEnd(17, 'X')}`;
  return {
    eventID: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
    eventTime: new Date(Date.parse('2026-11-20T00:00:00Z') + minute * 60_000).toISOString().replace('.000', ''),
    eventName: name,
    eventSource: 'ecr.amazonaws.com',
    awsRegion: region,
    recipientAccountId: accountId,
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${roleId}:session`,
      sessionContext: {
        sessionIssuer: { type: 'Role', principalId: roleId, arn: `arn:aws:iam::${accountId}:role/${role}`, accountId },
      },
    },
    requestParameters: { repositoryName: repository },
  };
}

async function save(
  records: readonly string[],
  more: { readonly observed?: readonly ObservedInterval[]; readonly holes?: readonly ActivityHole[] } = {},
): Promise<SavedActivity> {
  const folded = foldEvents(records, { recordedIn: place, latestMs });
  const { observed = [], holes = [] } = more;
  return await saveActivity(store, { source: 'lookupEvents', place, folded, observed, holes, files: [] });
}

/** Everything that is kept, without the numbers that the database gives. */
async function everything(): Promise<unknown> {
  return {
    activity: await listActivity(sql, { limit: 1000 }),
    changes: await listChangeEvents(sql, { from: new Date(0), until: new Date(latestMs), limit: 1000 }),
    rejects: [
      ...(await sql`select account_id, region, source, reason, events from audit.activity_reject order by reason`),
    ],
    observed: await observedActivity(sql, place),
  };
}

const calls = fc.array(
  fc.record({
    id: fc.nat(20),
    name: fc.constantFrom('BatchGetImage', 'PutImage', 'SetRepositoryPolicy', 'GetAuthorizationToken', 'ListBuckets'),
    minute: fc.nat(30),
    role: fc.constantFrom('deploy', 'build'),
    repository: fc.constantFrom('shop/api', 'shop/web'),
  }),
  { maxLength: 25 },
);

/** An id belongs to one event only. */
function distinct(all: readonly Call[]): readonly Call[] {
  return [...new Map(all.map((call) => [call.id, call])).values()];
}

describe('activity', () => {
  test('uses are counted by principal, repository and action, with first and last time', async () => {
    await save([
      record({ id: 1, name: 'BatchGetImage', minute: 5 }),
      record({ id: 2, name: 'BatchGetImage', minute: 1 }),
      record({ id: 3, name: 'PutImage', minute: 2 }),
      record({ id: 4, name: 'BatchGetImage', minute: 3, repository: 'shop/web' }),
    ]);
    const rows = await listActivity(sql, { limit: 10 });
    expect(
      rows.map(({ repository, action, events, firstAt, lastAt }) => [repository, action, events, firstAt, lastAt]),
    ).toEqual([
      ['shop/api', 'ecr:BatchGetImage', 2, '2026-11-20T00:01:00.000Z', '2026-11-20T00:05:00.000Z'],
      ['shop/api', 'ecr:PutImage', 1, '2026-11-20T00:02:00.000Z', '2026-11-20T00:02:00.000Z'],
      ['shop/web', 'ecr:BatchGetImage', 1, '2026-11-20T00:03:00.000Z', '2026-11-20T00:03:00.000Z'],
    ]);
    expect(rows[0]).toMatchObject({
      principalKey: 'AROADEPLOYXXXXXXXXXXX',
      principalArn: `arn:aws:iam::${accountId}:role/deploy`,
      repositoryArn: `arn:aws:ecr:${region}:${accountId}:repository/shop/api`,
      source: 'lookupEvents',
      onBehalfOf: null,
    });
  });

  test('order, repetition and division into batches make no difference', async () => {
    await fc.assert(
      fc.asyncProperty(
        calls,
        fc.array(fc.nat(24), { maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (all, cuts, noise) => {
          await empty();
          const records = distinct(all).map((call) => record(call));
          const broken = ['{"eventID": "x1"', '[]', '{}'];
          await save([...records, ...broken]);
          const once = await everything();
          await save([...records, ...broken]);
          expect(await everything()).toEqual(once);
          await empty();
          const shuffled = [...records, ...records, ...broken]
            .map((text) => ({ text, key: noise.next().value }))
            .toSorted((left, right) => left.key - right.key)
            .map(({ text }) => text);
          const places = [0, ...cuts.toSorted((left, right) => left - right), shuffled.length];
          for (const [index, from] of places.entries()) {
            await save(shuffled.slice(from, places[index + 1]));
          }
          expect(await everything()).toEqual(once);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('batches that come at once, with the same events, wait for each other and count each event once', async () => {
    const records = Array.from({ length: 300 }, (_, id) =>
      record({ id, name: 'BatchGetImage', minute: id % 60, role: `role${id % 7}`, repository: `team/r${id % 11}` }),
    );
    const saved = await Promise.all(
      [records, records.toReversed(), records.slice(100), records.slice(0, 200)].map((part) => save(part)),
    );
    expect(saved.map(({ uses }) => uses).reduce((sum, uses) => sum + uses, 0)).toBe(300);
    const rows = await listActivity(sql, { limit: 1000 });
    expect(rows.reduce((sum, { events }) => sum + events, 0)).toBe(300);
  });

  test('connections that are killed in the middle leave whole batches, which are taken again', async () => {
    const records = Array.from({ length: 400 }, (_, id) =>
      record({ id, name: 'PutImage', minute: id % 60, role: `role${id % 7}`, repository: `team/r${id % 11}` }),
    );
    await save(records);
    const undisturbed = await everything();
    await empty();
    const killingUntil = new AbortController();
    const killing = (async () => {
      while (!killingUntil.signal.aborted) {
        await sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and query not like '%pg_terminate_backend%'`;
      }
    })();
    let losses = 0;
    for (let first = 0; first < records.length; first += 40) {
      for (let isKept = false; !isKept;) {
        isKept = await save(records.slice(first, first + 40)).then(
          () => true,
          (error: unknown) => {
            losses += 1;
            expect(error).toMatchObject({ code: 'databaseUnreachable', retryable: true });
            return losses > 500;
          },
        );
        if (losses > 5) {
          killingUntil.abort();
        }
      }
    }
    killingUntil.abort();
    await killing;
    expect(losses).toBeGreaterThan(0);
    expect(await everything()).toEqual(undisturbed);
  });

  test('both copies of a cross-account call are one use, and the ARN is known whichever comes first', async () => {
    const shared = { sharedEventID: '99999999-0000-4000-8000-000000000001', eventTime: '2026-11-20T01:00:00Z' };
    const owner = record(
      { id: 1, name: 'BatchGetImage', minute: 0 },
      {
        ...shared,
        userIdentity: { type: 'AWSAccount', accountId: '444455556666', principalId: 'AROADEPLOYXXXXXXXXXXX:session' },
        requestParameters: { registryId: accountId, repositoryName: 'shop/api' },
      },
    );
    const caller = record(
      { id: 2, name: 'BatchGetImage', minute: 0 },
      {
        ...shared,
        recipientAccountId: '444455556666',
        requestParameters: { registryId: accountId, repositoryName: 'shop/api' },
      },
    );
    for (const order of [
      [owner, caller],
      [caller, owner],
    ]) {
      await empty();
      for (const text of order) {
        await save([text]);
      }
      const rows = await listActivity(sql, { limit: 10 });
      expect(rows).toMatchObject([{ events: 1, principalArn: `arn:aws:iam::${accountId}:role/deploy`, accountId }]);
    }
  });

  test('a page of activity begins after the last row of the page before', async () => {
    await save([1, 2, 3, 4].map((id) => record({ id, name: 'PutImage', minute: id, repository: `shop/r${id}` })));
    const first = await listActivity(sql, { limit: 3 });
    const last = first.at(-1);
    const rest = await listActivity(sql, { limit: 3, ...(last === undefined ? {} : { after: last }) });
    expect([...first, ...rest].map(({ repository }) => repository)).toEqual([
      'shop/r1',
      'shop/r2',
      'shop/r3',
      'shop/r4',
    ]);
  });
});

describe('changes', () => {
  test('are found by what they are about', async () => {
    await save([
      record({ id: 1, name: 'SetRepositoryPolicy', minute: 1 }),
      record({ id: 2, name: 'SetRepositoryPolicy', minute: 2, repository: 'shop/web' }),
    ]);
    const subjects = [`repository:arn:aws:ecr:${region}:${accountId}:repository/shop/web`, 'role:111122223333/none'];
    const found = await listChangeEvents(sql, { from: new Date(0), until: new Date(latestMs), subjects, limit: 10 });
    expect(found).toMatchObject([
      { eventName: 'SetRepositoryPolicy', at: '2026-11-20T00:02:00.000Z', actor: { name: 'deploy' } },
    ]);
  });

  test('carry the web identity subject of the session, which only its first event names', async () => {
    const call = { id: 1, name: 'SetRepositoryPolicy', minute: 1 };
    await save([record(call, { userIdentity: { ...fieldsOf(call).userIdentity, accessKeyId: 'ASIAEXAMPLE' } })]);
    await save([
      record(call, {
        eventID: '00000000-0000-4000-8000-000000000009',
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoleWithWebIdentity',
        userIdentity: {
          type: 'WebIdentityUser',
          identityProvider: 'arn:aws:iam::111122223333:oidc-provider/ci.example',
          userName: 'repo:shop/api:ref:refs/heads/main',
        },
        responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLE', sessionToken: 'secret' } },
      }),
    ]);
    const [found] = await listChangeEvents(sql, { from: new Date(0), until: new Date(latestMs), limit: 10 });
    expect(found?.actor).toMatchObject({ name: 'deploy', webIdentitySubject: 'repo:shop/api:ref:refs/heads/main' });
  });
});

describe('forgetting', () => {
  test('takes what is older, keeps what goes on, and lets nothing of it back in', async () => {
    const records = [1, 2, 3].map((id) => record({ id, name: 'SetRepositoryPolicy', minute: id * 10 }));
    await save([...records, record({ id: 4, name: 'PutImage', minute: 5 })], {
      observed: [{ ...place, eventName: 'PutImage', fromMs: Date.parse('2026-11-19T00:00:00Z'), untilMs: latestMs }],
    });
    const forgotten = await forgetOldActivity(store, { before: new Date('2026-11-20T00:25:00Z') });
    expect(forgotten).toEqual({ seen: 3, changes: 2, notable: 0, activity: 1, sessions: 0, files: 0 });
    const kept = await everything();
    expect(kept).toMatchObject({
      activity: [{ action: 'ecr:SetRepositoryPolicy', events: 3, firstAt: '2026-11-20T00:10:00.000Z' }],
      changes: [{ at: '2026-11-20T00:30:00.000Z' }],
      observed: [{ during: [{ fromMs: Date.parse('2026-11-20T00:25:00Z'), untilMs: latestMs }] }],
    });
    expect(await save(records)).toEqual({ uses: 0, changes: 0, rejected: 0 });
    expect(await everything()).toEqual(kept);
  });
});
