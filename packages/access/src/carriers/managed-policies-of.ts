import { readPart } from '../snapshot/read-part.ts';
import type { SnapshotPart } from '../snapshot/part.ts';
import { authorizationDetailsSchema } from '../snapshot/schemas.ts';
import type { ManagedPolicyDocument } from './carrier.ts';

const IAM_DETAILS = /^accounts\/(\d{12})\/account-authorization-details\.json$/;

/** A managed policy as it is in force in some accounts of a snapshot. */
export interface SnapshotPolicy extends ManagedPolicyDocument {
  /** Those that had this version when they were read. */
  readonly accountIds: readonly string[];
}

/**
 * The managed policies of a snapshot, customers' and AWS's, by their default version: one whose version differs between
 * accounts, because AWS changed it meanwhile, is listed once for each.
 *
 * @throws SnapshotFormatError where a file is malformed.
 */
export function managedPoliciesOf(parts: readonly SnapshotPart[]): SnapshotPolicy[] {
  const found = new Map<string, { readonly policy: ManagedPolicyDocument; readonly accountIds: string[] }>();
  for (const part of parts) {
    const accountId = IAM_DETAILS.exec(part.path)?.[1];
    if (accountId === undefined) {
      continue;
    }
    for (const policy of readPart(part, authorizationDetailsSchema).Policies) {
      const version =
        policy.PolicyVersionList.find(({ VersionId }) => VersionId === policy.DefaultVersionId) ??
        policy.PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion === true);
      if (version === undefined) {
        continue;
      }
      const key = `${policy.Arn} ${version.VersionId}`;
      const known = found.get(key);
      if (known === undefined) {
        const { Arn: arn, PolicyName: name } = policy;
        const carrier = { arn, name, version: version.VersionId, document: version.Document };
        found.set(key, { policy: carrier, accountIds: [accountId] });
      } else {
        known.accountIds.push(accountId);
      }
    }
  }
  return [...found.values()]
    .map(({ policy, accountIds }) => ({ ...policy, accountIds }))
    .toSorted((a, b) => (a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0));
}
