import { afterEach, describe, expect, it } from 'vitest';
import { backendCases } from './harness/backends.ts';
import { restartablePostgres } from './harness/restartable-postgres.ts';
import { openWorld, type ScanWorld } from './harness/scan-world.ts';
import { until } from './harness/until.ts';

const testTimeoutMs = 120_000;
const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) {
    await cleanup();
  }
}, testTimeoutMs);

for (const backend of backendCases) {
  describe.skipIf(backend.isSkipped)(`a restart of Postgres, queues on ${backend.title}`, () => {
    it(
      'while jobs are collected: the same processes go on, and the scan completes',
      async () => {
        const { world, restart } = await openRestartableWorld(backend.title.startsWith('Redis'), { latencyMs: 40 });
        const evaluator = await world.start('evaluator');
        const notifier = await world.start('notifier');
        const collector = await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });
        await until('jobs to be under way', () => (world.aws.callCounts()['ecr:DescribeRepositories'] ?? 0) > 0);
        await restart();

        await world.scanIn('completed');
        await until('the message', () => notifier.lines().length > 0, { detail: notifier.log });
        const survivors = [collector, evaluator, notifier].map((running) => running.isRunning());
        expect(survivors).toEqual([true, true, true]);
      },
      testTimeoutMs,
    );

    it(
      'while the evaluation is written: nothing half written, and the same process completes it',
      async () => {
        const { world, restart } = await openRestartableWorld(backend.title.startsWith('Redis'), {});
        const evaluator = await world.start('evaluator');
        await world.start('collector', { ECR_AUDIT_SCHEDULE: '6h' });
        // On a busy machine the evaluation may be over before it is seen; then the restart finds it completed.
        await world.scanIn('evaluating', 'completed');
        await restart();

        const scan = await world.scanIn('completed');
        expect(evaluator.isRunning()).toBe(true);
        const [row] = await world.place.database.store.sql`
          select count(*)::int as count from audit.effective_access`;
        expect(row?.['count']).toBe(scan.counts?.opened);
      },
      testTimeoutMs,
    );
  });
}

/** A world on a server of its own, which nobody else minds being restarted. */
async function openRestartableWorld(
  withRedis: boolean,
  settings: { readonly latencyMs?: number },
): Promise<{ readonly world: ScanWorld; readonly restart: () => Promise<void> }> {
  const backend = restartablePostgres(withRedis);
  const world = await openWorld(backend, settings);
  cleanups.push(async () => await world.close());
  return { world, restart: backend.restart };
}
