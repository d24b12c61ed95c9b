import { collectEcr, collectIam, enabledRegions, isPassingGap, type AwsSession, type Collection } from '@ecr-audit/aws';
import { addEvaluation, type Try } from '@ecr-audit/jobs';
import { finishStep, hasOpenSteps, openSteps, type Lease, type ScanStep } from '@ecr-audit/store';
import { atATime } from './at-a-time.ts';
import type { CollectorContext } from './context.ts';
import { readTargetPlan } from './start-scan-job.ts';
import { StepUnfinished } from './step-unfinished.ts';
import { regionSteps } from './target-plan.ts';
import { withLease } from './with-lease.ts';

// Limits are kept per region and service, so regions do not get into each other's way; more would only hold more memory.
const stepsAtATime = 4;

/**
 * Reads what a scan still needs of one account, step by step; each is kept at its end, all or nothing.
 *
 * Nobody else in the fleet scans the account meanwhile. A step that met throttling, a time-out or a server that failed is
 * read again at the next try; what the last try cannot read is kept as a gap.
 */
export async function collectAccountJob(
  context: CollectorContext,
  work: { readonly scanId: string; readonly targetKey: string; readonly accountId: string },
  attempt: Try,
): Promise<void> {
  const { store, queues } = context;
  const { scanId, accountId } = work;
  const { lockMs: leaseMs, backoffMs: retryMs } = queues.timing;
  await withLease(store, { key: `account:${accountId}`, leaseMs, retryMs, signal: attempt.signal }, async (lease) => {
    const session = context.sessions.open(accountId);
    const run = async (steps: readonly ScanStep[]): Promise<void> =>
      await atATime(
        steps,
        stepsAtATime,
        async (step) => await readStep(context, { ...work, session, step, lease, attempt }),
      );
    try {
      await run((await openSteps(store.sql, { scanId, accountId })).filter(isRegions));
      await run((await openSteps(store.sql, { scanId, accountId })).filter((step) => !isRegions(step)));
    } finally {
      await context.sessions.done(accountId, session);
    }
  });
  if (!(await hasOpenSteps(store.sql, scanId))) {
    await addEvaluation(queues, scanId);
  }
}

function isRegions({ source }: ScanStep): boolean {
  return source === 'regions';
}

interface StepWork {
  readonly scanId: string;
  readonly targetKey: string;
  readonly session: AwsSession;
  readonly step: ScanStep;
  readonly lease: Lease;
  readonly attempt: Try;
}

async function readStep(context: CollectorContext, work: StepWork): Promise<void> {
  const { scanId, session, step, lease, attempt } = work;
  // Nothing that would be read now could be kept.
  attempt.signal.throwIfAborted();
  const { parts, gaps, following } = await collected(context, { ...work, session });
  if (!attempt.isLast && gaps.some(isPassingGap)) {
    throw new StepUnfinished(step, gaps);
  }
  await finishStep(context.store, { scanId, step, parts, gaps, following, lease });
  context.onGaps(gaps);
}

async function collected(
  { store }: CollectorContext,
  { targetKey, session, step }: Pick<StepWork, 'targetKey' | 'session' | 'step'>,
): Promise<Collection & { readonly following: readonly ScanStep[] }> {
  switch (step.source) {
    case 'regions': {
      const { fallbackRegions } = await readTargetPlan(store, targetKey);
      const { regions, gaps } = await enabledRegions(session, step.accountId, fallbackRegions);
      return { parts: [], gaps, following: regionSteps(step.accountId, regions) };
    }
    case 'iam':
      return { ...(await collectIam(session, step.accountId)), following: [] };
    case 'ecr':
      return { ...(await collectEcr(session, step.accountId, step.region)), following: [] };
    case 'organization':
      return { parts: [], gaps: [], following: [] };
    default:
      return step satisfies never;
  }
}
