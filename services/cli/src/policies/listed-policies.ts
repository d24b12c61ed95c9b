import {
  type Carrier,
  carrierOf,
  type CollectionGap,
  type FreedPrincipals,
  type ManagedPolicyDocument,
  type Power,
  rankCarriers,
} from '@ecr-audit/access';
import type { CommandContext } from '../context.ts';
import { loadSnapshot, type SnapshotOptions } from '../load-snapshot.ts';
import type { CredentialOptions } from '../options/aws-options.ts';
import { livePolicies } from './live-policies.ts';
import { readPoliciesFile } from './read-policies-file.ts';

/** A managed policy as it is listed. What it does to principals is null where no snapshot was given. */
export interface ListedPolicy extends Carrier {
  readonly principals: number | null;
  readonly boundaries: number | null;
  readonly freed: FreedPrincipals | null;
}

export interface PolicyList {
  /** Read as it is gone through, so that whoever wants the first few waits for no more. */
  readonly policies: Iterable<ListedPolicy>;
  /** One for each policy that could not be read, and is not listed therefore. */
  readonly gaps: readonly CollectionGap[];
}

export interface PoliciesSource extends SnapshotOptions, CredentialOptions {
  readonly policies?: string | undefined;
  readonly live: boolean;
  readonly cache?: string | undefined;
  readonly by: Power;
}

/**
 * The policies of a file, in its order, or those that AWS manages; of a snapshot, the one that frees most first; of both, the
 * former with what they do to the snapshot's principals. Without any, those of the latest scan.
 */
export async function listedPolicies(context: CommandContext, options: PoliciesSource): Promise<PolicyList> {
  const { documents, gaps } = await givenPolicies(context, options);
  const asksDatabase = options.databaseUrl !== undefined || options.data !== undefined || options.target !== undefined;
  if (documents !== null && options.snapshot === undefined && !asksDatabase) {
    return { policies: withoutHolders(documents), gaps };
  }
  const { snapshot, parts } = await loadSnapshot(context, options);
  context.progress.update('evaluating principals without each of their policies');
  const policies = rankCarriers(snapshot, parts, { by: options.by, ...(documents === null ? {} : { documents }) });
  return { policies, gaps };
}

async function givenPolicies(
  context: CommandContext,
  options: PoliciesSource,
): Promise<{ readonly documents: readonly ManagedPolicyDocument[] | null; readonly gaps: readonly CollectionGap[] }> {
  if (options.live) {
    return await livePolicies(context, options);
  }
  return { documents: options.policies === undefined ? null : await readPoliciesFile(options.policies), gaps: [] };
}

function* withoutHolders(documents: Iterable<ManagedPolicyDocument>): Generator<ListedPolicy> {
  for (const document of documents) {
    yield { ...carrierOf(document), principals: null, boundaries: null, freed: null };
  }
}
