import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadSample } from '../api-contract/harness/sample-scene.ts';
import { post } from '../api/harness/ask.ts';
import { type AuthScene, startAuthScene } from './harness/auth-scene.ts';
import { type Operation, operationsOf } from './harness/operations.ts';

/* Credentials that are limited to accounts, on every route that answers them, over the sample organization. */

const payments = '333344445555';
const labs = '666677778888';
let scene: AuthScene;
let operations: readonly Operation[];
let whole: string;
let accounts: readonly string[];
const limited = new Map<string, string>();

beforeAll(async () => {
  scene = await startAuthScene();
  await loadSample(scene.store);
  operations = await operationsOf(scene.api);
  whole = await scene.token('admin');
  accounts = (await itemsOf('/v1/accounts', whole)).map(({ accountId }) => String(accountId));
  for (const each of accounts) {
    limited.set(each, await scene.token('admin', { accounts: [each] }));
  }
}, 120_000);
afterAll(async () => await scene.stop());

const pageSchema = z.looseObject({ items: z.array(z.looseObject({})), nextCursor: z.string().nullable().optional() });
type Item = Readonly<Record<string, unknown>>;

async function itemsOf(path: string, credential: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor = ''; ;) {
    const sign = path.includes('?') ? '&' : '?';
    const response = await scene.ask(cursor === '' ? path : `${path}${sign}cursor=${cursor}`, credential);
    const text = await response.text();
    if (response.status !== 200) {
      throw new Error(`${path} answered ${response.status}: ${text}`);
    }
    const page = pageSchema.parse(JSON.parse(text));
    items.push(...page.items);
    if (page.nextCursor === null || page.nextCursor === undefined) {
      return items;
    }
    cursor = page.nextCursor;
  }
}

function limitedTo(account: string): string {
  const token = limited.get(account);
  if (token === undefined) {
    throw new Error(`the sample has no account ${account}`);
  }
  return token;
}

async function askExample({ method, examplePath, exampleBody }: Operation, credential: string): Promise<Response> {
  const init = exampleBody === undefined ? { method } : { ...post(exampleBody), method };
  return await scene.ask(examplePath, credential, init);
}

async function csvLines(token: string): Promise<readonly string[]> {
  const text = await (await scene.ask('/v1/repositories?format=csv', token)).text();
  return text.split('\n').filter((line) => line.includes(':repository/'));
}

// A finding of an account says where else its principals reach: half of a finding would look like a lesser one.
const isToldWhole = new Set(['listFindings', 'getFinding', 'acknowledgeFinding', 'listExceptions', 'addException']);

/** Whose registries an answer names. */
function registriesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/arn:aws:ecr:[a-z0-9-]*:(\d{12}):/g)].map(([, account = '']) => account))];
}

describe('a list is parted among the accounts without loss', () => {
  test.each([
    '/v1/accounts',
    '/v1/coverage',
    '/v1/repositories?limit=1000',
    '/v1/repositories?limit=3&sort=-arn',
    '/v1/principals?limit=1000',
    '/v1/principals?limit=7&sort=arn',
    '/v1/access?limit=1000',
    '/v1/access?limit=1000&capability=push&repository=*',
    '/v1/activity?limit=1000',
    '/v1/findings?limit=1000',
    '/v1/exceptions',
    '/v1/series?limit=1000',
    `/v1/principals/AROAR22ZGISIGH27B6UXB/access?limit=1000`,
  ])('%s', async (path) => {
    const all = await itemsOf(path, whole);
    expect(all.length).toBeGreaterThan(0);
    for (const account of accounts) {
      const expected = all.filter((item) => item['accountId'] === account);
      // Of a principal of another account nothing is there.
      const isOfOthers = path.startsWith('/v1/principals/') && account !== payments;
      const found = isOfOthers ? [] : await itemsOf(path, limitedTo(account));
      expect([account, found]).toEqual([account, isOfOthers ? [] : expected]);
    }
  });

  test('and so is one that is read whole, as CSV', async () => {
    const all = await csvLines(whole);
    const parts = await Promise.all(accounts.map((account) => csvLines(limitedTo(account))));
    expect(parts.flat().toSorted()).toEqual(all.toSorted());
  });

  test('and totals and counts are those of its accounts', async () => {
    const schema = z.looseObject({ total: z.int() });
    const total = async (path: string, token: string): Promise<number> =>
      schema.parse(await (await scene.ask(path, token)).json()).total;
    for (const path of ['/v1/repositories', '/v1/principals']) {
      const items = await itemsOf(`${path}?limit=1000`, limitedTo(payments));
      expect(await total(path, limitedTo(payments))).toBe(items.length);
      expect(await total(path, whole)).toBeGreaterThan(items.length);
    }
    const counts = z.looseObject({ counts: z.array(z.looseObject({ findings: z.int() })) });
    const answer = counts.parse(await (await scene.ask('/v1/findings', limitedTo(labs))).json());
    const findings = await itemsOf('/v1/findings?limit=1000', limitedTo(labs));
    expect(answer.counts.reduce((sum, each) => sum + each.findings, 0)).toBe(findings.length);
  });
});

async function problemOf(response: Response): Promise<readonly [number, unknown]> {
  const { code } = z.looseObject({ code: z.string() }).parse(await response.json());
  return [response.status, code];
}

test('another account is refused by name, whether there is such a one or not', async () => {
  for (const other of [labs, '999999999999']) {
    for (const path of ['repositories', 'principals', 'coverage', 'access', 'activity', 'findings', 'series']) {
      const response = await scene.ask(`/v1/${path}?accountId=${other}`, limitedTo(payments));
      expect([path, await problemOf(response)]).toEqual([path, [403, 'accountNotAllowed']]);
    }
  }
});

test('a repository of another account looks like one that is not there, word by word', async () => {
  const [mine] = await itemsOf(`/v1/repositories?accountId=${payments}&limit=1`, whole);
  const id = String(mine?.['id']);
  const detail = async (path: string): Promise<unknown> => {
    const body: unknown = await (await scene.ask(path, limitedTo(labs))).json();
    return {
      ...Object(body),
      requestId: '',
      instance: '',
      detail: String(Object(body).detail).replaceAll(/`\d+`/g, ''),
    };
  };
  expect(await problemOf(await scene.ask(`/v1/repositories/${id}`, limitedTo(labs)))).toEqual([
    404,
    'repositoryNotFound',
  ]);
  expect(await detail(`/v1/repositories/${id}/access`)).toEqual(await detail('/v1/repositories/987654321/access'));
});

test('a tag of an answer is worth nothing to whoever may see other accounts', async () => {
  const tag = (await scene.ask('/v1/repositories', whole)).headers.get('etag') ?? '';
  const again = async (token: string): Promise<number> =>
    (await scene.ask('/v1/repositories', token, { headers: { 'if-none-match': tag } })).status;
  expect(tag).not.toBe('');
  expect(await again(whole)).toBe(304);
  expect(await again(limitedTo(payments))).toBe(200);
});

test('a cursor of somebody who sees more shows no more', async () => {
  const first = pageSchema.parse(await (await scene.ask('/v1/repositories?limit=1', whole)).json());
  const items = await itemsOf(`/v1/repositories?limit=1000`, limitedTo(labs));
  const after = pageSchema.parse(
    await (await scene.ask(`/v1/repositories?limit=1000&cursor=${first.nextCursor ?? ''}`, limitedTo(labs))).json(),
  );
  expect(items).toEqual(expect.arrayContaining(after.items));
});

test('a question is explained where both its sides are of the accounts', async () => {
  const ask = async (principal: string, resource: string): Promise<number> =>
    (await scene.ask('/v1/explain', limitedTo(payments), post({ principal, action: 'push', resource }))).status;
  const mine = `arn:aws:iam::${payments}:role/teams/routing-publisher`;
  const ours = `arn:aws:ecr:eu-west-1:${payments}:repository/payments/fraud-model`;
  expect(await ask(mine, ours)).toBe(200);
  expect(await ask(`arn:aws:iam::${labs}:root`, ours)).toBe(403);
  expect(await ask(mine, `arn:aws:ecr:eu-west-1:${labs}:repository/hackathon/route-game`)).toBe(403);
  expect(await ask('AROAR22ZGISIGH27B6UXB', ours)).toBe(403);
  expect(await ask(mine, '*')).toBe(403);
});

test('a scan may be asked for of its accounts only', async () => {
  const target = 'organization:o-lk7parcel42';
  const ask = async (body: object): Promise<number> =>
    (await scene.ask('/v1/scans', limitedTo(payments), post({ target, ...body }))).status;
  expect(await ask({})).toBe(403);
  expect(await ask({ accounts: [payments, labs] })).toBe(403);
  expect(await ask({ accounts: [payments] })).toBe(200);
});

test('a finding, an exception and a baseline of another account cannot be changed', async () => {
  const { fingerprint, id } = z
    .looseObject({ fingerprint: z.string(), id: z.string() })
    .parse({ id: '', ...(await itemsOf('/v1/exceptions?state=all', whole))[0] });
  const stranger = limitedTo(payments);
  const approval = { fingerprint, reason: 'because', until: '2099-01-01T00:00:00Z' };
  expect(await problemOf(await scene.ask(`/v1/findings/${fingerprint}`, stranger))).toEqual([404, 'findingNotFound']);
  expect((await scene.ask(`/v1/findings/${fingerprint}/acknowledge`, stranger, post({}))).status).toBe(404);
  expect((await scene.ask('/v1/exceptions', stranger, post(approval))).status).toBe(404);
  expect((await scene.ask(`/v1/exceptions/${id}`, stranger, { method: 'DELETE' })).status).toBe(404);
  expect((await scene.ask('/v1/baselines', stranger, post({}))).status).toBe(403);
  expect((await scene.ask('/v1/baselines', stranger, post({ accountId: labs }))).status).toBe(403);
  expect((await scene.ask('/v1/baselines', stranger, post({ accountId: payments }))).status).toBe(200);
});

test('a target without any of the accounts is not found, rather than empty', async () => {
  const elsewhere = await scene.token('read', { accounts: ['999999999999'] });
  expect(await problemOf(await scene.ask('/v1/repositories', elsewhere))).toEqual([404, 'accountNotFound']);
  expect(await problemOf(await scene.ask('/v1/findings', elsewhere))).toEqual([404, 'accountNotFound']);
});

// Last, because the examples change things.
test('every route answers a credential of one account without the registries of another, and says that it is limited', async () => {
  const answering = operations.filter(({ scope, accounts: limit }) => scope !== null && limit !== 'refused');
  const counts = { answered: 0, refused: 0 };
  const wrong: string[] = [];
  for (const operation of answering) {
    for (const account of accounts) {
      const response = await askExample(operation, limitedTo(account));
      const text = await response.text();
      const asked = `${operation.id} by ${account}: ${response.status}`;
      const isAnswered = response.status === 200;
      counts[isAnswered ? 'answered' : 'refused'] += 1;
      // An answer, or what of others looks like nothing, or is refused: never a failure of the route.
      if (![200, 403, 404, 409].includes(response.status)) {
        wrong.push(`${asked}: ${text}`);
      }
      if (isAnswered && response.headers.get('ecr-audit-limited-to') !== account) {
        wrong.push(`${asked} without saying that it is limited`);
      }
      if (isAnswered && operation.accounts === 'filtered' && !isToldWhole.has(operation.id)) {
        wrong.push(...registriesIn(text).flatMap((each) => (each === account ? [] : [`${asked} tells of ${each}`])));
      }
    }
  }
  expect(wrong).toEqual([]);
  const used = answering.length;
  console.info(`${used} routes, ${accounts.length} accounts: ${counts.answered} answered, ${counts.refused} refused`);
}, 180_000);
