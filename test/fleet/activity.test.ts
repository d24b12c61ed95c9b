import { randomUUID } from 'node:crypto';
import { addActivityJobs, openQueues } from '@ecr-audit/jobs';
import { findScan, listActivityCoverage, listCoverage, wantScan } from '@ecr-audit/store';
import { afterEach, describe, expect, it } from 'vitest';
import { backendCases } from '../jobs/harness/backends.ts';
import { openWorld, type ScanWorld } from '../jobs/harness/scan-world.ts';
import { until } from '../jobs/harness/until.ts';

const testTimeoutMs = 120_000;
let world: ScanWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
}, testTimeoutMs);

describe.each(backendCases)('looks at activity, queues on $title', (backend) => {
  it.skipIf(backend.isSkipped)(
    'asked for again and again of two collectors, both regions are seen, and the next scan tells until when',
    async () => {
      const looked = await openWorld(backend, { latencyMs: 5 });
      world = looked;
      const { place, accountId } = looked;
      const { sql } = place.database.store;
      const off = { ECR_AUDIT_ACTIVITY_SCHEDULE: 'off', ECR_AUDIT_LAST_ACCESSED_SCHEDULE: 'off' };
      await looked.start('evaluator');
      const collectors = await Promise.all([
        looked.start('collector', { ECR_AUDIT_SCHEDULE: '6h', ...off }),
        looked.start('collector', { ECR_AUDIT_SCHEDULE: '6h', ...off }),
      ]);
      const first = await looked.scanIn('completed');
      const unseen = await listCoverage(sql, first.id, { limit: 50 });
      expect(unseen.filter(({ source }) => source === 'cloudtrail').map(({ detail }) => detail)).toEqual([
        'no events were looked up yet',
        'no events were looked up yet',
      ]);

      const { redisUrl, namespace, database } = place;
      const queues = await openQueues({ databaseUrl: database.url, redisUrl, namespace, onError: () => {} });
      try {
        const regions = ['eu-west-1', 'us-east-1'];
        const look = async (): Promise<void> =>
          await addActivityJobs(
            queues,
            regions.map((region) => ({
              source: 'activity',
              accountId,
              region,
              isManagementAccount: false,
              isEcrRead: true,
            })),
          );
        await until(
          'both regions to be seen',
          async () => {
            await look();
            const seen = await listActivityCoverage(sql);
            return seen.length === 2 && seen.every(({ until: time }) => time !== null);
          },
          { timeoutMs: 60_000, detail: () => collectors.map(({ log }) => log()).join('\n') },
        );
      } finally {
        await queues.close();
      }
      const wanted = await wantScan(place.database.store, { scanId: randomUUID(), targetKey: first.targetKey });
      const scanId = 'scanId' in wanted ? wanted.scanId : '';
      await until('the next scan', async () => (await findScan(sql, scanId))?.status === 'completed');
      const rows = (await listCoverage(sql, scanId, { limit: 50 })).filter(({ source }) => source === 'cloudtrail');
      expect(rows).toHaveLength(2);
      for (const { status, readAt } of rows) {
        expect([status, typeof readAt]).toEqual([expect.stringMatching(/^(complete|partial)$/), 'string']);
      }
      const { count } = (await sql<{ count: number }[]>`select count(*)::int as count from audit.activity_seen`)[0] ?? {
        count: 0,
      };
      expect(count).toBeGreaterThan(0);
    },
    testTimeoutMs,
  );
});
