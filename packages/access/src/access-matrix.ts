import type { AccessAnswer, Reason } from './answer.ts';
import type { BitSet } from './bit-set.ts';
import type { PrincipalRef } from './principal.ts';

/**
 * What one principal may do: disjoint sets of repositories with one profile each, and the registries of its account.
 *
 * Equal sets, profiles and answers are the same object throughout one evaluation.
 */
export interface PrincipalAccess {
  readonly principal: PrincipalRef;
  readonly repositories: readonly RepositoryAccess[];
  readonly registries: readonly RegistryAccess[];
}

export interface RepositoryAccess {
  /** Bit `i` is the repository with index `i` in the list of the evaluation. */
  readonly set: BitSet;
  readonly profile: AccessProfile;
}

export interface RegistryAccess {
  readonly accountId: string;
  readonly region: string;
  readonly profile: AccessProfile;
}

/**
 * What is the same wherever it holds: the answer to each action and capability.
 *
 * The reasons are relative to the cell: see `resolveReasons`. An action that is missing is denied.
 */
export interface AccessProfile {
  readonly answers: ReadonlyMap<string, AccessAnswer>;
}

/**
 * Stands at the beginning of a reason's policy for the ARN of the principal whose cell it is. A name that begins with
 * such a sign by itself has it twice.
 */
export const PRINCIPAL = '@principal';
/** Stands for the ARN of the repository whose cell it is. */
export const REPOSITORY = '@repository';

/** The reasons of one cell, from those of its profile. */
export function resolveReasons(
  reasons: readonly Reason[],
  cell: { readonly principalArn: string; readonly repositoryArn: string | null },
): Reason[] {
  return reasons.map((reason) => ({ ...reason, policy: resolvePolicy(reason.policy, cell) }));
}

function resolvePolicy(
  policy: string,
  { principalArn, repositoryArn }: { readonly principalArn: string; readonly repositoryArn: string | null },
): string {
  if (policy.startsWith('@@')) {
    return policy.slice(1);
  }
  if (policy.startsWith(PRINCIPAL)) {
    return `${principalArn}${policy.slice(PRINCIPAL.length)}`;
  }
  return policy === REPOSITORY && repositoryArn !== null ? repositoryArn : policy;
}
