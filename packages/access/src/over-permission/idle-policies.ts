import type { Snapshot } from '../snapshot/model.ts';
import { idleIdentityPolicies } from './idle-identity-policies.ts';
import type { IdlePolicies } from './idle-policy.ts';
import { idleRepositoryPolicies } from './idle-repository-policies.ts';

/**
 * Whole policies that add nothing to anybody's access to ECR: of users, roles, groups and repositories.
 *
 * Each can be taken away alone; of two that cover each other, only one. What is not told apart stays out of the list.
 */
export function idlePolicies(snapshot: Snapshot): IdlePolicies {
  const identity = idleIdentityPolicies(snapshot);
  const repository = idleRepositoryPolicies(snapshot);
  return {
    found: [...identity.found, ...repository.found].toSorted(
      (a, b) => b.owners.length - a.owners.length || (a.policy < b.policy ? -1 : Number(a.policy > b.policy)),
    ),
    notKnown: identity.notKnown + repository.notKnown,
  };
}
