import { decide, type GateVerdict, isHopeless, restsOnGap, type Verdict } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import { TOKEN_ACTION } from '../ecr/capabilities.ts';
import type { NamedDocument, Snapshot } from '../snapshot/model.ts';
import { hasAmbiguousTags } from '../snapshot/tags.ts';
import { isBroken } from './broken-statement.ts';
import type { Caller } from './caller.ts';
import { type EcrGates, gatesFor } from './gates-for.ts';
import { V1_ACTIONS } from './resource-gate.ts';
import type { LimitCode } from './limits.ts';
import { type GivenContext, requestContext } from './request-context.ts';
import { NO_ACCOUNT, registryTarget, type Target } from './target.ts';

/** One question about one action, with everything that is stated about the request. */
export interface ActionQuestion {
  readonly snapshot: Snapshot;
  readonly caller: Caller;
  readonly target: Target;
  /** `ecr:PutImage`. */
  readonly action: string;
  readonly given: GivenContext;
  readonly isComplete: boolean;
  readonly sessionPolicies: readonly NamedDocument[] | null;
}

export interface ActionVerdict {
  readonly verdict: Verdict<PolicyType>;
  readonly limits: readonly LimitCode[];
}

/** The reference evaluator: decides one question, plainly. */
export function evaluateAction(question: ActionQuestion): ActionVerdict {
  const { gates, limits } = gatesFor(question);
  const context = requestContext(question);
  const verdict = decide(gates, {
    principal: question.caller.request,
    action: question.action,
    resource: question.target.resource,
    context,
  });
  return {
    verdict,
    limits: [
      ...limits,
      ...verdict.doubts,
      ...limitsOfVerdict(question, gates, verdict),
      ...(restsOnRoleTags(question, context.asked) ? ['sessionTags' as const] : []),
    ],
  };
}

/** Whether nothing can allow the question: then it need not be asked where only access is wanted. */
export function isOutOfQuestion(question: ActionQuestion): boolean {
  return isHopeless(gatesFor(question).gates, question.action);
}

/**
 * The token that pulling and pushing need: asked for in the caller's own account, in the region of the repository,
 * and decided by the caller's own side alone. Null for AWS services, which need none.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html
 */
export function tokenQuestion(question: ActionQuestion): ActionQuestion | null {
  const accountId = question.caller.request.accountId;
  if (question.caller.side === 'nothing') {
    return null;
  }
  return {
    ...question,
    action: TOKEN_ACTION,
    target: registryTarget(accountId ?? NO_ACCOUNT, question.target.region),
  };
}

function limitsOfVerdict(question: ActionQuestion, gates: EcrGates, verdict: Verdict<PolicyType>): LimitCode[] {
  const limits: LimitCode[] = [];
  const isV1Action = V1_ACTIONS.has(question.action.toLowerCase());
  if (!isV1Action && verdict.deciding.some(({ source }) => source.policyType === 'registry')) {
    limits.push('registryPolicyScopeV2');
  }
  if (holdsAccess(verdict) && gates.isSameAccount && grantsPastLimits(verdict.gates)) {
    limits.push('directGrantPastBoundary');
  }
  if (question.action === TOKEN_ACTION && verdict.deciding.some(({ source }) => source.policyType === 'rcp')) {
    limits.push('tokenRcps');
  }
  if (verdict.gates.some((gate) => gate.contributions.some(({ match }) => isBroken(match.statement)))) {
    limits.push('documentProblem');
  }
  if (hasUnreadableDocument(gates)) {
    limits.push('documentProblem');
  }
  if (question.target.repository?.tags === null && verdict.decision === 'unknown' && restsOnGap(verdict.formula)) {
    limits.push('repositoryTagsUnread');
  }
  if (hasAmbiguousTags(question.caller.iam?.tags) || hasAmbiguousTags(question.target.repository?.tags)) {
    limits.push('ambiguousTagKeys');
  }
  return limits;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
function restsOnRoleTags(question: ActionQuestion, asked: ReadonlySet<string>): boolean {
  return (
    question.caller.request.kind === 'role' &&
    [...asked].some((key) => key.startsWith('aws:principaltag/') && !question.given.has(key))
  );
}

function holdsAccess(verdict: Verdict<PolicyType>): boolean {
  return verdict.decision !== 'explicitDeny' && verdict.decision !== 'implicitDeny';
}

/** Boundary or session policy do not allow, and yet there is access: a resource policy grants past them. */
function grantsPastLimits(gates: readonly GateVerdict<PolicyType>[]): boolean {
  return gates.some(
    ({ gate, allow }) => (gate === 'permissionsBoundary' || gate === 'session') && allow.kind === 'false',
  );
}

function hasUnreadableDocument(gates: EcrGates): boolean {
  const sets = [
    gates.caller.kind === 'policies' ? gates.caller.policies : null,
    gates.permissionsBoundary,
    gates.sessionPolicies,
    ...(gates.scpLevels ?? []).map((level) => level.policies),
    gates.rcps,
    gates.resourcePolicies,
  ];
  return sets.some((set) => set?.sources.some((source) => source.document.kind === 'unreadable') === true);
}
