import { afterEach, describe, expect, it } from 'vitest';
import { backendCases } from './harness/backends.ts';
import { openWorld, type ScanWorld } from './harness/scan-world.ts';
import { until } from './harness/until.ts';

const testTimeoutMs = 120_000;
let world: ScanWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
}, testTimeoutMs);

describe.each(backendCases)('a collector that is told to stop, queues on $title', (backend) => {
  it.skipIf(backend.isSkipped)(
    'gives back what it cannot finish in time, exits 0, and another one goes on at once',
    async () => {
      // Only the first worker is slow: what it asks is never answered.
      const slow = await openWorld(backend, { faults: [{ kind: 'hang', operation: 'ecr:DescribeRepositories' }] });
      world = slow;
      const { aws } = slow;
      const environment = { ECR_AUDIT_STOP_SECONDS: '1', ECR_AUDIT_JOB_LOCK_SECONDS: '60' };
      const stopped = await slow.start('collector', { ...environment, ECR_AUDIT_SCHEDULE: '6h' });
      await until('the job to be under way', () => (aws.callCounts()['ecr:DescribeRepositories'] ?? 0) > 0);
      expect(await stopped.stop('SIGTERM')).toBe(0);
      expect(stopped.log()).toContain('"job given back: another worker goes on"');

      aws.setFaults([]);
      await slow.start('evaluator', environment);
      await slow.start('collector', environment);
      // Long before its lock would have expired.
      await slow.scanIn('completed');
    },
    testTimeoutMs,
  );
});

it(
  'a second signal ends a collector at once',
  async () => {
    const [postgres] = backendCases;
    if (postgres === undefined) {
      throw new Error('there is no backend of the queues');
    }
    const slow = await openWorld(postgres, { faults: [{ kind: 'hang', operation: 'ecr:DescribeRepositories' }] });
    world = slow;
    const collector = await slow.start('collector', { ECR_AUDIT_STOP_SECONDS: '18', ECR_AUDIT_SCHEDULE: '6h' });
    await until('the job to be under way', () => (slow.aws.callCounts()['ecr:DescribeRepositories'] ?? 0) > 0);
    const ending = collector.stop('SIGTERM');
    await until('the stop to begin', () => collector.log().includes('"stopping: '));
    expect(collector.isRunning()).toBe(true);
    void collector.stop('SIGTERM');
    expect(await ending).toBe(143);
  },
  testTimeoutMs,
);
