import { randomUUID } from 'node:crypto';
import {
  addActivityJobs,
  addCollectJobs,
  addEvaluation,
  addScan,
  openQueues,
  PutOff,
  startWorker,
  type JobEvent,
  type JobHandler,
  type QueueName,
  type Queues,
  type RunningWorker,
} from '@ecr-audit/jobs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { backendCases, type QueuePlace } from './harness/backends.ts';
import { until } from './harness/until.ts';

const timing = { lockMs: 1_000, backoffMs: 20, reconnectMs: 50, tryMs: 500, stopMs: 60_000 };
const targetKey = 'account:111122223333';
const accountId = '111122223333';

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

    async function work<Name extends QueueName>(
      name: Name,
      handler: Partial<JobHandler<Name>>,
      options: { readonly queues?: Queues; readonly onEvent?: (event: JobEvent) => void } = {},
    ): Promise<RunningWorker> {
      const complete: JobHandler<Name> = {
        run: async () => await Promise.resolve(),
        giveUp: async () => await Promise.resolve(),
        isRetryable: () => true,
        ...handler,
      };
      const { queues: own = queues, ...events } = options;
      const worker = await startWorker(own, name, complete, events);
      workers.push(worker);
      return worker;
    }

    it('run a scan that is requested twice once', async () => {
      const scanId = randomUUID();
      const started: string[] = [];
      await addScan(queues, { targetKey, scanId });
      await addScan(queues, { targetKey, scanId });
      await work('scan', { run: async (scan) => void started.push(scan.scanId) });
      await until('the scan to start', () => started.length > 0);
      await addScan(queues, { targetKey, scanId });
      // Jobs of this queue run in order, so when the marker has run, whatever was added before has run too.
      const marker = randomUUID();
      await addScan(queues, { targetKey, scanId: marker });
      await until('the marker to run', () => started.includes(marker));
      expect(started).toEqual([scanId, marker]);
    });

    it('run each account of a scan once, and one that fails four times, after which it is given up', async () => {
      const scanId = randomUUID();
      const jobs = [null, accountId, '444455556666'].map((account) => ({ scanId, accountId: account }));
      const log: string[] = [];
      await addCollectJobs(queues, jobs);
      await addCollectJobs(queues, jobs);
      await work('collect', {
        run: async (job) => {
          log.push(`run ${job.accountId}`);
          await addCollectJobs(queues, jobs);
          if (job.accountId === accountId) {
            throw new Error('the region is on fire');
          }
        },
        giveUp: async (job, cause) => void log.push(`gave up ${job.accountId}: ${cause.message}`),
      });
      await until('the job to be given up', () => log.some((line) => line.startsWith('gave up')));
      expect(log.filter((line) => line === `run ${accountId}`)).toHaveLength(4);
      expect(log.filter((line) => line === 'run null')).toHaveLength(1);
      expect(log.at(-1)).toBe(`gave up ${accountId}: the region is on fire`);
    });

    it('tell a handler that an error now would be the last', async () => {
      const lasts: boolean[] = [];
      await work('collect', {
        run: async (_, { isLast }) => {
          lasts.push(isLast);
          await Promise.reject(new Error('once more'));
        },
      });
      await addCollectJobs(queues, [{ scanId: randomUUID(), accountId }]);
      await until('the last try', () => lasts.length === 4);
      expect(lasts).toEqual([false, false, false, true]);
    });

    it('look at a place again when the look before is over, and never twice at a time', async () => {
      const look = { source: 'activity', accountId, region: 'eu-west-1' } as const;
      const job = { ...look, isManagementAccount: false, isEcrRead: true };
      let looks = 0;
      const held = Promise.withResolvers<void>();
      const events: string[] = [];
      await work(
        'activity',
        {
          run: async () => {
            looks += 1;
            await held.promise;
          },
        },
        { onEvent: ({ kind }) => void events.push(kind) },
      );
      await addActivityJobs(queues, [job]);
      await until('the look to be under way', () => looks === 1);
      await addActivityJobs(queues, [job]);
      held.resolve();
      await until('the look to end', () => events.includes('completed'));
      // The job is removed a moment after its handler has ended.
      await until('the next look', async () => {
        await addActivityJobs(queues, [job]);
        return looks >= 2;
      });
      expect(events.filter((kind) => kind === 'started').length).toBe(looks);
    });

    it('put a job off whose time has not come, as often as it asks, without counting that as a failure', async () => {
      const scanId = randomUUID();
      const events: string[] = [];
      let refusals = 12;
      await work(
        'evaluate',
        {
          run: async () => {
            refusals -= 1;
            await (refusals >= 0
              ? Promise.reject(new PutOff('the account is being read', { delayMs: 1 }))
              : Promise.resolve());
          },
        },
        { onEvent: ({ kind }) => void events.push(kind) },
      );
      await addEvaluation(queues, scanId);
      await until('the job to end', () => events.includes('completed'));
      expect(events.filter((kind) => kind === 'putOff')).toHaveLength(12);
      expect(events).not.toContain('failed');
    });

    it('give up at once what no further try can mend', async () => {
      const log: string[] = [];
      await work('evaluate', {
        run: async () => {
          log.push('run');
          await Promise.reject(new Error('malformed'));
        },
        isRetryable: () => false,
        giveUp: async (_, cause) => void log.push(`gave up: ${cause.message}`),
      });
      await addEvaluation(queues, randomUUID());
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
      await addEvaluation(queues, scanId);
      await until('the failure to be recorded', () => recorded.length > 0);
      expect(recorded).toEqual([scanId]);
    });

    it('try again a job whose work never settles, and tell that work that its time is over', async () => {
      let tries = 0;
      let isTold = false;
      await work('scan', {
        run: async (_, { signal }) => {
          tries += 1;
          signal.addEventListener('abort', () => (isTold = true), { once: true });
          await (tries === 1 ? new Promise(() => {}) : Promise.resolve());
        },
      });
      await addScan(queues, { targetKey, scanId: randomUUID() });
      expect(await until('the second try', () => tries === 2)).toBe(true);
      expect(isTold).toBe(true);
    });

    it('let a worker that closes finish the job that it holds', async () => {
      const held = Promise.withResolvers<void>();
      const release = Promise.withResolvers<void>();
      let isFinished = false;
      const worker = await work('scan', {
        run: async () => {
          held.resolve();
          await release.promise;
          isFinished = true;
        },
      });
      await addScan(queues, { targetKey, scanId: randomUUID() });
      await held.promise;
      const closing = worker.close();
      release.resolve();
      await closing;
      expect(isFinished).toBe(true);
    });

    it('take back the job of a worker that closes and cannot finish in time, and give it to another at once', async () => {
      const { redisUrl, namespace, database } = place;
      const hasty = await openQueues({
        databaseUrl: database.url,
        redisUrl,
        namespace,
        timing: { ...timing, lockMs: 60_000, tryMs: 60_000, stopMs: 0 },
        onError: () => {},
      });
      try {
        const scanId = randomUUID();
        const held = Promise.withResolvers<void>();
        const events: string[] = [];
        let isTold = false;
        const worker = await work(
          'collect',
          {
            run: async (_, { signal }) => {
              signal.addEventListener('abort', () => (isTold = true), { once: true });
              held.resolve();
              await new Promise(() => {});
            },
          },
          { queues: hasty, onEvent: ({ kind }) => void events.push(kind) },
        );
        await addCollectJobs(queues, [{ scanId, accountId }]);
        await held.promise;
        await worker.close();
        expect([isTold, events]).toEqual([true, ['started', 'returned']]);

        const finished: (string | null)[] = [];
        await work('collect', { run: async (job) => void finished.push(job.scanId) });
        await until('another worker to do it', () => finished.includes(scanId));
      } finally {
        await hasty.close();
      }
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
