import { setTimeout as wait } from 'node:timers/promises';
import { addScan, applySchedules, parseSchedule, type Queues, type WantedSchedule } from '@ecr-audit/jobs';
import {
  idleScans,
  listSchedules,
  markSchedulesApplied,
  wantedScans,
  type Store,
  type StoredSchedule,
} from '@ecr-audit/store';
import { addOpenWork } from './add-open-work.ts';
import { giveUpScan } from './give-up-collect.ts';

const beatMsMax = 5_000;
// A scan of 500 accounts in 17 regions takes hours where AWS throttles; what is not read in twelve will not be.
const overdueMs = 12 * 3_600_000;
// Within two locks every job of a worker that is gone has been taken up by another one.
const locksIdle = 2;

/**
 * Keeps the queues at what Postgres says: the schedules, the scans that people asked for, and the work of scans of which
 * nothing was heard for a while. So nothing is lost with the queues, and the API needs none.
 *
 * Every collector does it; all of it may be done twice. Rejected: to add the jobs where the request is recorded. A request is lost
 * between the two then, and the API would need the queues.
 */
export async function beat(context: {
  readonly store: Store;
  readonly queues: Queues;
  readonly now: () => Date;
  /** Hears of a schedule that this version cannot read. */
  readonly onProblem: (problem: string, error: unknown) => void;
}): Promise<void> {
  const { store, queues, now, onProblem } = context;
  const stored = await listSchedules(store.sql);
  const wanted = stored.flatMap((schedule) => wantedOf(schedule, onProblem));
  await applySchedules(queues, wanted, { now });
  if (stored.some(({ appliedAt }) => appliedAt === null)) {
    await markSchedulesApplied(store.sql, stored);
  }
  for (const { scanId, targetKey } of await wantedScans(store.sql)) {
    await addScan(queues, { scanId, targetKey });
  }
  const idleMs = queues.timing.lockMs * locksIdle;
  for (const { scanId, isOverdue } of await idleScans(store.sql, { idleMs, overdueMs })) {
    if (isOverdue) {
      await giveUpScan(context, { scanId, reason: `not read within ${overdueMs / 3_600_000} hours` });
    } else {
      await addOpenWork(context, scanId);
    }
  }
}

/** Beats until `signal` ends it. A beat that fails is told, and the next one tries again. */
export async function beatUntilStopped(context: Parameters<typeof beat>[0], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await beat(context).catch((error: unknown) => context.onProblem('a beat failed', error));
    // Who is quick to take up the jobs of a worker that is gone is as quick here.
    await wait(Math.min(beatMsMax, context.queues.timing.lockMs), null, { signal }).catch(() => null);
  }
}

function wantedOf(
  { targetKey, source, expression, appliedAt }: StoredSchedule,
  onProblem: (problem: string, error: unknown) => void,
): readonly WantedSchedule[] {
  try {
    const when = { schedule: parseSchedule(expression), wasApplied: appliedAt !== null };
    if (source === 'maintenance') {
      return [{ source, targetKey: null, ...when }];
    }
    return targetKey === null ? [] : [{ source, targetKey, ...when }];
  } catch (error) {
    onProblem(`the schedule \`${source}\` of \`${targetKey}\` cannot be used`, error);
    return [];
  }
}
