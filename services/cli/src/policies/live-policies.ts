import type { CollectionGap, ManagedPolicyDocument } from '@ecr-audit/access';
import { readManagedPolicies } from '@ecr-audit/aws';
import type { CommandContext } from '../context.ts';
import { type CredentialOptions, openAwsSession } from '../options/aws-options.ts';
import { counted } from '../report/counted.ts';
import { userPath } from '../terminal/paths.ts';
import { defaultCacheDirectory } from './cache-directory.ts';

export interface LivePolicies {
  readonly documents: readonly ManagedPolicyDocument[];
  /** One for each policy that could not be read. */
  readonly gaps: readonly CollectionGap[];
}

/** The policies that AWS manages, read from AWS and from what earlier runs kept. */
export async function livePolicies(
  context: CommandContext,
  options: CredentialOptions & { readonly cache?: string | undefined },
): Promise<LivePolicies> {
  const { lifecycle, progress } = context;
  const session = await openAwsSession(options);
  lifecycle.defer('properEnd', () => session.close());
  progress.update('listing the policies of AWS');
  const { policies, gaps, counts, cacheProblem } = await readManagedPolicies(session, {
    cacheDirectory: options.cache === undefined ? defaultCacheDirectory() : userPath(options.cache),
    onProgress: ({ done, total }) => progress.update('reading the policies of AWS', `(${done} of ${total})`),
  });
  progress.note(
    `${counted(counts.listed, 'policy', 'policies')} of AWS: ${counts.cached} kept from earlier, ${counts.read} read`,
  );
  if (cacheProblem !== null) {
    progress.note(`not kept for the next time: ${cacheProblem}`);
  }
  return { documents: policies, gaps };
}
