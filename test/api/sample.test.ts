import path from 'node:path';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, askPages, post } from './harness/ask.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

const directory = path.join(import.meta.dirname, '../../services/cli/sample-organization/2026-11-09');

let test: TestApi;
beforeAll(async () => {
  test = await startTestApi();
  await writeScan(test.store, await readSnapshotDirectory(directory));
});
afterAll(async () => {
  await test.stop();
});

const subjects = z.array(z.looseObject({ id: z.union([z.int(), z.string()]), kind: z.string().optional() }));
const cells = z.array(
  z.looseObject({
    principal: z.looseObject({ id: z.string(), arn: z.string(), kind: z.string() }),
    repository: z.looseObject({ arn: z.string() }).nullable(),
    region: z.string(),
    action: z.string(),
    decision: z.string(),
    residual: z.unknown(),
    reasons: z.unknown(),
  }),
);

function cellOf({ principal, repository, action, decision }: z.infer<typeof cells>[number]): string {
  return [principal.id, repository?.arn, action, decision].join(' ');
}

it('both directions show the same cells of the sample organization', async () => {
  const repositories = subjects.parse(await askPages(test.api, '/v1/repositories'));
  const principals = subjects.parse(await askPages(test.api, '/v1/principals'));
  expect(repositories.length).toBeGreaterThanOrEqual(30);
  expect(principals.length).toBeGreaterThanOrEqual(60);
  const byRepository = new Set<string>();
  for (const { id } of repositories) {
    const rows = cells.parse(await askPages(test.api, `/v1/repositories/${id}/access?limit=1000`));
    rows.forEach((row) => byRepository.add(cellOf(row)));
  }
  const byPrincipal = new Set<string>();
  for (const { id } of principals) {
    const access = await askPages(test.api, `/v1/principals/${encodeURIComponent(id)}/access?limit=1000`);
    const rows = cells.parse(access).filter(({ repository }) => repository !== null);
    rows.forEach((row) => byPrincipal.add(cellOf(row)));
  }
  expect(byPrincipal.size).toBeGreaterThan(10_000);
  expect(byPrincipal.symmetricDifference(byRepository)).toEqual(new Set());
});

it('explain gives what the tables hold, cell for cell', async () => {
  const [repository] = subjects.parse(await askPages(test.api, '/v1/repositories?namePrefix=payments'));
  const rows = cells.parse(await askPages(test.api, `/v1/repositories/${String(repository?.id)}/access?limit=1000`));
  const compared = rows.filter(({ principal }) => principal.arn !== '*');
  for (const { principal, repository: found, action, region, decision, residual, reasons } of compared) {
    const question = { principal: principal.arn, action, resource: found?.arn, region };
    const { explanation } = await ask(test.api, '/v1/explain', post(question));
    expect({ ...question, explanation }).toMatchObject({ ...question, explanation: { decision, residual, reasons } });
  }
  expect(compared.length).toBeGreaterThan(100);
});
