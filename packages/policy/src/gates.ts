import type { PolicyDocument } from './document.ts';
import type { Readable } from './problem.ts';

/** A policy document with the words that an explanation needs to name it. `Type` is the caller's own list of kinds. */
export interface PolicySource<Type extends string> {
  readonly policyType: Type;
  /** ARN or name. */
  readonly policy: string;
  /** How it reaches the principal or resource: `attached`, a group, a level of the organization. */
  readonly via: string;
  readonly document: Readable<PolicyDocument>;
}

/**
 * The documents of one gate. `unread` names what could not be collected and might hold further statements: it may
 * allow and it may deny.
 */
export interface PolicySet<Type extends string> {
  readonly sources: readonly PolicySource<Type>[];
  readonly unread: readonly string[];
}

/** The SCPs attached at one level of the organization: the root, one organizational unit, or the account. */
export interface OrganizationLevel<Type extends string> {
  readonly label: string;
  readonly policies: PolicySet<Type>;
}

/**
 * What the caller's own side brings.
 *
 * `policies`: identity policies. `everything`: the account's root user, allowed unless something denies.
 * `nothing`: an AWS service, which has no identity side and needs none.
 */
export type CallerSide<Type extends string> =
  | { readonly kind: 'policies'; readonly policies: PolicySet<Type> }
  | { readonly kind: 'everything' }
  | { readonly kind: 'nothing' };

/**
 * Every policy that has a say in one request. Null gates do not apply to it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export interface Gates<Type extends string> {
  readonly isSameAccount: boolean;
  readonly caller: CallerSide<Type>;
  readonly permissionsBoundary: PolicySet<Type> | null;
  readonly sessionPolicies: PolicySet<Type> | null;
  /** From the root down to the account of the caller. */
  readonly scpLevels: readonly OrganizationLevel<Type>[] | null;
  /** All RCPs above the resource's account, and on it. They only deny. */
  readonly rcps: PolicySet<Type> | null;
  /** The resource's own policies. */
  readonly resourcePolicies: PolicySet<Type>;
  /** False for actions that only an identity policy can allow: then the resource's policies can only deny. */
  readonly resourceMayAllow: boolean;
}
