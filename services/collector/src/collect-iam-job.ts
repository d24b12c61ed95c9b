import { collectIam } from '@ecr-audit/aws';
import { assertOwnAccount } from './assert-own-account.ts';
import type { CollectContext, CollectOutcome } from './context.ts';
import { saveCollection } from './save-collection.ts';

/** Reads IAM of an account and keeps it as parts and gaps of the scan, all or nothing. */
export async function collectIamJob(
  context: CollectContext,
  work: { readonly scanId: string; readonly accountId: string },
): Promise<CollectOutcome> {
  const { scanId, accountId } = work;
  assertOwnAccount(context, accountId);
  const collection = await collectIam(context.session, accountId);
  return await saveCollection(context.store, { scanId, step: `iam:${accountId}`, collection });
}
