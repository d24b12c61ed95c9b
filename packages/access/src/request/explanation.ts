import type { Decision, GateName, Residual } from '@ecr-audit/policy';
import type { AccessAnswer, Reason } from '../answer.ts';
import type { PrincipalKind } from '../principal.ts';

/** How a policy comes to have a say in a request. `group` is an ARN, `id` that of the organization's level. */
export type Attachment =
  | { readonly kind: 'direct' }
  | { readonly kind: 'inline' }
  | { readonly kind: 'group'; readonly group: string; readonly isInline: boolean }
  | { readonly kind: 'boundary' }
  | { readonly kind: 'session' }
  | {
      readonly kind: 'scp' | 'rcp';
      readonly level: 'root' | 'ou' | 'account';
      readonly id: string;
      readonly name: string;
    }
  | { readonly kind: 'repository'; readonly repository: string }
  | { readonly kind: 'registry'; readonly accountId: string; readonly region: string | null };

/**
 * Who can change a policy: AWS, an account, the principal or group that an inline policy is part of, the organization,
 * or whoever asks, for a session policy. `id` is an account id, an ARN or the id of the organization.
 */
export interface PolicyOwner {
  readonly kind: 'aws' | 'account' | 'principal' | 'group' | 'organization' | 'asker';
  readonly id: string | null;
}

/** A policy of a gate, whether one of its statements applies or none. */
export interface ExplainedPolicy {
  readonly policy: string;
  readonly policyType: Reason['policyType'];
  readonly owner: PolicyOwner;
  readonly attachment: Attachment;
}

/** A statement that applies, with the condition under which it does; null where it does in any case. */
export interface ExplainedStatement extends Reason {
  /** Null where it has none. */
  readonly sid: string | null;
  /** Its place in the document, from 0. */
  readonly index: number;
  readonly owner: PolicyOwner;
  readonly attachment: Attachment;
  /**
   * How a resource policy names the caller, null elsewhere. `direct` grants by itself, `role` within boundary and
   * session policy; `account` leaves it to the account's identity policies.
   */
  readonly names: 'direct' | 'role' | 'account' | null;
  /** It is about everyone whom its `NotPrincipal` does not list. */
  readonly isNotPrincipal: boolean;
  readonly condition: string | null;
  readonly residual: Residual | null;
  /** Its conditions as they are written, whether the request is known to meet them or not; null where it has none. */
  readonly writtenCondition: string | null;
  /** Whether it is one of the reasons of the answer. */
  readonly decides: boolean;
}

/** Something that has a say and was not read; `why` is what the collector noted, null where it noted nothing. */
export interface UnreadSource {
  readonly what: string;
  readonly why: string | null;
}

/** What one gate says. */
export interface ExplainedGate {
  readonly gate: GateName;
  readonly label: string;
  /** `noAllow` too where an Allow only names the caller's own account, which leaves it to the identity policies. */
  readonly verdict: 'allows' | 'allowsConditionally' | 'noAllow' | 'denies' | 'deniesConditionally' | 'notRead';
  /** Whether the decision rests on this gate. */
  readonly decides: boolean;
  /** Whether an Allow is needed here and there is none. */
  readonly lacksAllow: boolean;
  readonly policies: readonly ExplainedPolicy[];
  readonly statements: readonly ExplainedStatement[];
  /** Where an Allow is missing: those that would apply, were the conditions met under which they do. */
  readonly unmet: readonly ExplainedStatement[];
  readonly unread: readonly UnreadSource[];
}

/** A gate without a say, and why it has none. */
export interface AbsentGate {
  readonly gate: GateName;
  readonly reason: string;
}

export interface ExplainedAction {
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
  readonly condition: string | null;
  /** In one account either side may allow; across accounts both must. */
  readonly isSameAccount: boolean;
  readonly gates: readonly ExplainedGate[];
  readonly absentGates: readonly AbsentGate[];
}

/** A condition key that the question states. */
export interface GivenKey {
  readonly key: string;
  /** Null where the question states that the key is absent. */
  readonly values: readonly string[] | null;
  /** Whether any statement that was weighed asks for it; a misspelt key never is asked for. */
  readonly isAsked: boolean;
}

/** An answer with the way that led to it. `actions` has one entry, or one for each action of a capability. */
export interface Explanation extends AccessAnswer {
  readonly principal: string;
  readonly principalKind: PrincipalKind;
  readonly action: string;
  /** Whether a capability needs all of its actions or any one; null for a single action. */
  readonly needs: 'all' | 'any' | null;
  readonly resource: string;
  /** Null where the question is about `*` and names none. */
  readonly region: string | null;
  /** The residual in words; null where the decision is settled. */
  readonly condition: string | null;
  /** The condition keys that are left open: stating them in the question decides more. */
  readonly openKeys: readonly string[];
  readonly given: readonly GivenKey[];
  /** Repositories with a name like the one asked about, where the snapshot does not have that one. */
  readonly similarRepositories: readonly string[];
  readonly actions: readonly ExplainedAction[];
  /** What the answer takes for granted about the request. */
  readonly assumptions: readonly string[];
}
