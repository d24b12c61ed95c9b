import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';
import { listSchedules, markSchedulesApplied, saveSchedules } from './schedules.ts';
import { findTargetPlan, saveTargetPlan } from './target-plan.ts';

const target = { key: 'organization:o-1' };
let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.drop();
});

it('a plan is kept by target, and the later one takes the place of the earlier', async () => {
  const { sql } = database.store;
  expect(await findTargetPlan(sql, target.key)).toBeNull();
  await saveTargetPlan(sql, { target, plan: { regions: ['eu-west-1'] } });
  await saveTargetPlan(sql, { target, plan: { regions: 'all' } });
  expect(await findTargetPlan(sql, target.key)).toEqual({ plan: { regions: 'all' } });
});

it('the schedules of a target are exactly those that were saved last, and those for all targets stand apart', async () => {
  const { sql } = database.store;
  await saveTargetPlan(sql, { target, plan: {} });
  await saveSchedules(sql, { targetKey: null, schedules: { maintenance: '1d' } });
  await saveSchedules(sql, { targetKey: target.key, schedules: { access: '6h', activity: '5m' } });
  await markSchedulesApplied(sql, await listSchedules(sql));
  await saveSchedules(sql, { targetKey: target.key, schedules: { access: '6h', lastAccessed: '1d' } });
  expect(await listSchedules(sql)).toEqual([
    { targetKey: null, source: 'maintenance', expression: '1d', appliedAt: expect.any(String) },
    { targetKey: target.key, source: 'access', expression: '6h', appliedAt: expect.any(String) },
    { targetKey: target.key, source: 'lastAccessed', expression: '1d', appliedAt: null },
  ]);
  await saveSchedules(sql, { targetKey: target.key, schedules: {} });
  expect(await listSchedules(sql)).toHaveLength(1);
});

it('schedules of a target that does not exist are not kept', async () => {
  const { sql } = database.store;
  await saveSchedules(sql, { targetKey: 'organization:o-none', schedules: { access: '6h' } });
  expect(await listSchedules(sql)).toEqual([]);
});
