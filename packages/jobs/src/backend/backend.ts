import type { BackendClasses, IQueueBackend, JobsOptions, Processor } from 'bullmq';
import { queueNames, type QueueName } from '../payloads.ts';

/** A job to be added, before a backend has seen it. */
export interface NewJob {
  readonly queue: QueueName;
  readonly name: string;
  readonly data: unknown;
  readonly options: JobsOptions;
}

interface WorkerSettings {
  readonly concurrency: number;
  readonly lockMs: number;
  readonly reconnectMs: number;
  readonly maxStalledCount: number;
  readonly onError: (error: Error) => void;
}

export interface RunningWorker {
  /** Takes no further job, waits for those under way, then closes. */
  close(): Promise<void>;
}

/** What this package needs from BullMQ, the same over both of its backends. */
export interface Backend {
  readonly kind: 'redis' | 'postgres';
  /** Adds jobs of one queue or of several. One whose id exists already changes nothing. */
  add(jobs: readonly NewJob[]): Promise<void>;
  /** Sets up what runs again and again, in the place of what has this id. */
  schedule(
    queue: QueueName,
    id: string,
    repeat: Repeat,
    template: { readonly name: string; readonly data: unknown; readonly options: SchedulerJobOptions },
  ): Promise<void>;
  schedules(queue: QueueName): Promise<readonly Scheduled[]>;
  unschedule(queue: QueueName, id: string): Promise<boolean>;
  counts(queue: QueueName): Promise<Readonly<Record<string, number>>>;
  startWorker(queue: QueueName, processor: Processor, settings: WorkerSettings): Promise<RunningWorker>;
  close(): Promise<void>;
}

export type Repeat = { readonly every: number } | { readonly pattern: string; readonly tz: string };

/** What a queue does again and again. */
export interface Scheduled {
  readonly id: string;
  readonly repeat: Repeat | null;
  readonly data: unknown;
  /** The next time, which has passed where nobody works on the queue. */
  readonly nextMs: number;
}

// A payload stays below a kilobyte, and this many of them below what a server reads in one go without others noticing.
const addedAtATimeMax = 500;

type SchedulerJobOptions = Omit<JobsOptions, 'jobId' | 'repeat' | 'delay' | 'deduplication'>;

/** Ties BullMQ's classes, made for one kind of server, to one connection that the caller owns and closes. */
export function bindBackend<B extends IQueueBackend, C>(
  kind: Backend['kind'],
  classes: BackendClasses<B, C>,
  connection: {
    readonly value: C;
    /** Begins every key and the name of every queue, so that a server can be shared. */
    readonly namespace: string;
    readonly close: () => Promise<void>;
    readonly onError: (error: Error) => void;
  },
): Backend {
  const shared = { connection: connection.value, prefix: connection.namespace };
  const nameOf = (queue: QueueName): string => `${connection.namespace}-${queue}`;
  const open = (queue: QueueName) => new classes.Queue<unknown>(nameOf(queue), shared).on('error', connection.onError);
  const queues = {
    scan: open('scan'),
    collect: open('collect'),
    activity: open('activity'),
    evaluate: open('evaluate'),
    maintenance: open('maintenance'),
  };

  return {
    kind,
    async add(jobs) {
      for (const queue of queueNames) {
        const own = jobs.filter((job) => job.queue === queue);
        for (let start = 0; start < own.length; start += addedAtATimeMax) {
          const some = own.slice(start, start + addedAtATimeMax);
          await queues[queue].addBulk(some.map(({ name, data, options }) => ({ name, data, opts: options })));
        }
      }
    },
    async schedule(queue, id, repeat, template) {
      await queues[queue].upsertJobScheduler(id, repeat, {
        name: template.name,
        data: template.data,
        opts: template.options,
      });
    },
    async schedules(queue) {
      const found = await queues[queue].getJobSchedulers();
      return found.map(({ key, every, pattern, tz, next, template }): Scheduled => ({
        id: key,
        repeat: pattern === undefined ? (every === undefined ? null : { every }) : { pattern, tz: tz ?? '' },
        data: template?.data,
        nextMs: next ?? Number.POSITIVE_INFINITY,
      }));
    },
    async unschedule(queue, id) {
      return await queues[queue].removeJobScheduler(id);
    },
    async counts(queue) {
      return await queues[queue].getJobCounts();
    },
    async startWorker(queue, processor, settings) {
      const worker = new classes.Worker<unknown>(nameOf(queue), processor, {
        ...shared,
        concurrency: settings.concurrency,
        lockDuration: settings.lockMs,
        stalledInterval: settings.lockMs,
        maxStalledCount: settings.maxStalledCount,
        runRetryDelay: settings.reconnectMs,
      }).on('error', settings.onError);
      await worker.waitUntilReady();
      return { close: async () => await worker.close() };
    },
    async close() {
      await Promise.all(queueNames.map(async (queue) => await queues[queue].close()));
      await connection.close();
    },
  };
}
