import { GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import type { CollectionGap, ManagedPolicyDocument } from '@ecr-audit/access';
import pLimit from 'p-limit';

import { attempt, isPassingGap } from '../attempt.ts';
import { callerIdentity } from '../caller-identity.ts';
import { decodePolicyDocument } from '../decode-policy-document.ts';
import { AwsError } from '../errors.ts';
import { requiredMember } from '../required-member.ts';
import type { AwsSession } from '../session.ts';
import { listPolicies } from './list-policies.ts';
import type { ListedPolicyVersion } from './list-policies.ts';
import { PolicyCache } from './policy-cache.ts';

// The pace of IAM is ten calls a second; more at once would only wait.
const callsAtATime = 10;
// A role without the permission is denied every policy: after some that say nothing else, asking 1,500 times would take minutes.
const deniedInARowMax = 10;

const versionSource = 'iam:GetPolicyVersion';

export interface ManagedPoliciesOptions {
  /** Where documents are kept from one run to the next; made where it is missing. */
  readonly cacheDirectory: string;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface ManagedPoliciesReading {
  /** By ARN. */
  readonly policies: readonly ManagedPolicyDocument[];
  /** One for each policy whose document could not be read; it is in no list, and may say anything. */
  readonly gaps: readonly CollectionGap[];
  readonly counts: { readonly listed: number; readonly cached: number; readonly read: number };
  /** Why documents could not be kept; null where they could. */
  readonly cacheProblem: string | null;
}

/**
 * Reads the policies that AWS manages, in their default versions: one call for a thousand of them, and one for each whose version
 * is not in the cache.
 *
 * Throws an `AwsError` where the credentials do not work, and `callFailed` where the policies cannot be listed: what is left
 * of a list says nothing of what it lacks.
 */
export async function readManagedPolicies(
  session: AwsSession,
  { cacheDirectory, onProgress }: ManagedPoliciesOptions,
): Promise<ManagedPoliciesReading> {
  const { accountId } = await callerIdentity(session);
  const listing = await listPolicies(session, accountId);
  if (listing.kind === 'gap') {
    throw new AwsError('callFailed', listing.gap.message, { retryable: isPassingGap(listing.gap) });
  }
  const { policies: listed, endpoint } = listing.value;
  const cache = new PolicyCache(cacheDirectory);
  const counts = { listed: listed.length, cached: 0, read: 0 };
  const gaps: CollectionGap[] = [];
  const limit = pLimit(callsAtATime);
  let done = 0;
  let deniedInARow = 0;
  const readOne = async (policy: ListedPolicyVersion): Promise<ManagedPolicyDocument[]> => {
    const key = { endpoint, arn: policy.arn, version: policy.version };
    const kept = await cache.find(key);
    if (kept !== null) {
      counts.cached += 1;
      return [{ ...policy, document: decodePolicyDocument(kept) }];
    }
    const place = { accountId, region: null, source: versionSource, resource: policy.arn };
    if (deniedInARow >= deniedInARowMax) {
      const message = `cannot read ${versionSource} of \`${policy.arn}\`: not asked, because ${deniedInARowMax} others in a row were denied`;
      gaps.push({ ...place, reason: 'accessDenied', message });
      return [];
    }
    const answer = await attempt(session, place, () => documentOf(session, policy));
    deniedInARow = answer.kind === 'gap' && answer.gap.reason === 'accessDenied' ? deniedInARow + 1 : 0;
    if (answer.kind === 'gap') {
      gaps.push(answer.gap);
      return [];
    }
    counts.read += 1;
    await cache.keep(key, answer.value);
    return [{ ...policy, document: decodePolicyDocument(answer.value) }];
  };
  const read = await Promise.all(
    listed.map((policy) =>
      limit(async () => {
        const found = await readOne(policy);
        done += 1;
        onProgress?.({ done, total: listed.length });
        return found;
      }),
    ),
  );
  return {
    policies: read.flat(),
    gaps: gaps.toSorted((a, b) => ((a.resource ?? '') < (b.resource ?? '') ? -1 : 1)),
    counts,
    cacheProblem: cache.writeProblem,
  };
}

/** The text of a document as IAM answers it. */
async function documentOf(session: AwsSession, { arn, version }: ListedPolicyVersion): Promise<string> {
  const { PolicyVersion } = await session.iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }));
  const { Document, VersionId } = requiredMember('PolicyVersion', PolicyVersion);
  // Kept under the version that was asked for, so it must be that one.
  requiredMember(`VersionId\` of \`${version}`, VersionId === version ? VersionId : undefined);
  return requiredMember('Document', Document);
}
