import { randomBytes } from 'node:crypto';
import {
  applySchedules,
  openQueues,
  parseSchedule,
  startWorker,
  type Queues,
  type RunningWorker,
  type Schedule,
  type WantedSchedule,
  type Work,
} from '@ecr-audit/jobs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { backendCases, type QueuePlace } from './harness/backends.ts';
import { until } from './harness/until.ts';

const timing = { lockMs: 1_000, backoffMs: 20, reconnectMs: 50, tryMs: 500 };
const targetKey = 'organization:o-example';
const clock = { now: () => new Date() };
// Never comes while a test runs.
const yearly = parseSchedule('0 3 1 1 *');

for (const backend of backendCases) {
  describe.skipIf(backend.isSkipped)(`schedules on ${backend.title}`, () => {
    let place: QueuePlace;
    let queues: Queues;
    const workers: RunningWorker[] = [];
    beforeAll(async () => {
      place = await backend.open();
    }, 60_000);
    beforeEach(async () => {
      const { redisUrl, database } = place;
      const namespace = `s-${randomBytes(4).toString('hex')}`;
      queues = await openQueues({ databaseUrl: database.url, redisUrl, namespace, timing, onError: () => {} });
    });
    afterEach(async () => {
      await Promise.all(workers.splice(0).map(async (worker) => await worker.close()));
      await queues.close();
    });
    afterAll(async () => {
      await place?.close();
    });

    async function record(): Promise<Work['scan'][]> {
      const started: Work['scan'][] = [];
      workers.push(
        await startWorker(queues, 'scan', {
          run: async (work) => await Promise.resolve(void started.push(work)),
          giveUp: async () => await Promise.resolve(),
          isRetryable: () => true,
        }),
      );
      return started;
    }

    it('start one scan however often the same schedule is applied, before and after it has run', async () => {
      const wanted = [access(parseSchedule('6h'))];
      expect(await applySchedules(queues, wanted, clock)).toEqual({ changed: 1, ended: 0 });
      expect(await applySchedules(queues, wanted, clock)).toEqual({ changed: 0, ended: 0 });
      const started = await record();
      await until('the scan to start', () => started.length > 0);
      await applySchedules(queues, wanted, clock);
      await applySchedules(queues, [access(parseSchedule('6h')), maintenance(yearly)], clock);
      expect(started).toEqual([{ source: 'access', targetKey, scanId: expect.any(String), isScheduled: true }]);
      const depths = await queues.backend.counts('scan');
      expect([depths['delayed'], depths['waiting']]).toEqual([1, 0]);
    });

    it('run once what came due several times while nobody was there', async () => {
      const everyMs = 150;
      await applySchedules(queues, [access({ kind: 'every', everyMs })], clock);
      const [first] = await queues.backend.schedules('scan');
      await until('several times to pass', () => Date.now() > (first?.nextMs ?? 0) + 5 * everyMs);
      const waiting = await queues.backend.counts('scan');
      expect((waiting['waiting'] ?? 0) + (waiting['delayed'] ?? 0)).toBe(1);
    });

    it('serve a time of a cron expression that passed while nobody was there, when the schedule is applied again', async () => {
      const everySecond: Schedule = { kind: 'cron', expression: '* * * * * *' };
      await applySchedules(queues, [access(everySecond)], clock);
      const [before] = await queues.backend.schedules('scan');
      await until('the time to pass', () => Date.now() > (before?.nextMs ?? 0) + 1_000);
      await applySchedules(queues, [access(everySecond)], clock);
      const [after] = await queues.backend.schedules('scan');
      expect(after?.nextMs).toBe(before?.nextMs);
    });

    it('serve the time that has passed when the cron expression is changed before anybody served it', async () => {
      await applySchedules(queues, [access({ kind: 'cron', expression: '* * * * * *' })], clock);
      const [before] = await queues.backend.schedules('scan');
      await until('the time to pass', () => Date.now() > (before?.nextMs ?? 0));
      await applySchedules(queues, [access(yearly)], clock);
      const started = await record();
      await until('the scan to start', () => started.length > 0);
      expect(started).toHaveLength(1);
    });

    it('serve a time at once where the queues lost a schedule that they had, and not where it is new', async () => {
      await applySchedules(queues, [{ ...access(yearly), wasApplied: true }, activity(yearly)], clock);
      const started = await record();
      await until('the scan to start', () => started.length > 0);
      expect(started.map(({ source }) => source)).toEqual(['access']);
    });

    it('end when they are wanted no more, and those of other sources stay', async () => {
      await applySchedules(queues, [access(yearly), activity(yearly), maintenance(yearly)], clock);
      expect(await applySchedules(queues, [activity(yearly)], clock)).toEqual({ changed: 0, ended: 2 });
      expect((await queues.backend.schedules('scan')).map(({ data }) => data)).toEqual([
        { source: 'activity', targetKey, scanId: null, everyMs: null },
      ]);
      expect(await queues.backend.schedules('maintenance')).toEqual([]);
    });

    it('refuse a cron expression that cannot be read, and say what was expected', async () => {
      await expect(applySchedules(queues, [access(parseSchedule('99 99 * * *'))], clock)).rejects.toMatchObject({
        code: 'queueSettingInvalid',
        message: expect.stringContaining('expected a cron expression'),
      });
    });
  });
}

function access(schedule: Schedule): WantedSchedule {
  return { source: 'access', targetKey, schedule, wasApplied: false };
}

function activity(schedule: Schedule): WantedSchedule {
  return { source: 'activity', targetKey, schedule, wasApplied: false };
}

function maintenance(schedule: Schedule): WantedSchedule {
  return { source: 'maintenance', targetKey: null, schedule, wasApplied: false };
}
