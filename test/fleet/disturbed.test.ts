import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../fake-aws/faults.ts';
import { backendCases, type BackendCase } from '../jobs/harness/backends.ts';
import { restartablePostgres } from '../jobs/harness/restartable-postgres.ts';
import { until } from '../jobs/harness/until.ts';
import { openFleetWorld, resultOf, type FleetWorld, type ScanResult } from './fleet-world.ts';
import { undisturbedResult } from './undisturbed.ts';

const testTimeoutMs = 180_000;
let undisturbed: ScanResult;
let world: FleetWorld | undefined;
beforeAll(async () => {
  undisturbed = await undisturbedResult();
}, testTimeoutMs);
afterEach(async () => {
  await world?.close();
  world = undefined;
}, testTimeoutMs);

async function startFleet(
  backend: BackendCase,
  options: Parameters<typeof openFleetWorld>[1] = {},
): Promise<FleetWorld> {
  const fleet = await openFleetWorld(backend, options);
  world = fleet;
  await Promise.all([fleet.collector(), fleet.collector(), fleet.start('evaluator')]);
  return fleet;
}

/** Waits until a scan is in the middle: some accounts read, and others not. */
async function untilHalfRead({ aws }: FleetWorld): Promise<void> {
  await until('half of the organization to be read', () => (aws.callCounts()['ecr:DescribeRepositories'] ?? 0) > 20);
}

describe.each(backendCases.slice(1))(
  'Redis killed in the middle and back with nothing in it, queues on $title',
  (redis) => {
    it.skipIf(redis.isSkipped)(
      'the same processes go on, and schedules and scan are there again',
      async () => {
        const fleet = await startFleet(redis, { latencyMs: 8 });
        await untilHalfRead(fleet);
        await fleet.place.restartRedis?.();
        await fleet.scanIn('completed');
        expect(await resultOf(fleet)).toEqual(undisturbed);
      },
      testTimeoutMs,
    );
  },
);

describe.each(backendCases)('Postgres restarted in the middle, queues on $title', (backend) => {
  it.skipIf(backend.isSkipped)(
    'the same processes go on, and nothing is lost or written twice',
    async () => {
      const restartable = restartablePostgres(backend.title === 'Redis');
      const fleet = await startFleet(restartable, { latencyMs: 8 });
      await untilHalfRead(fleet);
      await restartable.restart();
      await fleet.scanIn('completed');
      expect(await resultOf(fleet)).toEqual(undisturbed);
    },
    testTimeoutMs,
  );
});

const everywhere = ['iam:*', 'ecr:*', 'sts:AssumeRole', 'account:*', 'organizations:*'];
const disturbances: readonly (readonly [string, readonly Fault[]])[] = [
  ['answers 500 now and then', everywhere.map((operation) => ({ kind: 'fail', operation, after: 3, times: 4 }))],
  [
    'throttles',
    ['iam:*', 'ecr:*', 'account:*'].map((operation) => ({ kind: 'throttle', operation, after: 3, times: 6 })),
  ],
  ['resets connections', everywhere.map((operation) => ({ kind: 'cutConnection', operation, after: 3, times: 4 }))],
  ['hangs', ['iam:*', 'ecr:*'].map((operation) => ({ kind: 'hang', operation, after: 3, times: 2 }))],
];

describe.each(disturbances)('AWS %s', (_, faults) => {
  it(
    'and the scan comes to what it comes to without that',
    async () => {
      const [postgres] = backendCases;
      if (postgres === undefined) {
        throw new Error('there is no backend of the queues');
      }
      const fleet = await openFleetWorld(postgres, { faults });
      world = fleet;
      const environment = { ECR_AUDIT_AWS_TIMEOUT_SECONDS: '1' };
      await Promise.all([fleet.collector(environment), fleet.start('evaluator')]);
      await fleet.scanIn('completed');
      expect(await resultOf(fleet)).toEqual(undisturbed);
    },
    testTimeoutMs,
  );
});
