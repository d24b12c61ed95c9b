import { latestCompletedScan, saveTargetPlan, wantedScans } from '@ecr-audit/store';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask, askProblem, post } from './harness/ask.ts';
import { shop, smallOrganization } from './harness/small-organization.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

let test: TestApi;
let target: string;
beforeEach(async () => {
  test = await startTestApi();
  await writeScan(test.store, smallOrganization());
  target = (await latestCompletedScan(test.store.sql))?.targetKey ?? '';
});
afterEach(async () => {
  await test.stop();
});

it('a scan that is asked for waits for a collector, and asking again is the same scan', async () => {
  await saveTargetPlan(test.store.sql, { target: { key: target }, plan: {} });
  const first = await ask(test.api, '/v1/scans', post({ target }));
  expect(first).toMatchObject({
    isNew: true,
    scan: { target: { key: target }, status: 'requested', onlyAccounts: null },
  });
  expect(await ask(test.api, '/v1/scans', post({ target }))).toEqual({ ...first, isNew: false });
  const some = await ask(test.api, '/v1/scans', post({ target, accounts: [shop] }));
  expect(some).toMatchObject({ isNew: true, scan: { onlyAccounts: [shop] } });
  expect(await wantedScans(test.store.sql)).toHaveLength(2);
});

it('a target without a collector is refused, and says what to do', async () => {
  expect(await askProblem(test.api, '/v1/scans', post({ target }))).toMatchObject({
    status: 409,
    code: 'scanRefused',
    detail: expect.stringContaining('start one whose configuration names it'),
  });
});

it.each([
  [{ target: 'organization:o-other' }, 404, 'targetNotFound'],
  [{ accounts: ['444444444444'] }, 404, 'accountNotFound'],
  [{ accounts: [] }, 400, 'invalidRequest'],
  [{ accounts: ['1'] }, 400, 'invalidRequest'],
  [{ account: shop }, 400, 'invalidRequest'],
  [{ target: 7 }, 400, 'invalidRequest'],
])('%j is refused with %i, and nothing waits', async (body, status, code) => {
  await saveTargetPlan(test.store.sql, { target: { key: target }, plan: {} });
  expect(await askProblem(test.api, '/v1/scans', post({ target, ...body }))).toMatchObject({ status, code });
  expect(await wantedScans(test.store.sql)).toEqual([]);
});
