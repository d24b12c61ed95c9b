import { randomUUID } from 'node:crypto';
import type { AccessRow, CollectionGap, PrincipalRef } from '@ecr-audit/access';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeEvaluation } from '../evaluation/write-evaluation.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import { saveGaps } from '../gaps.ts';
import { requestScan } from '../request-scan.ts';
import { foldCells } from '../testing/fold-cells.ts';
import { createTestDatabase, type TestDatabase } from '../testing/index.ts';
import type { AccessCell } from './access-cell.ts';
import { accessOfPrincipal, type PrincipalAccessFilter } from './access-of-principal.ts';
import { accessToRepository, type RepositoryAccessFilter } from './access-to-repository.ts';
import { isKnownAccount, listAccounts } from './accounts.ts';
import { findAsOf, type AsOf } from './as-of.ts';
import { listCoverage, listGaps } from './coverage.ts';
import { findPrincipal, listPrincipals } from './principals.ts';
import { findRepository, listRepositories } from './repositories.ts';
import { listScans } from './scans.ts';

const shop = '111111111111';
const tools = '222222222222';
const target = { key: 'organization:o-test', name: 'test' };
const other = { key: `account:${shop}` };

const alice = principal('AIDAALICE', 'user', shop, 'alice');
const hostile = principal('AIDAHOSTILE', 'user', shop, "%_'; drop table audit.access; --");
const deploy = principal('AROADEPLOY', 'role', tools, 'deploy');
const lambda = principal('service:lambda.amazonaws.com', 'service', null, 'lambda.amazonaws.com');
const app = repository(shop, 'eu-west-1', 'team/app');
const base = repository(shop, 'us-east-1', 'team/base');
const image = repository(tools, 'eu-west-1', 'image');

const inOffice = { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8'] } as const;
const nested = { any: [{ not: inOffice }, { all: [inOffice, { unreadable: 'x' }] }] };

const before = [
  cell(alice, app, 'ecr:PutImage', 'allowed'),
  cell(alice, app, 'push', 'conditional'),
  cell(alice, null, 'ecr:GetAuthorizationToken', 'allowed'),
  cell(hostile, app, 'ecr:PutImage', 'allowed'),
  cell(deploy, app, 'pull', 'allowed'),
  cell(deploy, base, 'pull', 'unknown'),
  cell(deploy, image, 'pull', 'allowed'),
  cell(lambda, app, 'ecr:BatchGetImage', 'allowed'),
];
// Alice loses one action, the deployment role is restricted, one repository and one principal disappear.
const after = [
  cell(alice, app, 'push', 'conditional'),
  cell(alice, null, 'ecr:GetAuthorizationToken', 'allowed'),
  cell(hostile, app, 'ecr:PutImage', 'allowed'),
  cell(deploy, app, 'pull', 'conditional'),
  cell(deploy, image, 'pull', 'allowed'),
];

let database: TestDatabase;
let first: AsOf;
let second: AsOf;
let others: AsOf;

beforeAll(async () => {
  database = await createTestDatabase();
  first = await write({ target, takenAt: '2026-11-01T00:00:00.000Z', ...folded(before) });
  others = await write({
    target: other,
    takenAt: '2026-11-02T00:00:00.000Z',
    ...folded([cell(alice, app, 'pull', 'allowed')]),
  });
  second = await write({
    target,
    takenAt: '2026-11-08T00:00:00.000Z',
    ...folded(after, { principals: [alice, hostile, deploy], repositories: [app, image] }),
  });
});
afterAll(async () => {
  await database.drop();
});

describe('the scan of an answer', () => {
  it('is the latest completed one of the target, or of all targets', async () => {
    expect((await asOf({ targetKey: target.key }))?.scanId).toBe(second.scanId);
    expect((await asOf({ targetKey: other.key }))?.scanId).toBe(others.scanId);
    expect(await asOf({})).toEqual(second);
    expect(await asOf({ scanId: first.scanId })).toEqual(first);
  });

  it('is none for a target without a completed scan, a scan of another target, and a scan under way', async () => {
    const scanId = randomUUID();
    await requestScan(database.store.sql, { scanId, target: { key: 'account:999999999999' }, source: 'aws' });
    expect(await asOf({ targetKey: 'account:999999999999' })).toBeNull();
    expect(await asOf({ targetKey: 'nonsense' })).toBeNull();
    expect(await asOf({ scanId })).toBeNull();
    expect(await asOf({ scanId: first.scanId, targetKey: other.key })).toBeNull();
  });

  it.each<[string, Partial<Evaluation>, Partial<CollectionGap>[], boolean]>([
    ['everything was read', {}, [], true],
    ['nothing says what was read', { coverage: [] }, [], false],
    ['a registry was read in part', { coverage: [covered('ecr', 'partial')] }, [], false],
    ['an account has no path in the organization', { coverage: [covered('organization', 'notReadable')] }, [], false],
    ['something was not read', {}, [{ source: 'sts:AssumeRole' }], false],
    [
      'only CloudTrail was not read',
      { coverage: [covered('iam', 'complete'), covered('cloudtrail', 'notReadable')] },
      [{ source: 'cloudtrail:LookupEvents' }],
      true,
    ],
  ])('says whether it saw everything: %s', async (_title, evaluation, gaps, isComplete) => {
    const written = await write({ target: { key: randomUUID() }, ...evaluation, gaps: gaps.map(gap) });
    expect(written).toMatchObject({ isComplete, gaps: gaps.length });
  });
});

describe('who has access to a repository', () => {
  it('lists each cell that is valid, with its principal, residual, reasons and age', async () => {
    const cells = await whoCan(second);
    expect(cells.map(({ principal: { id }, action, decision }) => [id, action, decision])).toEqual([
      ['AIDAALICE', 'push', 'conditional'],
      ['AIDAHOSTILE', 'ecr:PutImage', 'allowed'],
      ['AROADEPLOY', 'pull', 'conditional'],
    ]);
    expect(cells[0]).toEqual({
      principal: alice,
      repository: { id: expect.any(Number), arn: app.arn, name: app.name },
      accountId: shop,
      region: 'eu-west-1',
      action: 'push',
      decision: 'conditional',
      residual: nested,
      reasons: [{ policyType: 'identity', policy: 'arn:p', statement: '0', effect: 'Allow', via: 'attached' }],
      limits: [{ code: 'notPrincipal', message: 'm' }],
      since: '2026-11-01T00:00:00.000Z',
    });
    expect(cells[2]?.since).toBe('2026-11-08T00:00:00.000Z');
  });

  it('answers as of an earlier scan what it answered then, whatever was evaluated since', async () => {
    expect(rowsOf(await whoCan(first))).toEqual([
      'AIDAALICE ecr:PutImage allowed',
      'AIDAALICE push conditional',
      'AIDAHOSTILE ecr:PutImage allowed',
      'AROADEPLOY pull allowed',
      'service:lambda.amazonaws.com ecr:BatchGetImage allowed',
    ]);
  });

  it.each<[Partial<RepositoryAccessFilter>, number]>([
    [{ action: 'push' }, 1],
    [{ by: 'capability' }, 2],
    [{ by: 'action' }, 3],
    [{ decision: 'conditional' }, 1],
    [{ principalAccountId: tools }, 1],
    [{ principalKind: 'service' }, 1],
    [{ principalNamePrefix: 'ali' }, 2],
    [{ principalNamePrefix: '%' }, 1],
    [{ principalNamePrefix: 'a%' }, 0],
    [{ principalNamePrefix: "x' or true --" }, 0],
    [{ action: "'; drop table audit.access; --" }, 0],
  ])('narrows by %j', async (filter, count) => {
    expect(await whoCan(first, filter)).toHaveLength(count);
  });

  it('gives page after page what one page gives', async () => {
    const all = await whoCan(first);
    const paged = await pages<AccessCell>((last) =>
      whoCan(first, { limit: 2, ...(last && { after: { principalId: last.principal.id, action: last.action } }) }),
    );
    expect(paged).toEqual(all);
  });

  it('shows nothing of a repository as another target saw it', async () => {
    const { id } = await one(listRepositories(database.store.sql, second, { namePrefix: app.name, limit: 2 }));
    expect(await accessToRepository(database.store.sql, others, { repositoryId: id, filter: { limit: 9 } })).toEqual(
      [],
    );
  });
});

describe('what a principal can reach', () => {
  it('lists by account, region, repository and action, what has no repository first', async () => {
    const cells = await whatCan(first, alice.id);
    expect(cells.map(({ repository: found, action }) => [found?.name ?? null, action])).toEqual([
      [null, 'ecr:GetAuthorizationToken'],
      ['team/app', 'ecr:PutImage'],
      ['team/app', 'push'],
    ]);
    expect((await whatCan(first, deploy.id)).map(({ region, accountId }) => [accountId, region])).toEqual([
      [shop, 'eu-west-1'],
      [shop, 'us-east-1'],
      [tools, 'eu-west-1'],
    ]);
  });

  it.each<[Partial<PrincipalAccessFilter>, number]>([
    [{ accountIds: [shop] }, 2],
    [{ region: 'eu-west-1' }, 2],
    [{ repositoryNamePrefix: 'team/' }, 2],
    [{ repositoryNamePrefix: 'team_' }, 0],
    [{ decision: 'unknown' }, 1],
    [{ action: 'pull', region: 'us-east-1' }, 1],
  ])('narrows by %j', async (filter, count) => {
    expect(await whatCan(first, deploy.id, filter)).toHaveLength(count);
  });

  it('leaves what has no repository out where repositories are asked for', async () => {
    expect(await whatCan(first, alice.id, { repositoryNamePrefix: '' })).toHaveLength(2);
  });

  it('gives page after page what one page gives', async () => {
    for (const { id } of [alice, deploy]) {
      const paged = await pages<AccessCell>((last) =>
        whatCan(first, id, {
          limit: 1,
          ...(last && {
            after: {
              accountId: last.accountId,
              region: last.region,
              repositoryArn: last.repository?.arn ?? '',
              action: last.action,
            },
          }),
        }),
      );
      expect(paged).toEqual(await whatCan(first, id));
    }
  });

  it('is nothing for an id that the target does not know', async () => {
    expect(await whatCan(first, "AIDA' or true --")).toEqual([]);
  });
});

describe('subjects', () => {
  it('lists what existed at the scan, and finds what is gone with its end', async () => {
    const { sql } = database.store;
    expect((await listPrincipals(sql, first, { limit: 9 })).map(({ id }) => id)).toEqual([
      'AIDAALICE',
      'AIDAHOSTILE',
      'AROADEPLOY',
      'service:lambda.amazonaws.com',
    ]);
    expect((await listPrincipals(sql, second, { limit: 9 })).map(({ name }) => name)).toEqual([
      'alice',
      hostile.name,
      'deploy',
    ]);
    expect(await findPrincipal(sql, second, lambda.id)).toEqual({
      ...lambda,
      firstSeenAt: '2026-11-01T00:00:00.000Z',
      goneSince: '2026-11-08T00:00:00.000Z',
    });
    expect((await listRepositories(sql, first, { limit: 9 })).map(({ name, goneSince }) => [name, goneSince])).toEqual([
      ['team/app', null],
      ['image', null],
      ['team/base', '2026-11-08T00:00:00.000Z'],
    ]);
    const missing = await one(listRepositories(sql, first, { region: 'us-east-1', limit: 9 }));
    expect(await listRepositories(sql, second, { region: 'us-east-1', limit: 9 })).toEqual([]);
    expect(await findRepository(sql, second, missing.id)).toMatchObject({ goneSince: '2026-11-08T00:00:00.000Z' });
  });

  it('finds nothing under an id of another target', async () => {
    const { sql } = database.store;
    const { id } = await one(listRepositories(sql, second, { namePrefix: 'team/app', limit: 9 }));
    expect(await findRepository(sql, others, id)).toBeNull();
    expect(await findPrincipal(sql, others, 'AIDANOBODY')).toBeNull();
  });

  it('narrows principals by account, kind, ARN and beginning of the name', async () => {
    expect(await countPrincipals({ accountIds: [shop], limit: 9 })).toBe(2);
    expect(await countPrincipals({ kind: 'service', limit: 9 })).toBe(1);
    expect(await countPrincipals({ arn: deploy.arn, limit: 9 })).toBe(1);
    expect(await countPrincipals({ namePrefix: '%_', limit: 9 })).toBe(1);
    expect(await countPrincipals({ namePrefix: '_', limit: 9 })).toBe(0);
  });

  it('gives page after page what one page gives', async () => {
    const { sql } = database.store;
    expect(
      await pages<{ id: string }>((last) =>
        listPrincipals(sql, first, { limit: 1, ...(last && { afterId: last.id }) }),
      ),
    ).toEqual(await listPrincipals(sql, first, { limit: 9 }));
    expect(
      await pages<{ arn: string }>((last) =>
        listRepositories(sql, first, { limit: 1, ...(last && { afterArn: last.arn }) }),
      ),
    ).toEqual(await listRepositories(sql, first, { limit: 9 }));
    expect(
      await pages<{ accountId: string }>((last) =>
        listAccounts(sql, first, { limit: 1, ...(last && { afterAccountId: last.accountId }) }),
      ),
    ).toEqual(await listAccounts(sql, first, { limit: 9 }));
  });

  it('shows accounts with what could be read of each', async () => {
    expect(await listAccounts(database.store.sql, second, { limit: 9 })).toEqual([
      {
        accountId: shop,
        name: 'shop',
        path: expect.anything(),
        coverage: [{ region: null, source: 'iam', status: 'complete', detail: null }],
      },
      { accountId: tools, name: 'tools', path: expect.anything(), coverage: [] },
    ]);
  });

  it('knows the accounts of a target and those of principals that policies name', async () => {
    const { sql } = database.store;
    expect(await isKnownAccount(sql, others, tools)).toBe(true);
    expect(await isKnownAccount(sql, second, '999999999999')).toBe(false);
    expect(await isKnownAccount(sql, second, "' or true --")).toBe(false);
  });
});

describe('coverage and gaps', () => {
  it('gives page after page what one page gives, a gap of two steps once', async () => {
    const { sql } = database.store;
    const gaps = [gap({ region: 'us-east-1' }), gap({ region: null }), gap({ resource: 'team/app' })];
    const coverage = [
      covered('iam', 'complete'),
      { ...covered('ecr', 'partial'), region: 'eu-west-1', detail: '' },
      { ...covered('cloudtrail', 'complete'), region: 'eu-west-1' },
    ];
    const { scanId } = await write({ target: { key: randomUUID() }, gaps: [...gaps, ...gaps], coverage });
    expect(await listGaps(sql, scanId, { limit: 9 })).toHaveLength(3);
    expect(
      await pages<{ id: number }>((last) => listGaps(sql, scanId, { limit: 1, ...(last && { afterId: last.id }) })),
    ).toEqual(await listGaps(sql, scanId, { limit: 9 }));
    const all = await listCoverage(sql, scanId, { limit: 9 });
    expect(all.map(({ source, detail }) => [source, detail])).toEqual([
      ['iam', null],
      ['cloudtrail', null],
      ['ecr', null],
    ]);
    expect(
      await pages<(typeof all)[number]>((last) =>
        listCoverage(sql, scanId, { limit: 1, ...(last && { after: last }) }),
      ),
    ).toEqual(all);
  });
});

it('lists the scans of one status', async () => {
  const requested = await listScans(database.store.sql, { status: 'requested', limit: 9 });
  expect(requested.map(({ targetKey }) => targetKey)).toEqual(['account:999999999999']);
  expect(await listScans(database.store.sql, { status: 'failed', limit: 9 })).toEqual([]);
});

function folded(
  rows: readonly AccessRow[],
  listed: Pick<Evaluation, 'principals' | 'repositories'> = {
    principals: [alice, hostile, deploy, lambda],
    repositories: [app, base, image],
  },
): Pick<Evaluation, 'principals' | 'repositories' | 'registries' | 'access'> {
  return { ...listed, ...foldCells(rows, listed) };
}

function principal(id: string, kind: PrincipalRef['kind'], accountId: string | null, name: string): PrincipalRef {
  return { id, arn: accountId === null ? name : `arn:aws:iam::${accountId}:${kind}/${name}`, kind, accountId, name };
}

function repository(accountId: string, region: string, name: string): Evaluation['repositories'][number] {
  return { arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`, accountId, region, name };
}

function cell(
  who: PrincipalRef,
  where: Evaluation['repositories'][number] | null,
  action: string,
  decision: 'allowed' | 'conditional' | 'unknown',
): AccessRow {
  return {
    principal: who,
    accountId: where?.accountId ?? who.accountId ?? shop,
    region: where?.region ?? 'eu-west-1',
    resource: where?.arn ?? '*',
    action,
    decision,
    residual: decision === 'allowed' ? null : nested,
    reasons: [{ policyType: 'identity', policy: 'arn:p', statement: '0', effect: 'Allow', via: 'attached' }],
    limits: [{ code: 'notPrincipal', message: 'm' }],
  };
}

function covered(
  source: Evaluation['coverage'][number]['source'],
  status: Evaluation['coverage'][number]['status'],
): Evaluation['coverage'][number] {
  return { accountId: shop, region: null, source, status, detail: null };
}

function gap(overrides: Partial<CollectionGap>): CollectionGap {
  const source = 'ecr:GetRepositoryPolicy';
  return { accountId: shop, region: null, source, resource: null, reason: 'accessDenied', message: 'no', ...overrides };
}

async function write({
  target: scanned,
  gaps = [],
  ...overrides
}: Partial<Evaluation> & {
  readonly target: { key: string; name?: string };
  readonly gaps?: readonly CollectionGap[];
}): Promise<AsOf> {
  const { store } = database;
  const scanId = randomUUID();
  await requestScan(store.sql, { scanId, target: scanned, source: 'snapshot' });
  await saveGaps(store.sql, { scanId, step: 'one', gaps: gaps.slice(0, Math.ceil(gaps.length / 2)) });
  await saveGaps(store.sql, { scanId, step: 'two', gaps: gaps.slice(Math.ceil(gaps.length / 2)) });
  await writeEvaluation(store, {
    scanId,
    takenAt: '2026-10-01T00:00:00.000Z',
    accounts: [
      { id: shop, name: 'shop', path: 'Root/Workloads' },
      { id: tools, name: 'tools', path: 'Root/Workloads' },
    ],
    ...folded([]),
    coverage: [covered('iam', 'complete')],
    covered: {
      iamAccounts: [shop, tools],
      registries: [shop, tools].flatMap((accountId) =>
        ['eu-west-1', 'us-east-1'].map((region) => ({ accountId, region })),
      ),
    },
    ...overrides,
  });
  const written = await asOf({ scanId });
  if (written === null) {
    throw new Error('the scan is not completed');
  }
  return written;
}

async function asOf(wanted: Parameters<typeof findAsOf>[1]): Promise<AsOf | null> {
  return await findAsOf(database.store.sql, wanted);
}

async function whoCan(scan: AsOf, filter: Partial<RepositoryAccessFilter> = {}): Promise<AccessCell[]> {
  const { sql } = database.store;
  const { id } = await one(listRepositories(sql, scan, { namePrefix: app.name, limit: 9 }));
  return await accessToRepository(sql, scan, { repositoryId: id, filter: { limit: 99, ...filter } });
}

async function whatCan(
  scan: AsOf,
  principalId: string,
  filter: Partial<PrincipalAccessFilter> = {},
): Promise<AccessCell[]> {
  return await accessOfPrincipal(database.store.sql, scan, { principalId, filter: { limit: 99, ...filter } });
}

async function countPrincipals(filter: Parameters<typeof listPrincipals>[2]): Promise<number> {
  return (await listPrincipals(database.store.sql, first, filter)).length;
}

async function pages<Entry>(read: (last: Entry | undefined) => Promise<readonly Entry[]>): Promise<Entry[]> {
  const pagesMax = 50;
  const all: Entry[] = [];
  for (let page = 0; page < pagesMax; page += 1) {
    const entries = await read(all.at(-1));
    if (entries.length === 0) {
      return all;
    }
    all.push(...entries);
  }
  throw new Error(`more than ${pagesMax} pages`);
}

async function one<Entry>(entries: Promise<readonly Entry[]>): Promise<Entry> {
  const [entry, ...more] = await entries;
  if (entry === undefined || more.length > 0) {
    throw new Error('expected one entry');
  }
  return entry;
}

function rowsOf(cells: readonly AccessCell[]): string[] {
  return cells.map(({ principal: { id }, action, decision }) => `${id} ${action} ${decision}`);
}
