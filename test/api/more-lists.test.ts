import { randomUUID } from 'node:crypto';
import { foldEvents } from '@ecr-audit/access';
import { markScanCollecting, markScanFailed, requestScan, saveActivity } from '@ecr-audit/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, askPages, askProblem } from './harness/ask.ts';
import { shop, smallOrganization, tools } from './harness/small-organization.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

let test: TestApi;
let scan: string;
beforeAll(async () => {
  test = await startTestApi();
  scan = await writeScan(test.store, smallOrganization());
  await requestScan(test.store.sql, { scanId: randomUUID(), target: { key: 'account:333333333333' }, source: 'aws' });
});
afterAll(async () => {
  await test.stop();
});

describe('organizations', () => {
  it('lists what is scanned with its latest scan, also what was never completed', async () => {
    const [account, organization] = await askPages(test.api, '/v1/organizations?limit=1');
    expect(account).toMatchObject({ key: 'account:333333333333', kind: 'account', scansUnderWay: 1, latest: null });
    expect(organization).toMatchObject({
      kind: 'organization',
      accounts: 3,
      repositories: 4,
      latest: { scan: { id: scan }, coverage: { isComplete: false, gaps: 1 } },
    });
    const principals = await askPages(
      test.api,
      `/v1/principals?target=${encodeURIComponent(String(organization?.['key']))}`,
    );
    expect(organization?.['principals']).toBe(principals.length);
  });
});

describe('coverage', () => {
  it('has each place with what could not be read there', async () => {
    const all = await askPages(test.api, '/v1/coverage?limit=2');
    const partial = all.filter(({ gapsTotal }) => Number(gapsTotal) > 0);
    expect(partial).toMatchObject([
      {
        accountId: tools,
        region: 'eu-west-1',
        source: 'ecr',
        status: 'partial',
        gapsTotal: 1,
        gaps: [{ source: 'ecr:GetRepositoryPolicy', reason: 'accessDenied' }],
      },
    ]);
    const scanned = z
      .array(z.looseObject({}))
      .parse((await ask(test.api, `/v1/scans/${scan}/coverage?limit=1000`))['coverage']);
    expect(all.map(({ gaps: _gaps, gapsTotal: _total, ...rest }) => rest)).toEqual(scanned);
  });

  it('is narrowed by account, region, source and status', async () => {
    const all = await askPages(test.api, '/v1/coverage');
    for (const [name, value] of [
      ['accountId', shop],
      ['region', 'us-east-1'],
      ['source', 'iam'],
      ['status', 'complete'],
    ] as const) {
      const found = await askPages(test.api, `/v1/coverage?limit=1&${name}=${value}`);
      expect([name, found]).toEqual([name, all.filter((item) => item[name] === value)]);
      expect(found.length).toBeGreaterThan(0);
    }
  });
});

const times = ['2026-11-01T10:00:00Z', '2026-11-10T10:00:00Z', '2026-11-19T10:00:00Z'] as const;

function push(time: string, user: string, repository: string): object {
  return {
    eventVersion: '1.11',
    eventID: randomUUID(),
    eventTime: time,
    eventSource: 'ecr.amazonaws.com',
    eventName: 'PutImage',
    awsRegion: 'eu-west-1',
    recipientAccountId: shop,
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${user.toUpperCase()}`,
      arn: `arn:aws:iam::${shop}:user/${user}`,
      accountId: shop,
      userName: user,
    },
    requestParameters: { registryId: shop, repositoryName: repository },
    responseElements: {},
  };
}

describe('activity', () => {
  it('lists who used what, narrowed by place, principal, action and time, and says what was seen', async () => {
    expect(await ask(test.api, '/v1/activity')).toEqual({
      coverage: { isComplete: false, places: [] },
      items: [],
      nextCursor: null,
    });
    const place = { accountId: shop, region: 'eu-west-1' };
    const events = [
      push(times[0], 'alice', 'team/app'),
      push(times[1], 'alice', 'team/app'),
      push(times[2], 'bob', 'team/base'),
    ];
    await saveActivity(test.store, {
      source: 'lookupEvents',
      place,
      folded: foldEvents(events, { recordedIn: place, latestMs: Date.parse('2026-11-20') }),
      observed: [
        { ...place, eventName: 'PutImage', fromMs: Date.parse('2026-11-01'), untilMs: Date.parse('2026-11-20') },
      ],
      holes: [],
      files: [],
    });
    const all = await askPages(test.api, '/v1/activity?limit=1');
    expect(all).toMatchObject([
      {
        principal: { name: 'alice' },
        repository: 'team/app',
        action: 'ecr:PutImage',
        events: 2,
        lastAt: '2026-11-10T10:00:00.000Z',
      },
      { principal: { name: 'bob' }, repository: 'team/base', events: 1 },
    ]);
    const names = async (query: string): Promise<unknown[]> =>
      (await askPages(test.api, `/v1/activity?${query}`)).map(
        ({ principal }) => z.looseObject({ name: z.string() }).parse(principal).name,
      );
    expect(await names('repository=team/app')).toEqual(['alice']);
    expect(await names(`principal=arn:aws:iam::${shop}:user/bob`)).toEqual(['bob']);
    expect(await names('action=ecr:PutImage')).toEqual(['alice', 'bob']);
    expect(await names('action=ecr:DeleteRepository')).toEqual([]);
    expect(await names('usedSince=2026-11-15T00:00:00Z')).toEqual(['bob']);
    expect(await names('notUsedSince=10d')).toEqual(['alice']);
    expect(await names(`accountId=${tools}`)).toEqual([]);
    expect((await ask(test.api, '/v1/activity'))['coverage']).toMatchObject({
      places: [{ accountId: shop, region: 'eu-west-1', from: '2026-11-01T00:00:00.000Z' }],
    });
    for (const query of ['usedSince=yesterday', 'usedSince=99999d', 'usedSince=2026-13-01T00:00:00Z', 'usedSince=']) {
      expect({ query, ...(await askProblem(test.api, `/v1/activity?${query}`)) }).toMatchObject({
        query,
        code: 'invalidRequest',
      });
    }
  });
});

/** The events of a stream as they come, until it ends. */
async function eventsOf(path: string, onEvent: (name: string, data: unknown) => Promise<void>): Promise<string[]> {
  const response = await test.api.request(path);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const names: string[] = [];
  let rest = '';
  for await (const chunk of response.body ?? []) {
    const parts = (rest + new TextDecoder().decode(chunk)).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [, name = '', data = 'null'] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
      names.push(name);
      await onEvent(name, JSON.parse(data));
    }
  }
  return names;
}

describe('following a scan', () => {
  it('tells how far it is, then that it has failed, and ends by itself', async () => {
    const id = randomUUID();
    await requestScan(test.store.sql, { scanId: id, target: { key: 'account:444444444444' }, source: 'aws' });
    const seen: unknown[] = [];
    const names = await eventsOf(`/v1/scans/${id}/events`, async (_name, data) => {
      seen.push(data);
      if (seen.length === 1) {
        await markScanCollecting(test.store.sql, id);
      } else if (seen.length === 2) {
        await markScanFailed(test.store.sql, id, 'no account could be read: check the role');
      }
    });
    expect(names).toEqual(['progress', 'progress', 'progress', 'failed']);
    expect(seen).toMatchObject([
      { status: 'requested', steps: { done: 0, total: 0 }, gaps: 0 },
      { status: 'collecting' },
      { status: 'failed' },
      { scan: { id, status: 'failed', failure: 'no account could be read: check the role' } },
    ]);
  });

  it('tells at once of a scan that is over, and refuses one that is not there', async () => {
    const names = await eventsOf(`/v1/scans/${scan}/events`, async () => {});
    expect(names).toEqual(['progress', 'completed']);
    expect(await askProblem(test.api, `/v1/scans/${randomUUID()}/events`)).toMatchObject({ code: 'scanNotFound' });
    expect(await askProblem(test.api, `/v1/scans/${scan}/events?x=1`)).toMatchObject({ code: 'invalidRequest' });
  });
});

describe('series', () => {
  it('counts who may push, administer and come from outside, as the list of access does', async () => {
    const points = await askPages(test.api, '/v1/series?limit=5');
    const count = async (query: string): Promise<number> => {
      const cells = await askPages(test.api, `/v1/access?limit=1000&repository=*&${query}`);
      return new Set(cells.map(({ principal }) => z.looseObject({ id: z.string() }).parse(principal).id)).size;
    };
    const queries = {
      push: 'capability=push',
      administer: 'capability=administer',
      external: 'external=true',
    } as const;
    for (const [measure, query] of Object.entries(queries)) {
      for (const accountId of [null, shop, tools]) {
        const place = accountId === null ? '' : `&accountId=${accountId}`;
        const point = points.find((each) => each['measure'] === measure && each['accountId'] === accountId);
        const [allowed, conditional, all] = [
          await count(`${query}${place}&decision=allowed`),
          await count(`${query}${place}&decision=conditional`),
          await count(`${query}${place}`),
        ];
        expect({ measure, accountId, ...point }).toMatchObject({
          measure,
          accountId,
          day: '2026-11-20',
          isComplete: false,
        });
        expect(Number(point?.['principals']) + Number(point?.['unknown'])).toBe(all);
        expect(Number(point?.['principals'])).toBeGreaterThanOrEqual(Math.max(allowed, conditional));
      }
    }
    expect(await askPages(test.api, '/v1/series?accounts=together&measure=external')).toMatchObject([
      { principals: 1, accountId: null },
    ]);
    expect(await askPages(test.api, '/v1/series?from=2026-11-21T00:00:00Z')).toEqual([]);
  });
});
