import { collectCloudTrail, eventNamesFor } from '@ecr-audit/aws';
import { assertOwnAccount } from './assert-own-account.ts';
import type { CollectContext, CollectOutcome } from './context.ts';
import { saveCollection } from './save-collection.ts';

/**
 * Reads the CloudTrail events of a region within a frozen window (ISO times) and keeps them as parts and gaps of the
 * scan, all or nothing. Takes half a second and more for each event name.
 */
export async function collectCloudTrailJob(
  context: CollectContext,
  work: {
    readonly scanId: string;
    readonly accountId: string;
    readonly region: string;
    readonly windowStart: string;
    readonly windowEnd: string;
    readonly isHomeRegion: boolean;
    readonly isEcrRead: boolean;
  },
): Promise<CollectOutcome> {
  const { scanId, accountId, region } = work;
  assertOwnAccount(context, accountId);
  const collection = await collectCloudTrail(context.session, accountId, region, {
    startTime: new Date(work.windowStart),
    endTime: new Date(work.windowEnd),
    eventNames: eventNamesFor({ isHomeRegion: work.isHomeRegion, isEcrRead: work.isEcrRead }),
  });
  return await saveCollection(context.store, { scanId, step: `cloudtrail:${accountId}:${region}`, collection });
}
