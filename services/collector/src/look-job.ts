import { homeRegion } from '@ecr-audit/aws';
import type { ActivityPayload, Try } from '@ecr-audit/jobs';
import { collectActivityJob, type ActivityOutcome } from './activity/collect-activity-job.ts';
import { collectLastAccessedJob } from './activity/collect-last-accessed-job.ts';
import type { CollectorContext } from './context.ts';
import { withLease } from './with-lease.ts';

/** What a look at a place found, for metrics. */
export interface Look {
  readonly accountId: string;
  readonly region: string;
  readonly outcome: ActivityOutcome;
}

/**
 * Reads what happened in one account and region since the last look, or what IAM says was used in an account.
 *
 * INVARIANT: LookupEvents has two requests a second in an account and region, whoever asks. So one job in the fleet asks at a time.
 */
export async function lookJob(
  context: CollectorContext,
  work: ActivityPayload,
  { attempt, onLook }: { readonly attempt: Try; readonly onLook: (look: Look) => void },
): Promise<void> {
  const { store, queues, reach, now } = context;
  const { signal } = attempt;
  const { accountId } = work;
  const key = work.source === 'activity' ? `activity:${accountId}:${work.region}` : `lastAccessed:${accountId}`;
  const { lockMs: leaseMs, backoffMs: retryMs } = queues.timing;
  await withLease(store, { key, leaseMs, retryMs, signal }, async () => {
    const session = context.sessions.open(accountId);
    if (work.source === 'lastAccessed') {
      const { gaps } = await collectLastAccessedJob({ store, session }, { accountId, now: now(), signal });
      context.onGaps(gaps);
      return;
    }
    const { region, isManagementAccount, isEcrRead } = work;
    const { partition } = reach.fleet.caller;
    const outcome = await collectActivityJob(
      { store, session },
      {
        accountId,
        partition,
        region,
        isHomeRegion: region === homeRegion(partition),
        isManagementAccount,
        isEcrRead,
        now: now(),
        signal,
      },
    );
    context.onGaps(outcome.gaps);
    onLook({ accountId, region, outcome });
  });
}
