import { once } from 'node:events';
import { connect } from 'node:net';
import { serveApi } from '@ecr-audit/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askPages, askProblem } from './harness/ask.ts';
import { readCsv } from './harness/read-csv.ts';
import { smallOrganization } from './harness/small-organization.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

const lists = [
  '/v1/access',
  '/v1/accounts',
  '/v1/repositories',
  '/v1/principals',
  '/v1/coverage',
  '/v1/scans',
  '/v1/rules',
  '/v1/organizations',
];

let test: TestApi;
let scan: string;
beforeAll(async () => {
  test = await startTestApi();
  scan = await writeScan(test.store, smallOrganization());
});
afterAll(async () => {
  await test.stop();
});

async function text(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ readonly response: Response; readonly body: string }> {
  const response = await test.api.request(path, { headers });
  return { response, body: await response.text() };
}

const typeOf = async (path: string, accept: string): Promise<string | null> =>
  (await text(path, { accept })).response.headers.get('content-type');

const linesOf = (body: string): unknown[] =>
  body
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe('formats', () => {
  it('NDJSON holds the same entries as all pages of JSON, in the same order', async () => {
    for (const list of lists) {
      const { response, body } = await text(`${list}?format=ndjson`);
      expect([list, response.status, response.headers.get('content-type')]).toEqual([
        list,
        200,
        'application/x-ndjson',
      ]);
      expect([list, linesOf(body)]).toEqual([list, await askPages(test.api, `${list}?limit=50`)]);
    }
  });

  it('CSV holds as many rows, with a column for every value', async () => {
    for (const list of lists) {
      const { response, body } = await text(list, { accept: 'text/csv' });
      expect([list, response.headers.get('content-type')]).toEqual([list, 'text/csv; charset=utf-8; header=present']);
      const rows = readCsv(body);
      const items = await askPages(test.api, `${list}?limit=1000`);
      expect([list, rows.length]).toEqual([list, items.length]);
      const flat = (value: unknown, path: string): string[] =>
        typeof value === 'object' && value !== null && !Array.isArray(value) && path !== 'residual' && path !== 'latest'
          ? Object.entries(value).flatMap(([key, each]) => flat(each, path === '' ? key : `${path}.${key}`))
          : [path];
      for (const item of items.slice(0, 20)) {
        expect(Object.keys(rows[0] ?? {})).toEqual(
          expect.arrayContaining(
            flat(item, '').filter((name) => !['repository', 'use', 'counts', 'latest'].includes(name)),
          ),
        );
      }
    }
  });

  it('writes names, conditions and reasons into cells', async () => {
    const { body } = await text('/v1/access?format=csv&capability=push&principalName=alice&repository=team/app');
    const [row] = readCsv(body);
    expect(row).toMatchObject({
      'principal.name': 'alice',
      'repository.name': 'team/app',
      action: 'push',
      decision: 'conditional',
      condition: 'if aws:SourceIp is in 10.0.0.0/8',
      limits: '',
    });
    expect(row?.['reasons']).toMatch(
      /^Allow identity arn:aws:iam::\d+:user\/alice#inline:push 0; Allow scp FullAWSAccess 0; /,
    );
  });

  it('says of which scan a list is, and what that could not read, in headers', async () => {
    for (const format of ['csv', 'ndjson', 'json']) {
      const { response } = await text(`/v1/access?format=${format}`);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'ecr-audit-scan': scan,
        'ecr-audit-taken-at': '2026-11-20T06:00:00.000Z',
        'ecr-audit-target': expect.stringContaining('organization:o-'),
        'ecr-audit-complete': 'false',
        'ecr-audit-gaps': '1',
      });
    }
  });

  it('gives a page with a link to the next where a limit is named', async () => {
    const all = linesOf((await text('/v1/principals?format=ndjson')).body);
    const found: unknown[] = [];
    let path: string | null = '/v1/principals?format=ndjson&limit=3';
    while (path !== null) {
      const { response, body } = await text(path);
      found.push(...linesOf(body));
      path = /^<([^>]+)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1] ?? null;
    }
    expect(found).toEqual(all);
    expect(all.length).toBeGreaterThan(3);
  });

  it('goes on after a cursor to the end of the list', async () => {
    const all = linesOf((await text('/v1/access?format=ndjson&capability=pull')).body);
    const page = await ask(test.api, '/v1/access?capability=pull&limit=4');
    const { body } = await text(`/v1/access?capability=pull&format=ndjson&cursor=${String(page['nextCursor'])}`);
    expect(linesOf(body)).toEqual(all.slice(4));
  });

  it('takes the parameter before the header, and refuses a header that names none of the formats', async () => {
    expect(await typeOf('/v1/rules?format=ndjson', 'text/csv')).toBe('application/x-ndjson');
    expect(await typeOf('/v1/rules', 'text/html, */*;q=0.1')).toBe('application/json');
    expect(await typeOf('/v1/rules', 'text/csv;q=0.5, application/json;q=0.4')).toMatch(/^text\/csv/);
    expect(await typeOf('/v1/rules', 'text/*')).toMatch(/^text\/csv/);
    expect(await askProblem(test.api, '/v1/rules', { headers: { accept: 'image/png' } })).toMatchObject({
      code: 'notAcceptable',
    });
    expect(await askProblem(test.api, '/v1/rules?format=xml')).toMatchObject({ code: 'invalidRequest' });
  });

  it('chooses fields, in every format', async () => {
    const page = await ask(
      test.api,
      '/v1/access?limit=1&capability=push&repository=team/app&fields=principal.arn,action,repository',
    );
    expect(page['items']).toEqual([
      {
        principal: { arn: expect.any(String) },
        action: 'push',
        repository: { id: expect.any(Number), arn: expect.any(String), name: 'team/app' },
      },
    ]);
    const { body } = await text('/v1/access?format=csv&fields=action,principal');
    expect(body.slice(0, body.indexOf('\n'))).toBe(
      'principal.id,principal.arn,principal.kind,principal.accountId,principal.name,action',
    );
    expect(await askProblem(test.api, '/v1/access?fields=nothing')).toMatchObject({ errors: [{ field: 'fields' }] });
    expect(await askProblem(test.api, '/v1/access?fields=')).toMatchObject({ code: 'invalidRequest' });
    expect(await askProblem(test.api, '/v1/access?fields=constructor')).toMatchObject({ code: 'invalidRequest' });
  });

  it('counts what all pages hold together', async () => {
    for (const list of [
      '/v1/repositories',
      '/v1/principals',
      '/v1/principals?kind=user',
      '/v1/repositories?name=team/*',
    ]) {
      const one = await ask(test.api, `${list}${list.includes('?') ? '&' : '?'}limit=1`);
      expect([list, one['total']]).toEqual([list, (await askPages(test.api, list)).length]);
    }
  });

  it('sorts where an index carries it', async () => {
    const names = async (query: string): Promise<unknown[]> =>
      (await askPages(test.api, `/v1/repositories?limit=1&${query}`)).map(({ arn }) => arn);
    expect(await names('sort=-arn')).toEqual((await names('sort=arn')).toReversed());
    const arns = (await askPages(test.api, '/v1/principals?limit=2&sort=arn')).map(({ arn }) => String(arn));
    expect(arns).toEqual(arns.toSorted());
    expect(arns.toSorted()).toEqual(
      (await askPages(test.api, '/v1/principals')).map(({ arn }) => String(arn)).toSorted(),
    );
  });
});

describe('tags', () => {
  it('an answer that is known already is not read again, until a newer scan lands', async () => {
    const own = await startTestApi();
    try {
      await writeScan(own.store, smallOrganization());
      for (const path of ['/v1/repositories?limit=1', '/v1/access?format=csv', '/v1/accounts']) {
        const known = await own.api.request(path);
        await known.text();
        const etag = known.headers.get('etag') ?? '';
        expect(etag).toMatch(/^W\/"[\w-]{32}"$/);
        expect(known.headers.get('cache-control')).toBe('private, no-cache');
        const again = await own.api.request(path, { headers: { 'if-none-match': `"other", ${etag}` } });
        expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
        expect(again.headers.get('etag')).toBe(etag);
        const other = await own.api.request(`${path}${path.includes('?') ? '&' : '?'}fields=accountId`, {
          headers: { 'if-none-match': etag },
        });
        expect([path, other.status]).toEqual([path, 200]);
        await other.text();
      }
      const before = await own.api.request('/v1/principals');
      await writeScan(own.store, smallOrganization({ isBobThere: false }));
      const after = await own.api.request('/v1/principals', {
        headers: { 'if-none-match': before.headers.get('etag') ?? '' },
      });
      expect(after.status).toBe(200);
    } finally {
      await own.stop();
    }
  });

  it('has none for what changes between scans, and for other pages than the first', async () => {
    const { nextCursor } = await ask(test.api, '/v1/principals?limit=1');
    for (const path of ['/v1/scans', '/v1/activity', `/v1/principals?cursor=${String(nextCursor)}`, '/v1/drift']) {
      const response = await test.api.request(path);
      await response.text();
      expect([path, response.headers.get('etag'), response.headers.get('cache-control')]).toEqual([
        path,
        null,
        'no-store',
      ]);
    }
  });
});

describe('over a connection', () => {
  it('a reader that goes away in the middle of a list leaves the service as it was', async () => {
    const served = await serveApi({ api: test.api, host: '127.0.0.1', port: 0 });
    try {
      for (let round = 0; round < 20; round += 1) {
        const socket = connect(served.port, '127.0.0.1');
        socket.write('GET /v1/access?format=csv HTTP/1.1\r\nhost: x\r\n\r\n');
        await once(socket, 'data');
        socket.destroy();
      }
      const whole = await fetch(`${served.url}/v1/access?format=ndjson`);
      expect(linesOf(await whole.text())).toEqual(await askPages(test.api, '/v1/access?limit=1000'));
      expect(test.log.filter(({ level }) => Number(level) >= 50)).toEqual([]);
    } finally {
      await served.close();
    }
  });
});
