import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askPages, askProblem } from './harness/ask.ts';
import { shop, smallOrganization, stranger, tools } from './harness/small-organization.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

let test: TestApi;
let scan: string;

beforeAll(async () => {
  test = await startTestApi();
  await writeScan(test.store, smallOrganization());
  scan = await writeScan(test.store, smallOrganization());
});
afterAll(async () => {
  await test.stop();
});

type Cell = Readonly<Record<string, unknown>>;

/** The cells of every repository and principal, one question each, without what only those tell. */
async function cellsOneByOne(): Promise<Cell[]> {
  const principals = await askPages(test.api, '/v1/principals');
  const cells: Cell[] = [];
  for (const { id } of principals) {
    cells.push(...(await askPages(test.api, `/v1/principals/${encodeURIComponent(String(id))}/access`)));
  }
  return cells.map(({ since: _since, ...cell }) => ({ ...cell, use: null }));
}

const plain = (cells: readonly Cell[]): string[] => cells.map((cell) => JSON.stringify(sorted(cell))).toSorted();
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)]),
        )
      : value;

const principalOf = (cell: Cell): Cell => Object(cell['principal']);
const nameOf = (cell: Cell): string => String(Object(cell['repository'])['name'] ?? '');

describe('access of a whole target', () => {
  it('is what its principals have one by one, in any size of page', async () => {
    const expected = plain(await cellsOneByOne());
    expect(expected.length).toBeGreaterThan(500);
    expect(plain(await askPages(test.api, '/v1/access?limit=1000'))).toEqual(expected);
    expect(plain(await askPages(test.api, '/v1/access?limit=37'))).toEqual(expected);
  });

  it('is narrowed by every filter as a filter of the whole list would', async () => {
    const all = await askPages(test.api, '/v1/access?limit=1000');
    const filters: readonly (readonly [string, (cell: Cell) => boolean])[] = [
      ['capability=push', ({ action }) => action === 'push'],
      ['action=ecr:putimage', ({ action }) => action === 'ecr:PutImage'],
      ['by=capability', ({ action }) => !String(action).startsWith('ecr:')],
      ['decision=conditional', ({ decision }) => decision === 'conditional'],
      [`accountId=${tools}`, ({ accountId }) => accountId === tools],
      ['region=us-east-1', ({ region }) => region === 'us-east-1'],
      ['repository=team/*', (cell) => nameOf(cell).startsWith('team/')],
      ['repository=*a*e', (cell) => ['team/base', 'image'].includes(nameOf(cell))],
      [`repository=arn:aws:ecr:eu-west-1:${shop}:repository/team/app`, (cell) => nameOf(cell) === 'team/app'],
      ['principalType=role', (cell) => principalOf(cell)['kind'] === 'role'],
      [`principalAccountId=${shop}`, (cell) => principalOf(cell)['accountId'] === shop],
      ['principalName=*li*', (cell) => principalOf(cell)['name'] === 'alice'],
      [`principal=arn:aws:iam::${shop}:user/alice`, (cell) => principalOf(cell)['name'] === 'alice'],
      ['external=true', (cell) => principalOf(cell)['accountId'] === stranger],
      ['external=false', (cell) => principalOf(cell)['accountId'] !== stranger],
      [
        'capability=pull&repository=team/*&principalType=role&external=false',
        (cell) => cell['action'] === 'pull' && nameOf(cell).startsWith('team/') && principalOf(cell)['kind'] === 'role',
      ],
    ];
    for (const [query, isWanted] of filters) {
      const found = await askPages(test.api, `/v1/access?limit=100&${query}`);
      expect({ query, found }).toEqual({ query, found: all.filter(isWanted) });
      expect([query, found.length > 0 && found.length < all.length]).toEqual([query, true]);
    }
  });

  it('takes a name in which SQL would see a wildcard letter by letter', async () => {
    expect(await askPages(test.api, '/v1/access?principalName=_____')).toEqual([]);
    expect(await askPages(test.api, '/v1/access?principalName=%25')).toEqual([]);
    expect(await askPages(test.api, '/v1/principals?name=_lice')).toEqual([]);
    expect(await askPages(test.api, '/v1/repositories?name=te%25')).toEqual([]);
  });

  it('refuses an action and a capability at once, and an account that nobody knows', async () => {
    expect(await askProblem(test.api, '/v1/access?action=push&capability=pull')).toMatchObject({
      code: 'invalidRequest',
    });
    expect(await askProblem(test.api, '/v1/access?accountId=123123123123')).toMatchObject({ code: 'accountNotFound' });
    expect(await askProblem(test.api, '/v1/access?principalAccountId=123123123123')).toMatchObject({
      code: 'accountNotFound',
    });
  });

  it('says which scan it describes', async () => {
    expect(await ask(test.api, '/v1/access?limit=1')).toMatchObject({ asOf: { scan: { id: scan } } });
  });
});
