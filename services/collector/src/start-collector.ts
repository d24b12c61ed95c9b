import type { CollectionGap } from '@ecr-audit/access';
import { startWorker, type JobEvent, type Queues } from '@ecr-audit/jobs';
import { saveSchedules, saveTargetPlan, type Store } from '@ecr-audit/store';
import { accountSessions } from './account-sessions.ts';
import { beat, beatUntilStopped } from './beat.ts';
import { collectAccountJob } from './collect-account-job.ts';
import { collectOrganizationJob, isUnderWay } from './collect-organization-job.ts';
import type { CollectorContext } from './context.ts';
import { giveUpCollect } from './give-up-collect.ts';
import { isRetryable } from './is-retryable.ts';
import { lookJob, type Look } from './look-job.ts';
import type { Reach } from './open-reach.ts';
import type { CollectorTarget } from './resolve-target.ts';
import type { CollectorSchedules } from './schedules.ts';
import { startLooksJob } from './start-looks-job.ts';
import { giveUpStart, startScanJob } from './start-scan-job.ts';

export interface Collector {
  /** Takes no further job, finishes or gives back those under way, then resolves. The store, queues and sessions stay open. */
  close(): Promise<void>;
}

/**
 * Starts the workers that read AWS, sets up the target with its schedules, and keeps the queues at what Postgres says.
 *
 * Throws `queueSettingInvalid` for a schedule that cannot be read.
 */
export async function startCollector(options: {
  readonly store: Store;
  readonly queues: Queues;
  readonly reach: Reach;
  readonly target: CollectorTarget;
  /** Whether only the account of the credentials is read, or others through their auditor role. */
  readonly scope: 'own' | 'members';
  /** Null where another collector may have said when, and what it said stays. */
  readonly schedules: CollectorSchedules | null;
  readonly accountsAtATime: number;
  readonly now: () => Date;
  readonly onEvent: (event: JobEvent) => void;
  readonly onGaps?: (gaps: readonly CollectionGap[]) => void;
  readonly onLook?: (look: Look) => void;
  readonly onProblem: (problem: string, error: unknown) => void;
}): Promise<Collector> {
  const { store, queues, reach, target, scope, schedules, onEvent, onProblem } = options;
  const context: CollectorContext = {
    store,
    queues,
    reach,
    sessions: accountSessions(reach.fleet, scope),
    now: options.now,
    onGaps: options.onGaps ?? (() => {}),
  };
  await setUp(store, target, schedules);
  await beat({ ...context, onProblem });

  const workers = await Promise.all([
    startWorker(
      queues,
      'scan',
      {
        run: async (work) => {
          const { source, targetKey } = work;
          await (source === 'access' ? startScanJob(context, work) : startLooksJob(context, { source, targetKey }));
        },
        giveUp: async (work, cause) => await giveUpStart(store, work, cause),
        isRetryable,
      },
      { onEvent },
    ),
    startWorker(
      queues,
      'collect',
      {
        run: async ({ scanId, accountId }, attempt) => {
          const targetKey = await isUnderWay(context, scanId);
          if (targetKey !== null) {
            await (accountId === null
              ? collectOrganizationJob(context, { scanId, targetKey }, attempt)
              : collectAccountJob(context, { scanId, targetKey, accountId }, attempt));
          }
        },
        giveUp: async (work, cause) => await giveUpCollect(context, work, cause),
        isRetryable,
      },
      { onEvent, concurrency: options.accountsAtATime },
    ),
    startWorker(
      queues,
      'activity',
      {
        run: async (work, attempt) => await lookJob(context, work, { attempt, onLook: options.onLook ?? (() => {}) }),
        // The holes of what was not read are kept by the look itself.
        giveUp: async () => await Promise.resolve(),
        isRetryable,
      },
      { onEvent },
    ),
  ]);
  const stopping = new AbortController();
  const beating = beatUntilStopped({ ...context, onProblem }, stopping.signal);
  return {
    close: async () => {
      stopping.abort();
      await Promise.all([beating, ...workers.map(async (worker) => await worker.close())]);
    },
  };
}

async function setUp(store: Store, target: CollectorTarget, schedules: CollectorSchedules | null): Promise<void> {
  const { key, name, plan } = target;
  await saveTargetPlan(store.sql, { target: { key, name }, plan });
  if (schedules !== null) {
    const { maintenance, ...own } = schedules;
    await saveSchedules(store.sql, { targetKey: key, schedules: own });
    await saveSchedules(store.sql, {
      targetKey: null,
      schedules: maintenance === undefined ? {} : { maintenance },
    });
  }
}
