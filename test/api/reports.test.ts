import path from 'node:path';
import { assembleSnapshot, configurationDifferences, RULES } from '@ecr-audit/access';
import { readSnapshotDirectory } from '@ecr-audit/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask, askPages, askProblem } from './harness/ask.ts';
import { startTestApi, type TestApi } from './harness/start-api.ts';
import { writeScan } from './harness/write-scan.ts';

const samples = path.join(import.meta.dirname, '../../services/cli/sample-organization');
const directories = [path.join(samples, '2026-11-09'), path.join(samples, '2026-11-16')] as const;

let test: TestApi;
let first: string;
let second: string;
let firstDays: unknown;

beforeAll(async () => {
  test = await startTestApi();
  first = await writeScan(test.store, await readSnapshotDirectory(directories[0]));
  firstDays = await askPages(test.api, '/v1/series?limit=1000');
  second = await writeScan(test.store, await readSnapshotDirectory(directories[1]));
});
afterAll(async () => {
  await test.stop();
});

const driftSchema = z.looseObject({
  kind: z.string(),
  isCertain: z.boolean(),
  principals: z.array(z.looseObject({ id: z.string(), arn: z.string() })),
  repositories: z.array(z.string()),
  capabilities: z.array(z.string()),
  differences: z.array(z.int()),
});

describe('drift between two scans', () => {
  it('compares the latest scan with the one before where none is named, and any two that are', async () => {
    const unnamed = await ask(test.api, '/v1/drift');
    expect(unnamed).toMatchObject({ asOf: { scan: { id: second } }, from: { scan: { id: first } } });
    expect(await ask(test.api, `/v1/drift?from=${first}&to=${second}`)).toEqual(unnamed);
  });

  it('names the differences that made each change, with their causes', async () => {
    const items = z.array(driftSchema).parse(await askPages(test.api, '/v1/drift?limit=20'));
    const differences = await askPages(test.api, '/v1/drift/differences?limit=50');
    const [from, to] = await Promise.all(
      directories.map(async (directory) => {
        const parts = await readSnapshotDirectory(directory);
        return { parts, snapshot: assembleSnapshot(parts) };
      }),
    );
    if (from === undefined || to === undefined) {
      throw new Error('expected two snapshots');
    }
    const expected = configurationDifferences(from, to);
    expect(differences.map(({ kind, subjects }) => [kind, subjects])).toEqual(
      expected.differences.map(({ kind, subjects }) => [kind, subjects]),
    );
    expect(differences.map(({ index }) => index)).toEqual([...differences.keys()]);
    expect(items.some(({ isCertain }) => isCertain)).toBe(true);
    for (const { isCertain, differences: made } of items) {
      expect(isCertain || made.length === 0).toBe(true);
      expect(made.every((index) => index < differences.length)).toBe(true);
    }
    const boundary = differences.find(({ kind, change }) => kind === 'boundary' && change === 'removed');
    expect(boundary).toMatchObject({
      cause: { kind: 'events', events: [{ eventName: 'DeleteUserPermissionsBoundary' }] },
    });
  });

  it('is narrowed by kind, certainty, capability, principal and repository', async () => {
    const all = z.array(driftSchema).parse(await askPages(test.api, '/v1/drift?limit=1000'));
    const someone = all[0]?.principals[0]?.arn ?? '';
    const filters: readonly (readonly [string, (item: z.infer<typeof driftSchema>) => boolean])[] = [
      ['kind=granted', ({ kind }) => kind === 'granted'],
      ['certain=false', ({ isCertain }) => !isCertain],
      ['capability=push', ({ capabilities }) => capabilities.includes('push')],
      [`principal=${encodeURIComponent(someone)}`, ({ principals }) => principals.some(({ arn }) => arn === someone)],
      ['repository=integration/*', ({ repositories }) => repositories.some((arn) => arn.includes('/integration/'))],
    ];
    for (const [query, isWanted] of filters) {
      const found = z.array(driftSchema).parse(await askPages(test.api, `/v1/drift?limit=7&${query}`));
      expect({ query, found }).toEqual({ query, found: all.filter(isWanted) });
      expect({ query, isSome: found.length > 0 && found.length < all.length }).toEqual({ query, isSome: true });
    }
  });

  it('refuses scans in the wrong order, one scan with itself, and the first scan alone', async () => {
    expect(await askProblem(test.api, `/v1/drift?from=${second}&to=${first}`)).toMatchObject({
      code: 'invalidRequest',
    });
    expect(await askProblem(test.api, `/v1/drift?from=${first}&to=${first}`)).toMatchObject({ code: 'invalidRequest' });
    expect(await askProblem(test.api, `/v1/drift?to=${first}`)).toMatchObject({ code: 'noCompletedScan' });
  });
});

const useSchema = z.looseObject({
  principal: z.looseObject({ id: z.string() }),
  capabilities: z.array(z.looseObject({ right: z.string(), unused: z.int(), notKnown: z.int(), granted: z.int() })),
});

describe('what is granted and not used', () => {
  it('is the same in numbers by principal and in the list of access by repository', async () => {
    const report = z.array(useSchema).parse(await askPages(test.api, '/v1/over-permission?limit=25&days=90'));
    expect(report.length).toBeGreaterThan(40);
    for (const right of ['push', 'administer']) {
      const count = (id: string, field: 'unused' | 'notKnown'): number =>
        report
          .filter(({ principal }) => principal.id === id)
          .flatMap(({ capabilities }) => capabilities)
          .find((each) => each.right === right)?.[field] ?? 0;
      for (const use of ['unused', 'notKnown'] as const) {
        const cells = await askPages(test.api, `/v1/access?limit=400&capability=${right}&unusedSince=90d&use=${use}`);
        const byPrincipal = Map.groupBy(
          cells,
          ({ principal }) => z.looseObject({ id: z.string() }).parse(principal).id,
        );
        const expected = report.filter(({ principal }) => count(principal.id, use) > 0);
        expect(byPrincipal.size).toBe(expected.length);
        for (const [id, rows] of byPrincipal) {
          expect([right, use, id, rows.length]).toEqual([right, use, id, count(id, use)]);
          expect(
            rows.every(
              (row) =>
                z
                  .object({ status: z.literal(use) })
                  .loose()
                  .safeParse(row['use']).success,
            ),
          ).toBe(true);
        }
      }
    }
  });

  it('asks for the right that was not used, and for a stretch that says something', async () => {
    for (const query of [
      'unusedSince=90d',
      'capability=push&unusedSince=2d',
      'capability=push&unusedSince=500d',
      'use=unused',
    ]) {
      expect({ query, ...(await askProblem(test.api, `/v1/access?${query}`)) }).toMatchObject({
        query,
        code: 'invalidRequest',
      });
    }
  });

  it('is narrowed by finding and by principal', async () => {
    const all = await askPages(test.api, '/v1/over-permission?limit=1000');
    const never = await askPages(test.api, '/v1/over-permission?limit=9&finding=neverPushes');
    const names = z.looseObject({ findings: z.array(z.string()) });
    expect(never).toEqual(all.filter((item) => names.parse(item).findings.includes('neverPushes')));
    expect(never.length).toBeGreaterThan(0);
    expect((await askPages(test.api, '/v1/over-permission?principalType=user')).length).toBeLessThan(all.length);
  });

  it('lists policies that add nothing', async () => {
    const found = await askPages(test.api, '/v1/over-permission/policies?limit=5');
    expect(found.length).toBeGreaterThan(0);
    expect(await askPages(test.api, '/v1/over-permission/policies?kind=oneSided')).toEqual(
      found.filter(({ kind }) => kind === 'oneSided'),
    );
  });
});

describe('suggestions', () => {
  it('are proved, or say why there is none', async () => {
    const principals = z
      .array(z.looseObject({ id: z.string(), arn: z.string() }))
      .parse(await askPages(test.api, '/v1/principals?kind=role&limit=1000'));
    const kinds = new Map<string, number>();
    for (const { id, arn } of principals.slice(0, 20)) {
      const answer = await ask(test.api, `/v1/suggestions?principal=${encodeURIComponent(arn)}`);
      const { kind } = z.looseObject({ kind: z.string() }).parse(answer['suggestion']);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      expect(await ask(test.api, `/v1/suggestions?principal=${encodeURIComponent(id)}`)).toEqual(answer);
    }
    expect([...kinds.keys()].toSorted()).toEqual(['refused', 'suggested']);
  });

  it('take a repository in place of a principal, and not both or neither', async () => {
    const [repository] = await askPages(test.api, '/v1/repositories?name=payments/*');
    const arn = encodeURIComponent(String(repository?.['arn']));
    expect(await ask(test.api, `/v1/suggestions?repository=${arn}`)).toMatchObject({ asOf: { scan: { id: second } } });
    expect(await askProblem(test.api, `/v1/suggestions?repository=${arn}&principal=x`)).toMatchObject({
      code: 'invalidRequest',
    });
    expect(await askProblem(test.api, '/v1/suggestions')).toMatchObject({ code: 'invalidRequest' });
  });
});

describe('series', () => {
  it('has a day for each scan, and what it said of a day when that was the last', async () => {
    const points = await askPages(test.api, '/v1/series?limit=70');
    const days = [...new Set(points.map(({ day }) => day))];
    expect(days).toEqual(['2026-11-09', '2026-11-16']);
    expect(points.filter(({ day }) => day === '2026-11-09')).toEqual(firstDays);
    const pushers = async (): Promise<number> => {
      const cells = await askPages(test.api, '/v1/access?limit=1000&capability=push&repository=*');
      return new Set(cells.map(({ principal }) => z.looseObject({ id: z.string() }).parse(principal).id)).size;
    };
    const last = points.find(
      (point) => point['day'] === '2026-11-16' && point['measure'] === 'push' && point['accountId'] === null,
    );
    expect(Number(last?.['principals']) + Number(last?.['unknown'])).toBe(await pushers());
    expect(await askPages(test.api, '/v1/series?from=10d&accounts=together')).toEqual(
      points.filter(({ day, accountId }) => day === '2026-11-16' && accountId === null),
    );
  });
});

describe('policies and rules', () => {
  it('lists managed policies by who would be freed without them', async () => {
    const all = await askPages(test.api, '/v1/policies?limit=3');
    const freed = all.map((policy) => z.looseObject({ ecr: z.array(z.string()) }).parse(policy['freed']).ecr.length);
    expect(freed).toEqual(freed.toSorted((a, b) => b - a));
    expect(freed[0]).toBeGreaterThan(0);
    const own = await askPages(test.api, '/v1/policies?awsManaged=false');
    expect(own).toEqual(all.filter(({ arn }) => !String(arn).includes(':iam::aws:')));
    expect(await askPages(test.api, '/v1/policies?name=Power*')).toEqual(
      all.filter(({ name }) => String(name).startsWith('Power')),
    );
  });

  it('lists every rule of findings once', async () => {
    expect((await askPages(test.api, '/v1/rules?limit=7')).map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
  });
});
