import type { BitSet } from '../bit-set.ts';
import type { Capability } from '../ecr/capabilities.ts';
import type { EvaluatedRepository } from '../evaluate/evaluate-snapshot.ts';
import type { PrincipalRef } from '../principal.ts';
import type { Right } from './evidence.ts';
import type { Absence, Period } from './judge-absence.ts';
import type { PolicyFindings } from './policy-findings.ts';
import type { Use } from './use-index.ts';

/** What is granted, what of it was used, and what not, as far as that was seen. */
export interface OverPermissionReport {
  readonly period: Period;
  /** Bit `i` of every set is the repository at `i`. */
  readonly repositories: readonly ReportedRepository[];
  /** By what matters: unused push and administration of production first. */
  readonly principals: readonly PrincipalUse[];
  /** Users and roles that used something and are not there any more. */
  readonly gone: readonly GoneUser[];
  /** What policies say in vain; null where it was not asked. */
  readonly policies: PolicyFindings | null;
  /** Whose rights no policy of theirs can take away. */
  readonly leftOut: { readonly rootUsers: number; readonly serviceLinkedRoles: number };
}

export interface ReportedRepository extends EvaluatedRepository {
  readonly isProduction: boolean;
}

export interface PrincipalUse {
  readonly principal: PrincipalRef;
  readonly findings: readonly OverPermissionFinding[];
  /** The latest use of anything that was seen; null where nothing was. */
  readonly lastUsedMs: number | null;
  /** On how many repositories of production it holds push, administer or delete without using it. */
  readonly unusedOnProduction: number;
  /** Those that are held at all, in the order of the capabilities and of the actions. */
  readonly capabilities: readonly RightUse[];
  readonly actions: readonly RightUse[];
  readonly registryActions: readonly RegistryRightUse[];
  readonly unusable: readonly UnusableGrant[];
}

export type OverPermissionFinding =
  /** Holds capabilities and used none of them. */
  | 'neverUses'
  | 'neverPushes'
  | 'neverDeletes'
  | 'neverAdministers'
  /** Stands outside of the accounts that were read, and used nothing. */
  | 'outsideNeverUses'
  /** Holds the parts of a capability that cannot be used. */
  | 'cannotUse';

/** One right on repositories. `used` and the sets of `absent` do not meet, and come to `granted`. */
export interface RightUse {
  readonly right: Right;
  readonly granted: BitSet;
  /** Those of `granted` where it depends on a condition or could not be settled. */
  readonly uncertain: BitSet;
  readonly used: readonly UsedRepository[];
  readonly absent: readonly AbsentUse[];
}

export interface UsedRepository extends Use {
  readonly index: number;
}

export interface AbsentUse {
  readonly absence: Absence;
  readonly set: BitSet;
}

/** An action of registries, which has no repository. */
export interface RegistryRightUse {
  readonly right: Right;
  readonly places: readonly {
    readonly accountId: string;
    readonly region: string;
    readonly use: (Use & { readonly kind: 'used' }) | Absence;
  }[];
}

export interface UnusableGrant {
  readonly capability: Capability;
  /** `noToken`: without ecr:GetAuthorizationToken Docker cannot log in. `partsMissing`: other actions that it takes are denied. */
  readonly reason: 'noToken' | 'partsMissing';
  readonly missing: readonly string[];
  readonly set: BitSet;
}

export interface GoneUser {
  readonly key: string;
  readonly accountId: string | null;
  readonly arn: string | null;
  readonly lastUsedMs: number;
  readonly events: number;
  /** The principal that has its ARN now. */
  readonly replacedBy: PrincipalRef | null;
}
