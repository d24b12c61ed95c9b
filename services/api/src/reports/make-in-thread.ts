import { Worker } from 'node:worker_threads';
import { Problem } from '../http/problem.ts';
import type { ReportJob, ReportKind } from './report-jobs.ts';
import type { ReportOf } from './report-of.ts';
import type { ReportMaker } from './reports.ts';
import type { AskedReport, MadeReport } from './thread-messages.ts';

// The largest organization takes half of it on a slow machine. What takes longer will not end.
const makingMsMax = 10 * 60_000;

interface Waiting {
  readonly settle: (made: MadeReport) => void;
  readonly fail: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Makes reports in a thread of its own, which has its own connections, so that other requests are answered meanwhile.
 *
 * The thread starts with the first report and stays, with the snapshots that it has read. One that dies, or is given up because a
 * report takes too long, is replaced by another for the next report.
 */
export function makeInThread({ databaseUrl }: { readonly databaseUrl: string }): ReportMaker {
  let running: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | null = null;
  let asked = 0;

  const start = (): NonNullable<typeof running> => {
    const worker = new Worker(new URL('thread.ts', import.meta.url), { workerData: { databaseUrl } });
    const waiting = new Map<number, Waiting>();
    const thread = { worker, waiting };
    const end = (error: Error): void => {
      running = running === thread ? null : running;
      for (const { fail, timer } of waiting.values()) {
        clearTimeout(timer);
        fail(error);
      }
      waiting.clear();
    };
    worker.on('message', (made: MadeReport) => {
      const found = waiting.get(made.id);
      waiting.delete(made.id);
      clearTimeout(found?.timer);
      found?.settle(made);
    });
    worker.on('error', end);
    worker.on('exit', () => end(new Problem('tooBusy', 'the making of reports was given up: try again')));
    // A process that has nothing else to do need not wait for it.
    worker.unref();
    running = thread;
    return thread;
  };

  const ask = <Kind extends ReportKind>(job: ReportJob<Kind>): Promise<MadeReport> => {
    const { worker, waiting } = running ?? start();
    asked += 1;
    const id = asked;
    return new Promise((settle, fail) => {
      const timer = setTimeout(() => {
        fail(new Problem('tooBusy', 'the report takes too long: ask for less, or again when less is under way'));
        void worker.terminate();
      }, makingMsMax);
      timer.unref();
      waiting.set(id, { settle, fail, timer });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of ours, which has no origin.
      worker.postMessage({ id, job } satisfies AskedReport<Kind>);
    });
  };

  return {
    make: async <Kind extends ReportKind>(job: ReportJob<Kind>) => {
      const made = await ask(job);
      switch (made.kind) {
        case 'made':
          // What `makeReport` gave for this very kind of job, as it passed between the threads.
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- proving megabytes of it again would take longer than to make it.
          return made.report as ReportOf<Kind>;
        case 'problem':
          throw new Problem(made.code, made.message, made.details);
        case 'failed':
          throw Object.assign(new Error(made.message), { stack: made.stack, code: made.code ?? undefined });
        default:
          return made satisfies never;
      }
    },
    close: async () => {
      await running?.worker.terminate();
    },
  };
}
