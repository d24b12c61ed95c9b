import type { Gates } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import { TOKEN_ACTION } from '../ecr/capabilities.ts';
import { boundaryOf, callerSide } from './caller-gates.ts';
import { type GatesInput, isCallersOwn, sourceOf } from './gates-input.ts';
import type { LimitCode } from './limits.ts';
import { rcpsAbove, scpLevels } from './organization-gates.ts';
import { resourcePolicies } from './resource-gate.ts';

export type EcrGates = Gates<PolicyType>;

/** The gates of one request, and what is not known about them. */
export interface GatesWithLimits {
  readonly gates: EcrGates;
  readonly limits: readonly LimitCode[];
}

/** Collects every policy of the snapshot that has a say in one request. */
export function gatesFor(input: GatesInput): GatesWithLimits {
  const limits: LimitCode[] = [];
  const gates: EcrGates = {
    isSameAccount: isCallersOwn(input),
    caller: callerSide(input, limits),
    permissionsBoundary: boundaryOf(input, limits),
    sessionPolicies:
      input.sessionPolicies === null
        ? null
        : { sources: input.sessionPolicies.map((named) => sourceOf('session', 'session', named)), unread: [] },
    scpLevels: scpLevels(input, limits),
    rcps: rcpsAbove(input, limits),
    resourcePolicies: resourcePolicies(input, limits),
    resourceMayAllow: !isIdentityOnly(input.action),
  };
  return { gates, limits };
}

/**
 * Actions that only an identity policy can allow.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
 */
export function isIdentityOnly(action: string): boolean {
  return IDENTITY_ONLY_ACTIONS.has(action.toLowerCase());
}

const IDENTITY_ONLY_ACTIONS: ReadonlySet<string> = new Set(
  [
    TOKEN_ACTION,
    'ecr:CreatePullThroughCacheRule',
    'ecr:CreateRepositoryCreationTemplate',
    'ecr:DeleteRepositoryCreationTemplate',
    'ecr:DescribeRepositoryCreationTemplates',
    'ecr:UpdateRepositoryCreationTemplate',
  ].map((action) => action.toLowerCase()),
);
