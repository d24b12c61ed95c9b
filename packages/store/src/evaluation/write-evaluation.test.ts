import { randomUUID } from 'node:crypto';
import type { AccessRow, PrincipalRef } from '@ecr-audit/access';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../open-store.ts';
import { findScan } from '../queries/scans.ts';
import { requestScan } from '../request-scan.ts';
import { createTestDatabase } from '../testing/index.ts';
import type { Evaluation } from './evaluation.ts';
import { writeEvaluation } from './write-evaluation.ts';

const database = await createTestDatabase();
const { store } = database;
const { sql } = store;
let target = { key: '' };
let targets = 0;

beforeEach(() => {
  targets += 1;
  target = { key: `account:${String(targets).padStart(12, '0')}` };
});

afterAll(() => database.drop());

const alice: PrincipalRef = {
  id: 'AIDAALICE',
  arn: 'arn:aws:iam::111111111111:user/alice',
  kind: 'user',
  accountId: '111111111111',
  name: 'alice',
};
const deployer: PrincipalRef = {
  id: 'AROADEPLOYER',
  arn: 'arn:aws:iam::222222222222:role/deployer',
  kind: 'role',
  accountId: '222222222222',
  name: 'deployer',
};
const application = {
  arn: 'arn:aws:ecr:eu-west-1:111111111111:repository/team/app',
  accountId: '111111111111',
  region: 'eu-west-1',
  name: 'team/app',
};
const base = { ...application, arn: `${application.arn}-base`, name: 'team/app-base' };
const inOffice = { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8', '192.0.2.0/24'] } as const;

const euWest = { accountId: '111111111111', region: 'eu-west-1' };
const everything = { iamAccounts: ['111111111111', '222222222222'], registries: [euWest] };

function cell(overrides: Partial<AccessRow> = {}): AccessRow {
  return {
    principal: alice,
    accountId: '111111111111',
    region: 'eu-west-1',
    resource: application.arn,
    action: 'ecr:PutImage',
    decision: 'allowed',
    residual: null,
    reasons: [{ policyType: 'identity', policy: 'arn:p', statement: '0', effect: 'Allow', via: 'attached' }],
    limits: [],
    ...overrides,
  };
}

function scanOf(rows: Iterable<AccessRow>, overrides: Partial<Evaluation> = {}): Evaluation {
  return {
    scanId: randomUUID(),
    takenAt: '2026-11-01T00:00:00.000Z',
    accounts: [{ id: '111111111111', name: 'shop', path: 'Root/Workloads' }],
    principals: [alice, deployer],
    repositories: [application, base],
    rows,
    coverage: [{ accountId: '111111111111', region: null, source: 'iam', status: 'complete', detail: null }],
    covered: everything,
    ...overrides,
  };
}

async function write(evaluation: Evaluation, on: Store = store): ReturnType<typeof writeEvaluation> {
  await requestScan(sql, { scanId: evaluation.scanId, target, source: 'snapshot' });
  return writeEvaluation(on, evaluation);
}

async function validCells(): Promise<readonly object[]> {
  return [
    ...(await sql`
      select principal_name, repository, action, decision, condition_text, since
      from audit.effective_access where target = ${target.key}
      order by principal_name, repository, action`),
  ];
}

async function historyCount(): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*) as count from audit.access
    join audit.target on target.id = target_id where key = ${target.key}`;
  return row?.count ?? -1;
}

const day = (number: number): string => `2026-11-${String(number).padStart(2, '0')}T00:00:00.000Z`;

test('the first evaluation opens every cell that is not denied', async () => {
  const rows = [
    cell(),
    cell({ action: 'ecr:DeleteRepository', decision: 'explicitDeny' }),
    cell({ principal: deployer, action: 'pull', decision: 'conditional', residual: inOffice }),
    cell({ principal: deployer, resource: '*', action: 'ecr:GetAuthorizationToken' }),
  ];
  const { alreadyWritten, counts } = await write(scanOf(rows));
  expect({ alreadyWritten, counts }).toEqual({ alreadyWritten: false, counts: { opened: 3, closed: 0, unchanged: 0 } });
  const common = { decision: 'allowed', condition_text: null, since: day(1) };
  expect(await validCells()).toEqual([
    { principal_name: 'alice', repository: 'team/app', action: 'ecr:PutImage', ...common },
    {
      principal_name: 'deployer',
      repository: 'team/app',
      action: 'pull',
      decision: 'conditional',
      condition_text: 'aws:SourceIp IpAddress 10.0.0.0/8, 192.0.2.0/24',
      since: day(1),
    },
    { principal_name: 'deployer', repository: null, action: 'ecr:GetAuthorizationToken', ...common },
  ]);
});

test('the same result a second time touches no cell', async () => {
  await write(scanOf([cell(), cell({ resource: '*', action: 'ecr:GetAuthorizationToken' })]));
  const { counts } = await write(
    scanOf([cell({ resource: '*', action: 'ecr:GetAuthorizationToken' }), cell()], { takenAt: day(2) }),
  );
  expect(counts).toEqual({ opened: 0, closed: 0, unchanged: 2 });
  expect(await historyCount()).toBe(2);
});

test('a changed cell closes and opens, a vanished one closes, a new one opens', async () => {
  await write(scanOf([cell(), cell({ action: 'ecr:BatchGetImage' }), cell({ action: 'pull' })]));
  const { counts } = await write(
    scanOf(
      [cell({ decision: 'conditional', residual: inOffice }), cell({ action: 'pull' }), cell({ action: 'push' })],
      { takenAt: day(2) },
    ),
  );
  expect(counts).toEqual({ opened: 2, closed: 2, unchanged: 1 });
  expect(await validCells()).toMatchObject([
    { action: 'ecr:PutImage', decision: 'conditional', since: day(2) },
    { action: 'pull', since: day(1) },
    { action: 'push', since: day(2) },
  ]);
  expect(await historyCount()).toBe(5);
});

test('other reasons for the same decision open a row that is as old as the decision', async () => {
  await write(scanOf([cell()]));
  const { counts } = await write(
    scanOf([cell({ limits: [{ code: 'doubtful', message: 'a doubtful rule' }] })], { takenAt: day(2) }),
  );
  expect(counts).toEqual({ opened: 1, closed: 1, unchanged: 0 });
  expect(await validCells()).toMatchObject([{ decision: 'allowed', since: day(1) }]);
});

test('key order in a residual is no change', async () => {
  await write(scanOf([cell({ decision: 'conditional', residual: inOffice })]));
  const { values, key, operator } = inOffice;
  const { counts } = await write(
    scanOf([cell({ decision: 'conditional', residual: { values, key, operator } })], { takenAt: day(2) }),
  );
  expect(counts).toEqual({ opened: 0, closed: 0, unchanged: 1 });
});

test('what could not be read becomes unknown, and its principals and repositories stay', async () => {
  const rows = [cell(), cell({ principal: deployer }), cell({ principal: deployer, resource: '*', action: 'token' })];
  await write(scanOf(rows));
  const { counts } = await write(
    scanOf([cell()], {
      takenAt: day(2),
      principals: [alice],
      covered: { ...everything, iamAccounts: ['111111111111'] },
    }),
  );
  expect(counts).toEqual({ opened: 2, closed: 2, unchanged: 1 });
  expect(await validCells()).toMatchObject([
    { principal_name: 'alice', decision: 'allowed', since: day(1) },
    {
      principal_name: 'deployer',
      decision: 'unknown',
      condition_text: 'could not read IAM of account 222222222222',
      since: day(2),
    },
    { principal_name: 'deployer', decision: 'unknown', repository: null },
  ]);
  expect(await goneNames()).toEqual([]);
});

test('a registry that could not be read keeps its repositories, and its cells become unknown', async () => {
  const elsewhere = {
    ...base,
    region: 'us-east-1',
    arn: 'arn:aws:ecr:us-east-1:111111111111:repository/team/app-base',
  };
  const there = cell({ region: 'us-east-1', resource: elsewhere.arn });
  await write(scanOf([cell(), there], { repositories: [application, elsewhere] }));
  await write(
    scanOf([], {
      takenAt: day(2),
      repositories: [],
      covered: everything,
    }),
  );
  expect(await validCells()).toMatchObject([{ repository: 'team/app-base', decision: 'unknown' }]);
  expect(await goneNames()).toEqual(['team/app']);
});

test('access of an external principal ends with the policy that named it, although nobody can read its account', async () => {
  const agency: PrincipalRef = {
    id: 'external:arn:aws:iam::999999999999:root',
    arn: 'arn:aws:iam::999999999999:root',
    kind: 'external',
    accountId: '999999999999',
    name: 'account 999999999999',
  };
  await write(scanOf([cell({ principal: agency, decision: 'unknown' })], { principals: [alice, agency] }));
  const { counts } = await write(scanOf([], { takenAt: day(2), principals: [alice] }));
  expect(counts).toEqual({ opened: 0, closed: 1, unchanged: 0 });
});

test('a denial that is known in spite of a gap still ends the cell', async () => {
  await write(scanOf([cell({ principal: deployer }), cell({ principal: deployer, action: 'pull' })]));
  const { counts } = await write(
    scanOf([cell({ principal: deployer, decision: 'explicitDeny' })], {
      takenAt: day(2),
      covered: { ...everything, iamAccounts: ['111111111111'] },
    }),
  );
  expect(counts).toEqual({ opened: 1, closed: 2, unchanged: 0 });
  expect(await validCells()).toMatchObject([{ action: 'pull', decision: 'unknown' }]);
});

test('a gap of two scans ends with the same answer, which is as old as before the gap', async () => {
  const covered = { ...everything, iamAccounts: ['222222222222'] };
  await write(scanOf([cell(), cell({ action: 'pull' })]));
  await write(scanOf([], { takenAt: day(2), covered }));
  const still = await write(scanOf([], { takenAt: day(3), covered }));
  expect(still.counts).toEqual({ opened: 0, closed: 0, unchanged: 2 });
  await write(
    scanOf([cell(), cell({ action: 'pull', decision: 'conditional', residual: inOffice })], { takenAt: day(4) }),
  );
  expect(await validCells()).toMatchObject([
    { action: 'ecr:PutImage', decision: 'allowed', since: day(1) },
    { action: 'pull', decision: 'conditional', since: day(4) },
  ]);
});

test('access that was revoked and granted again is as old as the second grant, also across a gap', async () => {
  await write(scanOf([cell()]));
  await write(scanOf([], { takenAt: day(2) }));
  await write(scanOf([cell({ decision: 'unknown', residual: { unreadable: 'x' } })], { takenAt: day(3) }));
  await write(scanOf([cell()], { takenAt: day(4) }));
  expect(await validCells()).toMatchObject([{ decision: 'allowed', since: day(4) }]);
});

test('a principal that a complete scan does not see is gone, and is back when it is seen again', async () => {
  await write(scanOf([cell()]));
  await write(scanOf([cell()], { takenAt: day(2), principals: [alice], repositories: [application] }));
  expect(await goneNames()).toEqual(['deployer', 'team/app-base']);
  await write(scanOf([cell()], { takenAt: day(3) }));
  expect(await goneNames()).toEqual([]);
});

test('an evaluation that is written twice changes nothing the second time and reports the first counts', async () => {
  const evaluation = scanOf([cell()], { outbox: (counts) => [{ kind: 'scan.completed', payload: counts }] });
  const first = await write(evaluation);
  const second = await writeEvaluation(store, { ...evaluation, rows: [] });
  expect(second).toEqual({ alreadyWritten: true, counts: first.counts });
  const outbox = await sql`select kind, payload from audit.outbox where scan_id = ${evaluation.scanId}`;
  expect([...outbox]).toEqual([{ kind: 'scan.completed', payload: { opened: 1, closed: 0, unchanged: 0 } }]);
});

test('two processes that write the same scan at once write it once', async () => {
  const evaluation = scanOf([cell()], { outbox: () => [{ kind: 'scan.completed', payload: {} }] });
  await requestScan(sql, { scanId: evaluation.scanId, target, source: 'snapshot' });
  const other = await openStore(database.url);
  const results = await Promise.all([writeEvaluation(store, evaluation), writeEvaluation(other, evaluation)]);
  await other.close();
  expect(results.filter(({ alreadyWritten }) => alreadyWritten)).toHaveLength(1);
  expect(await sql`select from audit.outbox where scan_id = ${evaluation.scanId}`).toHaveLength(1);
});

test('evaluations of one target take turns, however many arrive at once', async () => {
  const evaluations = [1, 2, 3, 4].map((number) => scanOf([cell({ action: `ecr:Action${number}` })]));
  await Promise.all(evaluations.map((evaluation) => write(evaluation)));
  expect(await validCells()).toHaveLength(1);
  expect(await historyCount()).toBe(4);
});

test('an older snapshot after a newer one is refused and changes nothing', async () => {
  await write(scanOf([cell()], { takenAt: day(2) }));
  const late = scanOf([], { takenAt: day(1) });
  await expect(write(late)).rejects.toMatchObject({ code: 'scanSuperseded' });
  expect(await validCells()).toHaveLength(1);
  expect(await findScan(sql, late.scanId)).toMatchObject({ status: 'requested', counts: null });
});

test('an unknown scan is refused', async () => {
  await expect(writeEvaluation(store, scanOf([]))).rejects.toMatchObject({ code: 'scanNotFound' });
});

test('a connection that dies in the middle leaves nothing half written, and the scan can be written again', async () => {
  const doomed = await openStore(database.url, { connectionsMax: 1, applicationName: 'doomed' });
  async function kill(): Promise<void> {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'`;
  }
  const killed: Promise<void>[] = [];
  function* rowsThatEndBadly(): Generator<AccessRow> {
    for (let number = 0; number < 50_000; number += 1) {
      if (number === 25_000) {
        killed.push(kill());
      }
      yield cell({ action: `ecr:Action${number}` });
    }
  }
  const evaluation = scanOf(rowsThatEndBadly(), { outbox: () => [{ kind: 'scan.completed', payload: {} }] });
  await expect(write(evaluation, doomed)).rejects.toMatchObject({ code: 'databaseUnreachable', retryable: true });
  await Promise.all(killed);
  await doomed.close();
  expect(await historyCount()).toBe(0);
  expect(await sql`select from audit.outbox where scan_id = ${evaluation.scanId}`).toHaveLength(0);
  expect(await findScan(sql, evaluation.scanId)).toMatchObject({ status: 'requested' });

  const { counts } = await writeEvaluation(store, { ...evaluation, rows: [cell()] });
  expect(counts).toEqual({ opened: 1, closed: 0, unchanged: 0 });
});

test('an evaluator that fails in the middle of its rows leaves nothing half written', async () => {
  function* rowsThatFail(): Generator<AccessRow> {
    yield cell();
    throw new Error('the evaluator failed');
  }
  await expect(write(scanOf(rowsThatFail()))).rejects.toThrow('the evaluator failed');
  expect(await historyCount()).toBe(0);
  expect(await write(scanOf([cell()]))).toMatchObject({ counts: { opened: 1 } });
});

test('a cell that comes twice is refused with its key', async () => {
  await expect(write(scanOf([cell(), cell()]))).rejects.toMatchObject({
    code: 'inconsistentEvaluation',
    message: expect.stringContaining('ecr:PutImage'),
  });
});

test('a row without its principal or repository is refused', async () => {
  await expect(write(scanOf([cell()], { principals: [deployer] }))).rejects.toMatchObject({
    code: 'inconsistentEvaluation',
  });
  await expect(write(scanOf([cell()], { repositories: [base] }))).rejects.toMatchObject({
    code: 'inconsistentEvaluation',
  });
});

test('hostile names, actions and conditions come back as they were', async () => {
  const hostile = `'; drop table audit.access; --\t\n\r\\N \\x00 "quoted" \u{1F433} \u202E $1 %s`;
  const principal = { ...alice, id: hostile, arn: hostile, name: hostile };
  const repository = { ...application, arn: `${application.arn}${hostile}`, name: hostile };
  const residual = { all: [{ operator: hostile, key: hostile, values: [hostile] }, { unreadable: hostile }] };
  const row = cell({ principal, resource: repository.arn, action: hostile, decision: 'conditional', residual });
  await write(scanOf([row], { principals: [principal], repositories: [repository] }));
  const [found] = await sql`select * from audit.effective_access where target = ${target.key}`;
  expect(found).toMatchObject({
    principal_id: hostile,
    principal_name: hostile,
    repository: hostile,
    action: hostile,
    condition: residual,
  });
});

test.each([
  ['a zero byte in a condition', { decision: 'conditional', residual: { unreadable: 'a\0b' } }],
  ['half a surrogate pair in a reason', { limits: [{ code: 'x', message: 'a\uD800b' }] }],
  ['a zero byte in an action', { action: 'ecr:Put\0Image' }],
] as const)('%s is refused clearly', async (_title, overrides) => {
  await expect(write(scanOf([cell(overrides)]))).rejects.toMatchObject({ code: 'invalidText' });
});

test('an escaped backslash before u0000 is text like any other', async () => {
  const residual = { unreadable: 'a\\u0000b' };
  await write(scanOf([cell({ decision: 'conditional', residual })]));
  expect(await sql`select condition from audit.effective_access where target = ${target.key}`).toMatchObject([
    { condition: residual },
  ]);
});

test('a zero byte in a name is refused clearly', async () => {
  const principals = [{ ...alice, name: 'al\0ice' }];
  await expect(write(scanOf([cell()], { principals }))).rejects.toMatchObject({
    code: 'invalidText',
    message:
      'cannot store the name of a principal `al\\u0000ice`: expected text without zero bytes and without half a surrogate pair',
  });
});

test('the snapshot decides which target was scanned', async () => {
  const evaluation = scanOf([cell()], { target: { key: `organization:${target.key}`, name: 'Example' } });
  await write(evaluation);
  expect(await findScan(sql, evaluation.scanId)).toMatchObject({
    status: 'completed',
    targetKey: `organization:${target.key}`,
    targetName: 'Example',
  });
});

async function goneNames(): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select subject.name from (
      select target_id, name, gone_since_scan from audit.principal
      union all
      select target_id, name, gone_since_scan from audit.repository
    ) as subject
    join audit.target on target.id = target_id
    where key = ${target.key} and gone_since_scan is not null
    order by subject.name`;
  return rows.map(({ name }) => name);
}
