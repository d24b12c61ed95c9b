import {
  ApiProblem,
  type Client,
  createClient,
  type Item,
  type OperationId,
  UnexpectedAnswer,
} from '@ecr-audit/client';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it, test } from 'vitest';
import { operationsOf } from './harness/contract-document.ts';
import { exampleIds } from './harness/sample-scene.ts';
import { type SampleServer, startSampleServer } from './harness/sample-server.ts';

/* The typed client, as a program in TypeScript uses it, against a service that listens. */

let server: SampleServer;
let client: Client;
beforeAll(async () => {
  server = await startSampleServer();
  client = createClient({ baseUrl: `${server.url}/` });
});
afterAll(async () => {
  await server.stop();
});

async function all<Each>(each: AsyncIterable<Each>): Promise<Each[]> {
  const found: Each[] = [];
  for await (const one of each) {
    found.push(one);
  }
  return found;
}

describe('call', () => {
  it('asks with parameters of the path and the query, and gives what the document says', async () => {
    const { repository } = await client.call('getRepository', { path: { id: 17 } });
    expect(repository.name).toBe('payments/fraud-model');
    expectTypeOf(repository.goneSince).toEqualTypeOf<string | null>();
    const { total, items } = await client.call('listRepositories', { query: { name: 'payments/*', limit: 1 } });
    expect([total, items.length]).toEqual([4, 1]);
  });

  it('escapes what is put into a path', async () => {
    const [{ id } = { id: '' }] = await all(client.items('listPrincipals', { query: { kind: 'external', limit: 50 } }));
    expect(id).toMatch(/^external:.*[/*]/);
    const { principal } = await client.call('getPrincipal', { path: { id } });
    expect(principal.id).toBe(id);
  });

  it('sends a body', async () => {
    const principal = 'arn:aws:iam::333344445555:role/teams/routing-publisher';
    const resource = 'arn:aws:ecr:eu-west-1:333344445555:repository/payments/fraud-model';
    const { explanation } = await client.call('explain', {
      body: { principal, action: 'push', resource, scan: exampleIds.scan },
    });
    expect(explanation.decision).toBe('allowed');
  });

  it('needs no input where the operation needs none', async () => {
    expect(await client.call('getHealth')).toEqual({ status: 'alive' });
  });

  it('refuses at compile time what the document does not know', () => {
    expect(refusedByTheCompiler).toBeTypeOf('function');
  });
});

describe('lists', () => {
  test.each([1, 2, 7, 1000])('come entry by entry, the same whichever the size of the pages: %i', async (limit) => {
    const found = await all(client.items('listPrincipals', { query: { accountId: '333344445555', limit } }));
    const streamed = await all(client.stream('listPrincipals', { query: { accountId: '333344445555' } }));
    expectTypeOf(found).toEqualTypeOf<Item<'listPrincipals'>[]>();
    expect(found.length).toBeGreaterThan(10);
    expect(found).toEqual(streamed);
  });

  it('come page by page, all as of the same scan', async () => {
    const pages = await all(client.pages('listRepositories', { query: { limit: 10 } }));
    expect(pages.length).toBeGreaterThan(3);
    expect(new Set(pages.map(({ asOf }) => asOf.scan.id))).toEqual(new Set([exampleIds.scan]));
    expect(pages.at(-1)?.nextCursor).toBeNull();
  });

  it('stop being asked for when nobody reads on', async () => {
    const asked: string[] = [];
    const counting: typeof fetch = async (input, init) => {
      asked.push(input instanceof Request ? input.url : input.toString());
      return await fetch(input, init);
    };
    const counted = createClient({ baseUrl: server.url, fetch: counting });
    for await (const principal of counted.items('listPrincipals', { query: { limit: 1 } })) {
      expect(principal.id).toMatch(/./);
      break;
    }
    for await (const principal of counted.stream('listPrincipals')) {
      expect(principal.id).toMatch(/./);
      break;
    }
    expect(asked).toHaveLength(2);
  });

  it('come as a stream of very many entries', async () => {
    let cells = 0;
    for await (const cell of client.stream('listAccess', { query: { by: 'capability' } })) {
      expectTypeOf(cell.decision).toEqualTypeOf<'allowed' | 'conditional' | 'unknown'>();
      cells += 1;
    }
    expect(cells).toBeGreaterThan(2_000);
  });
});

describe('a refusal', () => {
  it('is an error with the code, the fields and the request id of the problem document', async () => {
    const problem = await client.call('listScans', { query: { limit: 5_000 } }).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({
      code: 'invalidRequest',
      status: 400,
      message: '`limit` of the query cannot be used: expected a whole number from 1 to 1000',
      instance: '/v1/scans',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      errors: [{ in: 'query', field: 'limit', message: 'expected a whole number from 1 to 1000' }],
      retryAfterSeconds: null,
    });
  });

  it.each([
    [
      'in a list',
      async (): Promise<unknown> => await all(client.items('listAccounts', { query: { target: 'account:1' } })),
      'targetNotFound',
    ],
    [
      'in a stream',
      async (): Promise<unknown> => await all(client.stream('listAccounts', { query: { target: 'account:1' } })),
      'targetNotFound',
    ],
    [
      'of events',
      async (): Promise<unknown> =>
        await all(client.events('followScan', { path: { id: '00000000-0000-4000-8000-000000000000' } })),
      'scanNotFound',
    ],
  ])('%s is thrown before the first entry', async (_place, asked, code) => {
    await expect(asked()).rejects.toMatchObject({ name: 'ApiProblem', code });
  });
});

it('follows a scan by its events until the last one', async () => {
  const events = await all(client.events('followScan', { path: { id: exampleIds.scan } }));
  expect(events.at(-1)).toMatchObject({ event: 'completed', data: { scan: { id: exampleIds.scan } } });
});

describe('whatever else answers', () => {
  it.each<[string, () => Response, number]>([
    [
      'the page of a proxy',
      () => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }),
      502,
    ],
    ['a page with 200', () => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 200],
    [
      'JSON that is no problem',
      () => new Response('{}', { status: 500, headers: { 'content-type': 'application/problem+json' } }),
      500,
    ],
    [
      'a problem that broke off',
      () => new Response('{"code":', { status: 500, headers: { 'content-type': 'application/problem+json' } }),
      500,
    ],
  ])('%s is an error that says so, without the token', async (_title, answer, status) => {
    const error = await answering(answer)
      .call('getHealth')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnexpectedAnswer);
    expect(error).toMatchObject({ status, message: expect.stringContaining('expected an answer') });
    expect(JSON.stringify(error)).not.toContain('secret-token');
  });

  it('tells after how many seconds to try again', async () => {
    const body = {
      type: 'x',
      title: 'x',
      status: 503,
      detail: 'wait',
      instance: '/',
      code: 'databaseUnavailable',
      requestId: 'x',
    };
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '5' };
    await expect(
      answering(() => new Response(JSON.stringify(body), { status: 503, headers })).call('getHealth'),
    ).rejects.toMatchObject({
      code: 'databaseUnavailable',
      retryAfterSeconds: 5,
    });
  });

  it('does not go round in circles after a page that leads to itself', async () => {
    await expect(all(answering(pageThatLeadsToItself).items('listScans'))).rejects.toThrow('a page leads to itself');
  });
});

it('sends the token with each request, and asks for a new one each time', async () => {
  const seen: (string | null)[] = [];
  let given = 0;
  const tokened = createClient({
    baseUrl: server.url,
    token: () => `token-${(given += 1)}`,
    fetch: async (input, init) => {
      seen.push(new Headers(init?.headers).get('authorization'));
      return await fetch(input, init);
    },
  });
  await tokened.call('getHealth');
  await tokened.call('getHealth');
  expect(seen).toEqual(['Bearer token-1', 'Bearer token-2']);
});

it('gives a request up when its caller does', async () => {
  const gone = new AbortController();
  gone.abort(new Error('enough'));
  await expect(client.call('listScans', { signal: gone.signal })).rejects.toThrow('enough');
});

it('knows every operation of the service that answers', () => {
  expectTypeOf<'listAccess' | 'explain' | 'getDocumentation'>().toExtend<OperationId>();
  expect(operationsOf(server.document).length).toBeGreaterThan(30);
});

/** Never called: the compiler reads it. */
async function refusedByTheCompiler(): Promise<void> {
  // @ts-expect-error there is no such operation
  await client.call('listNothing');
  // @ts-expect-error the path needs an id
  await client.call('getRepository');
  // @ts-expect-error there is no such parameter
  await client.call('listRepositories', { query: { acountId: '333344445555' } });
  // @ts-expect-error there is no such word
  await client.call('listScans', { query: { status: 'done' } });
  // @ts-expect-error a page is no list
  await all(client.items('getHealth'));
  // @ts-expect-error entries come whole
  await client.call('listScans', { query: { fields: 'id' } });
}

/** A client that is answered so, whatever it asks. */
function answering(answer: () => Response): Client {
  return createClient({
    baseUrl: 'https://audit.invalid',
    token: 'secret-token',
    fetch: async () => await Promise.resolve(answer()),
  });
}

function pageThatLeadsToItself(): Response {
  return new Response('{"items":[],"nextCursor":"again"}', { headers: { 'content-type': 'application/json' } });
}
