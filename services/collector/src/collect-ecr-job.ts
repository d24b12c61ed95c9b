import { collectEcr } from '@ecr-audit/aws';
import { assertOwnAccount } from './assert-own-account.ts';
import type { CollectContext, CollectOutcome } from './context.ts';
import { saveCollection } from './save-collection.ts';

/** Reads the registry of a region and keeps it as parts and gaps of the scan, all or nothing. */
export async function collectEcrJob(
  context: CollectContext,
  work: { readonly scanId: string; readonly accountId: string; readonly region: string },
): Promise<CollectOutcome> {
  const { scanId, accountId, region } = work;
  assertOwnAccount(context, accountId);
  const collection = await collectEcr(context.session, accountId, region);
  return await saveCollection(context.store, { scanId, step: `ecr:${accountId}:${region}`, collection });
}
