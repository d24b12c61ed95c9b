import type { CollectionGap } from '@ecr-audit/access';
import { AwsError } from '@ecr-audit/aws';
import type { CollectPayload } from '@ecr-audit/jobs';
import { markScanFailed, saveGaps, type Store } from '@ecr-audit/store';
import { collectCloudTrailJob } from './collect-cloudtrail-job.ts';
import { collectEcrJob } from './collect-ecr-job.ts';
import { collectIamJob } from './collect-iam-job.ts';
import type { CollectContext, CollectOutcome } from './context.ts';

/** Runs the handler of one step. */
export async function collectStep(context: CollectContext, payload: CollectPayload): Promise<CollectOutcome> {
  switch (payload.step) {
    case 'iam':
      return await collectIamJob(context, payload);
    case 'ecr':
      return await collectEcrJob(context, payload);
    case 'cloudtrail':
      return await collectCloudTrailJob(context, payload);
    default:
      return payload satisfies never;
  }
}

/**
 * Records that a step will never be collected.
 *
 * What stops the step alone becomes a gap, and the rest of the scan is evaluated. What is wrong with the credentials
 * or the endpoint stops every step alike: the scan fails with that reason, and nothing is concluded from it.
 */
export async function giveUpCollectStep(store: Store, payload: CollectPayload, cause: Error): Promise<void> {
  const { scanId, accountId } = payload;
  if (cause instanceof AwsError) {
    await markScanFailed(store.sql, scanId, cause.message);
    return;
  }
  const region = payload.step === 'iam' ? null : payload.region;
  const source = sourceOf[payload.step];
  const gap: CollectionGap = {
    accountId,
    region,
    source,
    resource: null,
    reason: 'failed',
    message: `cannot read ${source}: the job was given up: ${cause.message}`,
  };
  const step = [payload.step, accountId, ...(region === null ? [] : [region])].join(':');
  await saveGaps(store.sql, { scanId, step, gaps: [gap] });
}

/** The call without which a step has nothing: its gap says the same as if that call had failed. */
const sourceOf: Readonly<Record<CollectPayload['step'], string>> = {
  iam: 'iam:GetAccountAuthorizationDetails',
  ecr: 'ecr:DescribeRepositories',
  cloudtrail: 'cloudtrail:LookupEvents',
};
