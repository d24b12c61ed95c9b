import type { EvaluationLimit } from '../answer.ts';

/** What an answer may rest on that the evaluator could not settle, or settled by a rule that AWS documents poorly. */
export const LIMITS = {
  organizationNotCollected: 'the organization was not collected: its SCPs and RCPs are not applied',
  organizationUnread: 'the SCPs and RCPs above this account could not be read',
  levelWithoutScp:
    'no SCP is attached at a level of the organization, which AWS does not allow: perhaps not all were collected',
  identityUnread: 'the identity policies of this principal could not be read',
  outsidePrincipal: "the principal's account is not in the snapshot: what its own policies allow is not known",
  policyUnread: 'a policy that is attached to this principal is not in the snapshot',
  repositoryPolicyUnread: 'the repository policy could not be read',
  repositoryTagsUnread: 'the tags of the repository could not be read',
  registryPolicyUnread: 'the registry policy could not be read',
  registryScopeAssumed: 'the registry policy scope could not be read: V2 is assumed',
  registryPolicyScopeV2:
    'the registry policy decides in scope V2, whose union with identity policies AWS documents poorly',
  outsideRegistry: "the registry's account is not in the snapshot: what its policies allow is not known",
  repositoryNotInSnapshot: 'no such repository is in the snapshot: it is taken as one without policy and tags',
  noRepositoryNamed: 'the request names no repository: only statements about every repository (`*`) apply',
  tokenHasNoResource: '`ecr:GetAuthorizationToken` takes no repository: it is evaluated with the resource `*`',
  registryActionHasNoResource: 'this action takes no repository: it is evaluated with the resource `*`',
  documentProblem: 'a policy document that has a say here cannot be read in full',
  ambiguousTagKeys: 'two tags differ only in case: condition keys cannot tell them apart',
  regionNotGiven: 'the question names no region: what depends on it stays open',
  sessionTags: 'it rests on the tags of the role: tags passed with a session could add to them or replace them',
  shortResourcePattern:
    'a resource pattern has fewer than six segments: which of them its `*` covers is not documented',
  notPrincipal: '`NotPrincipal` decides, which AWS documents poorly',
  severalValuesWithoutSetOperator: 'a key with several values is compared without `ForAllValues` or `ForAnyValue`',
  directGrantPastBoundary:
    'a resource policy grants past the permissions boundary or session policy: measured on S3, not on ECR',
  rootUser: 'root user: allowed by default, which is documented for IAM and not for ECR in particular',
  tokenRcps: 'the RCPs of the caller’s own account are applied to an action without a resource',
} as const;

export type LimitCode = keyof typeof LIMITS;

/** The limits in the order of their codes, each once. */
export function limitsOf(codes: Iterable<LimitCode>): EvaluationLimit[] {
  return [...new Set(codes)].toSorted().map((code) => ({ code, message: LIMITS[code] }));
}

/** All limits of several answers in the order of their codes, each once. */
export function mergeLimits(...lists: readonly (readonly EvaluationLimit[])[]): EvaluationLimit[] {
  const byCode = new Map(lists.flat().map((limit) => [limit.code, limit]));
  return [...byCode.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
