import { startReports } from '@ecr-audit/api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, askPages, askProblem } from './harness/ask.ts';
import { smallOrganization } from './harness/small-organization.ts';
import { apiOnDatabase, startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

let here: TestApi;
let threaded: TestApi;

beforeAll(async () => {
  here = await startTestApi();
  await writeScan(here.store, smallOrganization());
  await writeScan(here.store, smallOrganization({ isBobThere: false }));
  threaded = await apiOnDatabase(here.databaseUrl, { reports: startReports({ databaseUrl: here.databaseUrl }) });
});
afterAll(async () => {
  await threaded.stop();
  await here.stop();
});

it('answers from a thread of its own what it would answer here', async () => {
  const paths = [
    '/v1/drift',
    '/v1/drift/differences',
    '/v1/over-permission',
    '/v1/over-permission/policies',
    '/v1/policies',
    '/v1/series',
    '/v1/access?capability=push&unusedSince=90d&use=either',
    '/v1/suggestions?principal=AIDAALICE',
  ];
  for (const path of paths) {
    expect([path, await ask(threaded.api, path)]).toEqual([path, await ask(here.api, path)]);
  }
  expect((await askPages(threaded.api, '/v1/series')).length).toBeGreaterThan(0);
});

it('tells in the same words why a report cannot be made', async () => {
  const [scan] = await askPages(here.api, '/v1/scans');
  await here.store.sql`delete from audit.scan_part where scan_id = ${String(scan?.['id'])}`;
  const own = await apiOnDatabase(here.databaseUrl, { reports: startReports({ databaseUrl: here.databaseUrl }) });
  const away = await apiOnDatabase(here.databaseUrl, {
    reports: startReports({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' }),
  });
  try {
    expect(await askProblem(own.api, '/v1/policies')).toMatchObject({ code: 'snapshotNotKept' });
    expect(await askProblem(away.api, '/v1/policies')).toMatchObject({ code: 'databaseUnavailable' });
    // Nothing that was told once is told for ever.
    expect(await askProblem(away.api, '/v1/policies')).toMatchObject({ code: 'databaseUnavailable' });
  } finally {
    await own.stop();
    await away.stop();
  }
});
