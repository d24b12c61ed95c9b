import type { Decision, Residual } from '@ecr-audit/policy';

export type { Decision, Residual };

/** The kind of policy that a deciding statement stands in. */
export type PolicyType =
  | 'identity'
  | 'permissionsBoundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'repository'
  | 'registry'
  | 'default';

/** A statement that decided. `statement` is its Sid, or its index (`"0"`) where it has none. */
export interface Reason {
  readonly policyType: PolicyType;
  /** ARN of a managed policy; `OWNER ARN#inline:NAME` for an inline one; the resource's ARN for a resource policy. */
  readonly policy: string;
  readonly statement: string;
  readonly effect: 'Allow' | 'Deny';
  /** How the policy reaches the principal: `attached`, `group arn:...`, `root r-1`, `ou ou-1`, `account 1111...`. */
  readonly via: string;
}

/** Something that this answer rests on and that the evaluator could not settle, or settled by a doubtful rule. */
export interface EvaluationLimit {
  readonly code: string;
  readonly message: string;
}

/** One cell of the access matrix with its reasons. `residual` is null when the decision is settled. */
export interface AccessAnswer {
  readonly decision: Decision;
  readonly residual: Residual | null;
  readonly reasons: readonly Reason[];
  readonly limits: readonly EvaluationLimit[];
}

/** Whether an answer is no denial: allowed, under a condition, or unknown. */
export function isAccess({ decision }: Pick<AccessAnswer, 'decision'>): boolean {
  return decision !== 'explicitDeny' && decision !== 'implicitDeny';
}
