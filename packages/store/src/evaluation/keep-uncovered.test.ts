import type { PrincipalRef } from '@ecr-audit/access';
import { expect, test } from 'vitest';
import {
  alice,
  application,
  base,
  cell,
  day,
  deployer,
  euWest,
  everything,
  inOffice,
  openScene,
  scanOf,
} from '../testing/evaluation-scene.ts';

const { write, validCells, goneNames } = await openScene();

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
  expect(counts).toMatchObject({ opened: 2, closed: 2, unchanged: 1 });
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

const agency: PrincipalRef = {
  id: 'external:arn:aws:iam::999999999999:root',
  arn: 'arn:aws:iam::999999999999:root',
  kind: 'external',
  accountId: '999999999999',
  name: 'account 999999999999',
};

test('access of an external principal ends with the policy that named it, although nobody can read its account', async () => {
  await write(scanOf([cell({ principal: agency, decision: 'unknown' })], { principals: [alice, agency] }));
  const { counts } = await write(scanOf([], { takenAt: day(2), principals: [alice] }));
  expect(counts).toMatchObject({ opened: 0, closed: 1, unchanged: 0 });
});

test.each([
  ['the repository', application.arn, [`${agency.name} team/app unknown`, 'alice team/app allowed']],
  [
    'the registry',
    null,
    [`${agency.name} team/app unknown`, `${agency.name} team/app-base unknown`, 'alice team/app allowed'],
  ],
])('whom only the unread policy of %s named keeps access there, as unknown', async (_, repositoryArn, expected) => {
  const open = [application, base].map(({ arn }) =>
    cell({ principal: agency, resource: arn, decision: 'conditional', residual: inOffice }),
  );
  const listed = { principals: [alice, agency] };
  await write(scanOf([cell(), cell({ action: 'pull' }), ...open], listed));
  const unreadPolicies = [{ ...euWest, repositoryArn }];
  const gap = { takenAt: day(2), principals: [alice], unreadPolicies };
  // Alice is listed by her account, so what she has no row for is known to be denied.
  await write(scanOf([cell()], gap));
  expect(
    (await validCells()).map((row) =>
      [Reflect.get(row, 'principal_name'), Reflect.get(row, 'repository'), Reflect.get(row, 'decision')].join(' '),
    ),
  ).toEqual(expected);
  expect(await goneNames()).not.toContain(agency.name);

  await write(scanOf([cell(), ...open], { ...listed, takenAt: day(3) }));
  expect(await validCells()).toContainEqual(
    expect.objectContaining({ principal_name: agency.name, decision: 'conditional', since: day(1) }),
  );
});

test('a session that an unread policy may still name keeps its cells everywhere, and ends with that policy', async () => {
  const nightly: PrincipalRef = { ...deployer, id: 'AROADEPLOYER:nightly', kind: 'session', name: 'deployer/nightly' };
  const rows = [cell({ principal: nightly }), cell({ principal: nightly, resource: '*', action: 'token' })];
  await write(scanOf(rows, { principals: [alice, nightly] }));
  const unreadPolicies = [{ ...euWest, repositoryArn: application.arn }];
  await write(scanOf([], { takenAt: day(2), principals: [alice], unreadPolicies }));
  expect(await validCells()).toMatchObject([{ decision: 'unknown' }, { decision: 'unknown' }]);
  await write(scanOf([], { takenAt: day(3), principals: [alice] }));
  expect(await validCells()).toEqual([]);
});

test('whoever is listed in spite of a gap is answered completely, so what is missing there ends', async () => {
  await write(scanOf([cell({ principal: deployer }), cell({ principal: deployer, action: 'pull' })]));
  const { counts } = await write(
    scanOf([cell({ principal: deployer, decision: 'explicitDeny' })], {
      takenAt: day(2),
      covered: { ...everything, iamAccounts: ['111111111111'] },
    }),
  );
  expect(counts).toMatchObject({ opened: 0, closed: 2, unchanged: 0 });
  expect(await validCells()).toEqual([]);
});

test('a gap of two scans ends with the same answer, which is as old as before the gap', async () => {
  const gap = { covered: { ...everything, iamAccounts: ['222222222222'] }, principals: [deployer] };
  await write(scanOf([cell(), cell({ action: 'pull' })]));
  await write(scanOf([], { ...gap, takenAt: day(2) }));
  const still = await write(scanOf([], { ...gap, takenAt: day(3) }));
  expect(still.counts).toEqual({ opened: 0, closed: 0, unchanged: 2, rowsWritten: 0 });
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
