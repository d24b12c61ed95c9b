import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrate, startEmbeddedPostgres } from '@ecr-audit/store';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, askProblem } from './harness/ask.ts';
import { smallOrganization } from './harness/small-organization.ts';
import { apiOnDatabase } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'ecr-audit-api-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

const recoveryMsMax = 30_000;

it('answers 503 while Postgres is away, and as before once it is back', async () => {
  const server = await startEmbeddedPostgres({ directory });
  const test = await apiOnDatabase(server.url);
  await migrate(test.store);
  await writeScan(test.store, smallOrganization());
  const before = await ask(test.api, '/v1/principals');
  await server.stop();

  for (const route of ['/readyz', '/v1/principals', '/v1/scans']) {
    const response = await test.api.request(route);
    expect([route, response.headers.get('retry-after')]).toEqual([route, '5']);
    const problem = await askProblem(test.api, route);
    expect(problem).toMatchObject({ status: 503, code: 'databaseUnavailable' });
    expect(JSON.stringify(problem)).not.toMatch(/ECONN|ENOENT|socket|PGSQL|postgres/);
  }
  expect(await ask(test.api, '/healthz')).toEqual({ status: 'alive' });

  const again = await startEmbeddedPostgres({ directory });
  try {
    const deadlineMs = performance.now() + recoveryMsMax;
    let isReady = false;
    while (!isReady && performance.now() < deadlineMs) {
      isReady = (await test.api.request('/readyz')).status === 200;
    }
    expect(isReady).toBe(true);
    expect(await ask(test.api, '/v1/principals')).toEqual(before);
  } finally {
    await test.stop();
    await again.stop();
  }
});
