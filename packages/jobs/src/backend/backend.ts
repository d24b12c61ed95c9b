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
  add(job: NewJob): Promise<void>;
  /** Adds the children and their parent in one step; the parent runs when all children have ended. */
  addFlow(parent: NewJob, children: readonly NewJob[]): Promise<void>;
  schedule(
    queue: QueueName,
    id: string,
    repeat: { readonly every: number } | { readonly pattern: string; readonly tz: string },
    template: { readonly name: string; readonly data: unknown; readonly options: SchedulerJobOptions },
  ): Promise<void>;
  unschedule(queue: QueueName, id: string): Promise<boolean>;
  counts(queue: QueueName): Promise<Readonly<Record<string, number>>>;
  startWorker(queue: QueueName, processor: Processor, settings: WorkerSettings): Promise<RunningWorker>;
  close(): Promise<void>;
}

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
  const queues = { scan: open('scan'), collect: open('collect'), evaluate: open('evaluate') };
  const flows = new classes.FlowProducer(shared).on('error', connection.onError);
  const nodeOf = (job: NewJob) => ({ name: job.name, queueName: nameOf(job.queue), data: job.data, opts: job.options });

  return {
    kind,
    async add(job) {
      await queues[job.queue].add(job.name, job.data, job.options);
    },
    async addFlow(parent, children) {
      await flows.add({ ...nodeOf(parent), children: children.map(nodeOf) });
    },
    async schedule(queue, id, repeat, template) {
      await queues[queue].upsertJobScheduler(id, repeat, {
        name: template.name,
        data: template.data,
        opts: template.options,
      });
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
      await flows.close();
      await Promise.all(queueNames.map(async (queue) => await queues[queue].close()));
      await connection.close();
    },
  };
}
