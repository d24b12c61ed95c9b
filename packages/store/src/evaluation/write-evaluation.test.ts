import type { PrincipalAccess } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import { openStore } from '../open-store.ts';
import { findScan } from '../queries/scans.ts';
import { requestScan } from '../request-scan.ts';
import { alice, application, cell, day, deployer, inOffice, openScene, scanOf } from '../testing/evaluation-scene.ts';
import { foldCells } from '../testing/fold-cells.ts';
import { writeEvaluation } from './write-evaluation.ts';

const { url, store, target, write, validCells, historyCount, goneNames } = await openScene();
const { sql } = store;

test('the first evaluation opens every cell that is not denied', async () => {
  const rows = [
    cell(),
    cell({ action: 'ecr:DeleteRepository', decision: 'explicitDeny' }),
    cell({ principal: deployer, action: 'pull', decision: 'conditional', residual: inOffice }),
    cell({ principal: deployer, resource: '*', action: 'ecr:GetAuthorizationToken' }),
  ];
  const { alreadyWritten, counts } = await write(scanOf(rows));
  expect({ alreadyWritten, counts }).toMatchObject({
    alreadyWritten: false,
    counts: { opened: 3, closed: 0, unchanged: 0 },
  });
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

test('the same result a second time touches no row', async () => {
  await write(scanOf([cell(), cell({ resource: '*', action: 'ecr:GetAuthorizationToken' })]));
  const { counts } = await write(
    scanOf([cell({ resource: '*', action: 'ecr:GetAuthorizationToken' }), cell()], { takenAt: day(2) }),
  );
  expect(counts).toEqual({ opened: 0, closed: 0, unchanged: 2, rowsWritten: 0 });
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
  expect(counts).toMatchObject({ opened: 2, closed: 2, unchanged: 1 });
  expect(await validCells()).toMatchObject([
    { action: 'ecr:PutImage', decision: 'conditional', since: day(2) },
    { action: 'pull', since: day(1) },
    { action: 'push', since: day(2) },
  ]);
  // The block with the old profile, and the one with the new one.
  expect(await historyCount()).toBe(2);
});

test('other reasons for the same decision open a row that is as old as the decision', async () => {
  await write(scanOf([cell()]));
  const { counts } = await write(
    scanOf([cell({ limits: [{ code: 'doubtful', message: 'a doubtful rule' }] })], { takenAt: day(2) }),
  );
  expect(counts).toMatchObject({ opened: 1, closed: 1, unchanged: 0 });
  expect(await validCells()).toMatchObject([{ decision: 'allowed', since: day(1) }]);
});

test('key order in a residual is no change', async () => {
  await write(scanOf([cell({ decision: 'conditional', residual: inOffice })]));
  const { values, key, operator } = inOffice;
  const { counts } = await write(
    scanOf([cell({ decision: 'conditional', residual: { values, key, operator } })], { takenAt: day(2) }),
  );
  expect(counts).toMatchObject({ opened: 0, closed: 0, unchanged: 1 });
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
  const second = await writeEvaluation(store, { ...evaluation, access: [] });
  expect(second).toEqual({ alreadyWritten: true, counts: first.counts });
  const outbox = await sql`select kind, payload from audit.outbox where scan_id = ${evaluation.scanId}`;
  expect([...outbox]).toEqual([
    { kind: 'scan.completed', payload: { opened: 1, closed: 0, unchanged: 0, rowsWritten: 2 } },
  ]);
});

test('two processes that write the same scan at once write it once', async () => {
  const evaluation = scanOf([cell()], { outbox: () => [{ kind: 'scan.completed', payload: {} }] });
  await requestScan(sql, { scanId: evaluation.scanId, target: target(), source: 'snapshot' });
  const other = await openStore(url);
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
  const doomed = await openStore(url, { connectionsMax: 1, applicationName: 'doomed' });
  async function kill(): Promise<void> {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'`;
  }
  const killed: Promise<void>[] = [];
  const peopleCount = 2_000;
  const people = Array.from({ length: peopleCount }, (_, number) => ({ ...alice, id: `AIDA${number}` }));
  const listed = { principals: [alice, ...people], repositories: [application] };
  function* accessThatEndsBadly(): Generator<PrincipalAccess> {
    for (const [index, entry] of foldCells([cell()], listed).access.entries()) {
      if (index === peopleCount / 2) {
        killed.push(kill());
      }
      yield entry;
    }
  }
  const evaluation = scanOf([], {
    ...listed,
    access: accessThatEndsBadly(),
    outbox: () => [{ kind: 'scan.completed', payload: {} }],
  });
  await expect(write(evaluation, doomed)).rejects.toMatchObject({ code: 'databaseUnreachable', retryable: true });
  await Promise.all(killed);
  await doomed.close();
  expect(await historyCount()).toBe(0);
  expect(await sql`select from audit.outbox where scan_id = ${evaluation.scanId}`).toHaveLength(0);
  expect(await findScan(sql, evaluation.scanId)).toMatchObject({ status: 'requested' });

  const { counts } = await writeEvaluation(store, { ...evaluation, ...foldCells([cell()], listed) });
  expect(counts).toMatchObject({ opened: 1, closed: 0, unchanged: 0 });
});

test('an evaluator that fails in the middle leaves nothing half written', async () => {
  await expect(write(scanOf([], { access: accessThatFails() }))).rejects.toThrow('the evaluator failed');
  expect(await historyCount()).toBe(0);
  expect(await write(scanOf([cell()]))).toMatchObject({ counts: { opened: 1 } });
});

test('hostile names, actions and conditions come back as they were', async () => {
  const hostile = `'; drop table audit.access; --\t\n\r\\N \\x00 "quoted" \u{1F433} \u202E $1 %s`;
  const principal = { ...alice, id: hostile, arn: hostile, name: hostile };
  const repository = { ...application, arn: `${application.arn}${hostile}`, name: hostile };
  const residual = { all: [{ operator: hostile, key: hostile, values: [hostile] }, { unreadable: hostile }] };
  const row = cell({ principal, resource: repository.arn, action: hostile, decision: 'conditional', residual });
  await write(scanOf([row], { principals: [principal], repositories: [repository] }));
  const [found] = await sql`select * from audit.effective_access where target = ${target().key}`;
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
  expect(await sql`select condition from audit.effective_access where target = ${target().key}`).toMatchObject([
    { condition: residual },
  ]);
});

test('a name that no index can hold is refused clearly', async () => {
  const arn = `${alice.arn}${'x'.repeat(1_000_000)}`;
  await expect(write(scanOf([cell()], { principals: [{ ...alice, arn }] }))).rejects.toMatchObject({
    code: 'invalidText',
    message: expect.stringMatching(
      /^cannot store the arn of a principal `.{1,121}`: expected at most 2500 bytes, found/,
    ),
  });
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
  const evaluation = scanOf([cell()], { target: { key: `organization:${target().key}`, name: 'Example' } });
  await write(evaluation);
  expect(await findScan(sql, evaluation.scanId)).toMatchObject({
    status: 'completed',
    targetKey: `organization:${target().key}`,
    targetName: 'Example',
  });
});

function* accessThatFails(): Generator<PrincipalAccess> {
  yield { principal: deployer, repositories: [], registries: [] };
  throw new Error('the evaluator failed');
}
