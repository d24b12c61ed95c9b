import { randomInt, randomUUID } from 'node:crypto';
import {
  addScanFlow,
  openQueues,
  parseSchedule,
  requestScanNow,
  scheduleScan,
  startWorker,
  unscheduleScan,
  type CollectPayload,
  type JobHandler,
  type QueueName,
  type Queues,
  type RunningWorker,
  type ScanTarget,
} from '@ecr-audit/jobs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { backendCases, type QueuePlace } from './harness/backends.ts';
import { until } from './harness/until.ts';

const timing = { lockMs: 1_000, backoffMs: 20, reconnectMs: 50, tryMs: 500 };

for (const backend of backendCases) {
  describe.skipIf(backend.isSkipped)(`the queues on ${backend.title}`, () => {
    let place: QueuePlace;
    let queues: Queues;
    const workers: RunningWorker[] = [];

    beforeAll(async () => {
      place = await backend.open();
      const { redisUrl, namespace } = place;
      queues = await openQueues({ databaseUrl: place.database.url, redisUrl, namespace, timing, onError: () => {} });
    }, 60_000);

    afterEach(async () => {
      await Promise.all(workers.splice(0).map(async (worker) => await worker.close()));
    });

    afterAll(async () => {
      await queues?.close();
      await place?.close();
    });

    async function work<Name extends QueueName>(name: Name, handler: Partial<JobHandler<Name>>): Promise<void> {
      const complete: JobHandler<Name> = {
        run: async () => await Promise.resolve(),
        giveUp: async () => await Promise.resolve(),
        isRetryable: () => true,
        ...handler,
      };
      workers.push(await startWorker(queues, name, complete));
    }

    it('start one scan however often the same schedule is set up, before and after it has run', async () => {
      const target = newTarget();
      const started: string[] = [];
      const schedule = parseSchedule('6h');
      await scheduleScan(queues, { target, schedule });
      await scheduleScan(queues, { target, schedule });
      await work('scan', { run: async ({ scanId }) => void started.push(scanId) });
      await until('the scan to start', () => started.length > 0);
      await scheduleScan(queues, { target, schedule });

      // Jobs of this queue run in order, so when the marker has run, whatever the schedules had added has run too.
      const marker = randomUUID();
      await requestScanNow(queues, { target, scanId: marker });
      await until('the marker to run', () => started.includes(marker));
      expect(new Set(started.filter((scanId) => scanId !== marker)).size).toBe(1);
      expect(await unscheduleScan(queues, target.key)).toBe(true);
      expect(await unscheduleScan(queues, target.key)).toBe(false);
    });

    it('run a scan that is requested twice once', async () => {
      const scanId = randomUUID();
      const target = newTarget();
      const started: string[] = [];
      await requestScanNow(queues, { target, scanId });
      await requestScanNow(queues, { target, scanId });
      await work('scan', { run: async (scan) => void started.push(scan.scanId) });
      await until('the scan to start', () => started.length > 0);
      await requestScanNow(queues, { target, scanId });
      const marker = randomUUID();
      await requestScanNow(queues, { target, scanId: marker });
      await until('the marker to run', () => started.includes(marker));
      expect(started).toEqual([scanId, marker]);
    });

    it('evaluate once, after every collect job has ended, with one of them given up after its last try', async () => {
      const scanId = randomUUID();
      const steps = stepsOf(scanId);
      const log: string[] = [];
      await addScanFlow(queues, { scanId, steps });
      await addScanFlow(queues, { scanId, steps });
      await work('evaluate', { run: async () => void log.push('evaluate') });
      await work('collect', {
        run: async (step) => {
          log.push(`run ${nameOf(step)}`);
          await addScanFlow(queues, { scanId, steps });
          if (nameOf(step) === 'ecr us-east-1') {
            throw new Error('the region is on fire');
          }
        },
        giveUp: async (step, cause) => void log.push(`gave up ${nameOf(step)}: ${cause.message}`),
      });
      await until('the evaluation', () => log.includes('evaluate'));
      await addScanFlow(queues, { scanId, steps });

      expect(log.filter((line) => line === 'run ecr us-east-1')).toHaveLength(4);
      expect(log.filter((line) => line === 'run ecr eu-west-1')).toHaveLength(1);
      expect(log.filter((line) => line === 'run iam')).toHaveLength(1);
      expect(log.slice(-2)).toEqual(['gave up ecr us-east-1: the region is on fire', 'evaluate']);
    });

    it('give up at once what no further try can mend', async () => {
      const scanId = randomUUID();
      const log: string[] = [];
      await work('evaluate', {
        run: async () => {
          log.push('run');
          await Promise.reject(new Error('malformed'));
        },
        isRetryable: () => false,
        giveUp: async (_, cause) => void log.push(`gave up: ${cause.message}`),
      });
      await work('collect', {});
      await addScanFlow(queues, { scanId, steps: stepsOf(scanId) });
      await until('the job to be given up', () => log.length > 1);
      expect(log).toEqual(['run', 'gave up: malformed']);
    });

    it('never forget a failure that could not be recorded: the job comes back until it is', async () => {
      const scanId = randomUUID();
      const recorded: string[] = [];
      let refusals = 6;
      await work('evaluate', {
        run: async () => await Promise.reject(new Error('broken')),
        isRetryable: () => false,
        giveUp: async (payload) => {
          refusals -= 1;
          if (refusals >= 0) {
            throw new Error('the database is away');
          }
          recorded.push(payload.scanId);
          await Promise.resolve();
        },
      });
      await work('collect', {});
      await addScanFlow(queues, { scanId, steps: stepsOf(scanId) });
      await until('the failure to be recorded', () => recorded.length > 0);
      expect(recorded).toEqual([scanId]);
    });

    it('try again a job whose work never settles', async () => {
      const scanId = randomUUID();
      let tries = 0;
      await work('scan', {
        run: async () => {
          tries += 1;
          await (tries === 1 ? new Promise(() => {}) : Promise.resolve());
        },
      });
      await requestScanNow(queues, { target: newTarget(), scanId });
      expect(await until('the second try', () => tries === 2)).toBe(true);
    });

    it('let a worker that closes finish the job that it holds', async () => {
      const scanId = randomUUID();
      const held = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      let isFinished = false;
      await work('scan', {
        run: async () => {
          held.resolve();
          await release.promise;
          isFinished = true;
        },
      });
      await requestScanNow(queues, { target: newTarget(), scanId });
      await held.promise;
      const closing = workers.splice(0).map(async (worker) => await worker.close());
      release.resolve();
      await Promise.all(closing);
      expect(isFinished).toBe(true);
    });

    it('refuse a cron expression that cannot be read, and say what was expected', async () => {
      const schedule = parseSchedule('99 99 * * *');
      await expect(scheduleScan(queues, { target: newTarget(), schedule })).rejects.toMatchObject({
        code: 'queueSettingInvalid',
        message: expect.stringContaining('expected a cron expression'),
      });
    });
  });
}

describe('opening the queues', () => {
  it('fails within a bound, and says what to do, when Redis is not there', async () => {
    const attempt = openQueues({
      databaseUrl: 'postgres://nobody@127.0.0.1:1/x',
      redisUrl: 'redis://:hunter2@127.0.0.1:1',
      onError: () => {},
    });
    await expect(attempt).rejects.toMatchObject({
      code: 'queueUnreachable',
      retryable: true,
      message: expect.stringContaining('REDIS_URL'),
    });
    await expect(attempt).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
  });

  it('fails within a bound, and says what to do, when Postgres is not there', async () => {
    const attempt = openQueues({ databaseUrl: 'postgres://nobody:hunter2@127.0.0.1:1/x', onError: () => {} });
    await expect(attempt).rejects.toMatchObject({
      code: 'queueUnreachable',
      retryable: true,
      message: expect.stringContaining('DATABASE_URL'),
    });
    await expect(attempt).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
  });
});

function newTarget(): ScanTarget {
  const accountId = String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(0, 12);
  return { key: `account:${accountId}`, accountId, partition: 'aws', regions: ['eu-west-1', 'us-east-1'] };
}

function stepsOf(scanId: string): readonly CollectPayload[] {
  const accountId = '111122223333';
  return [
    { step: 'iam', scanId, accountId },
    { step: 'ecr', scanId, accountId, region: 'eu-west-1' },
    { step: 'ecr', scanId, accountId, region: 'us-east-1' },
  ];
}

function nameOf(step: CollectPayload): string {
  return step.step === 'iam' ? 'iam' : `${step.step} ${step.region}`;
}
