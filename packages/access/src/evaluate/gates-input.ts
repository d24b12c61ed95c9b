import type { PolicySet, PolicySource } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import type { NamedDocument, Snapshot } from '../snapshot/model.ts';
import type { Caller } from './caller.ts';
import { NO_ACCOUNT, type Target } from './target.ts';

/** What a question is about, as far as it decides which policies have a say. */
export interface GatesInput {
  readonly snapshot: Snapshot;
  readonly caller: Caller;
  readonly target: Target;
  readonly action: string;
  /** Documents passed to AssumeRole; null for a session without any. */
  readonly sessionPolicies: readonly NamedDocument[] | null;
}

/** The part of it that decides which policies the caller brings. */
export type CallerInput = Pick<GatesInput, 'snapshot' | 'caller'>;

/** The part of it that decides which policies the resource brings. */
export type ResourceInput = Pick<GatesInput, 'snapshot' | 'target' | 'action'>;

/** Whether the question is about the caller's own registry, as that for a token always is. */
export function isCallersOwn({ caller, target }: Pick<GatesInput, 'caller' | 'target'>): boolean {
  return target.accountId === (caller.request.accountId ?? NO_ACCOUNT);
}

export type EcrPolicySet = PolicySet<PolicyType>;
export type EcrPolicySource = PolicySource<PolicyType>;

export function sourceOf(policyType: PolicyType, via: string, named: NamedDocument): EcrPolicySource {
  return { policyType, policy: named.policy, via, document: named.document };
}
