import type { CollectionGap } from '@ecr-audit/access';
import { AwsError } from '@ecr-audit/aws';
import { type CollectPayload, type Queues } from '@ecr-audit/jobs';
import { finishStep, markScanFailed, openSteps, type ScanStep, type Store } from '@ecr-audit/store';
import { addOpenWork } from './add-open-work.ts';
import { CollectorError } from './errors.ts';

/**
 * Records that what a job still had to read will never be read.
 *
 * What stops the job alone becomes gaps, and the rest of the scan is evaluated. What is wrong with the credentials
 * or the endpoint stops every job alike: the scan fails with that reason, and nothing is concluded from it. So it does where
 * the organization cannot be read at all, for then it is not known which accounts there are.
 */
export async function giveUpCollect(
  context: { readonly store: Store; readonly queues: Queues },
  { scanId, accountId }: CollectPayload,
  cause: Error,
): Promise<void> {
  const { store } = context;
  if (cause instanceof AwsError || cause instanceof CollectorError || accountId === null) {
    await markScanFailed(store.sql, scanId, cause.message);
    return;
  }
  await giveUpSteps(store, scanId, await openSteps(store.sql, { scanId, accountId }), cause.message);
  await addOpenWork(context, scanId);
}

/** Gives up everything that a scan still has to read, so that what it did read is evaluated. */
export async function giveUpScan(
  context: { readonly store: Store; readonly queues: Queues },
  { scanId, reason }: { readonly scanId: string; readonly reason: string },
): Promise<void> {
  const { store } = context;
  const steps = await openSteps(store.sql, { scanId });
  if (steps.some(({ source }) => source === 'organization')) {
    await markScanFailed(store.sql, scanId, reason);
    return;
  }
  await giveUpSteps(store, scanId, steps, reason);
  await addOpenWork(context, scanId);
}

async function giveUpSteps(store: Store, scanId: string, steps: readonly ScanStep[], reason: string): Promise<void> {
  for (const step of steps) {
    await finishStep(store, { scanId, step, parts: [], gaps: gapsOf(step, reason), lease: null });
  }
}

/** The call without which a step has nothing: its gap says the same as if that call had failed. */
function gapsOf(step: ScanStep, reason: string): readonly CollectionGap[] {
  const gap = (accountId: string, region: string | null, source: string): CollectionGap => ({
    accountId,
    region,
    source,
    resource: null,
    reason: 'failed',
    message: `cannot read ${source}: the job was given up: ${reason}`,
  });
  switch (step.source) {
    case 'organization':
      return [];
    case 'regions':
      // In which regions there is a registry is not known, so none counts as read.
      return [gap(step.accountId, null, 'account:ListRegions'), gap(step.accountId, null, 'ecr:DescribeRepositories')];
    case 'iam':
      return [gap(step.accountId, null, 'iam:GetAccountAuthorizationDetails')];
    case 'ecr':
      return [gap(step.accountId, step.region, 'ecr:DescribeRepositories')];
    default:
      return step satisfies never;
  }
}
