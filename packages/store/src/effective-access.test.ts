import { expect, test } from 'vitest';
import { cell, day, openScene, scanOf } from './testing/evaluation-scene.ts';

const { store, target, write } = await openScene();

test('a dashboard user who may only select from the view sees every cell with its age', async () => {
  const { sql } = store;
  await write(scanOf([cell(), cell({ resource: '*', action: 'ecr:GetAuthorizationToken' })]));
  const rows = await sql.begin(async (transaction) => {
    await transaction`create role dashboard_reader`;
    await transaction`grant usage on schema audit to dashboard_reader`;
    await transaction`grant select on audit.effective_access to dashboard_reader`;
    await transaction`set local role dashboard_reader`;
    const found = await transaction`
      select action, since from audit.effective_access where target = ${target().key} order by action`;
    await transaction`reset role`;
    await transaction`revoke all on schema audit from dashboard_reader`;
    await transaction`revoke all on audit.effective_access from dashboard_reader`;
    await transaction`drop role dashboard_reader`;
    return [...found];
  });
  expect(rows).toEqual([
    { action: 'ecr:GetAuthorizationToken', since: day(1) },
    { action: 'ecr:PutImage', since: day(1) },
  ]);
});
