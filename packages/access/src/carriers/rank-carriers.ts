import type { SnapshotPart } from '../snapshot/part.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { type Carrier, carrierOf, type ManagedPolicyDocument } from './carrier.ts';
import { boundariesOf, type FreedPrincipals, freedBy, holdersOf, type Power, type TakenPolicy } from './freed-by.ts';
import { managedPoliciesOf } from './managed-policies-of.ts';

/** A managed policy with those who hold it in a snapshot. */
export interface HeldCarrier extends Carrier {
  /** How many users and roles hold it, themselves or through a group. */
  readonly principals: number;
  /** How many have it as their permissions boundary, where it brings nothing. */
  readonly boundaries: number;
  readonly freed: FreedPrincipals;
}

/**
 * What each managed policy of a snapshot says of ECR, who holds it, and who would be freed by taking it away; the one that frees
 * most comes first, `by` any right of ECR or one of the powers.
 *
 * `documents` stand in place of the snapshot's own policies: any list, of which those that nobody holds are listed too.
 */
export function rankCarriers(
  snapshot: Snapshot,
  parts: readonly SnapshotPart[],
  { documents, by = 'ecr' }: { readonly documents?: readonly ManagedPolicyDocument[]; readonly by?: Power } = {},
): HeldCarrier[] {
  const accountIds = [...snapshot.accounts.keys()];
  const policies = documents?.map((document) => ({ ...document, accountIds })) ?? managedPoliciesOf(parts);
  const carriers = policies.map(carrierOf);
  // A policy that allows nothing of ECR frees nobody, so nobody is evaluated without it.
  const bringing = policies.filter((_, index) => (carriers[index]?.allows.length ?? 0) > 0);
  const freed = new Map<TakenPolicy, FreedPrincipals>();
  for (const [index, each] of freedBy(snapshot, bringing).entries()) {
    const policy = bringing[index];
    if (policy !== undefined) {
      freed.set(policy, each);
    }
  }
  return carriers
    .flatMap((carrier, index): HeldCarrier[] => {
      const policy = policies[index];
      return policy === undefined
        ? []
        : [
            {
              ...carrier,
              principals: holdersOf(snapshot, policy).length,
              boundaries: boundariesOf(snapshot, policy),
              freed: freed.get(policy) ?? NOBODY,
            },
          ];
    })
    .toSorted(
      (a, b) =>
        b.freed[by].length - a.freed[by].length ||
        b.principals - a.principals ||
        (a.arn < b.arn ? -1 : Number(a.arn > b.arn)),
    );
}

const NOBODY: FreedPrincipals = { ecr: [], push: [], administer: [], delete: [], pull: [] };
