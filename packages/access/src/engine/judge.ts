import { all, any, type Decision, FALSE, type Formula, not, restsOnGap, settle, TRUE } from '@ecr-audit/policy';
import { TOKEN_ACTION } from '../ecr/capabilities.ts';
import type { LimitCode } from '../evaluate/limits.ts';
import { V1_ACTIONS } from '../evaluate/resource-gate.ts';
import { isAccess, type Reason } from '../answer.ts';
import { BOUNDARY, type Contribution, FIRST_SCP, IDENTITY, RCP, RESOURCE, SESSION } from './contribution.ts';
import { type CallerFacts, type TargetFacts, type Unread, unreadAtoms } from './facts.ts';

/** Everything that decides one action: the statements that apply, in the order of their gates, and the rest as facts. */
export interface Brief {
  readonly action: string;
  readonly caller: CallerFacts;
  readonly target: TargetFacts;
  readonly isSameAccount: boolean;
  /** False for actions that only an identity policy can allow. */
  readonly resourceMayAllow: boolean;
  readonly contributions: readonly Contribution[];
}

export interface Judgement {
  readonly decision: Decision;
  readonly formula: Formula;
  readonly reasons: readonly Reason[];
  readonly limits: readonly LimitCode[];
}

/** What the formulas of a brief come to, whichever statements they are from. */
export interface Weighing {
  readonly decision: Decision;
  readonly formula: Formula;
  /** Whether boundary or session policy leave nothing of what the caller's own side brings. */
  readonly isClosed: boolean;
  /** Whether boundary or session policy do not allow. */
  readonly isPastCeiling: boolean;
}

/**
 * Decides one action from the formulas of the statements that apply: what is denied, and who has to allow.
 *
 * This says what `decide` of the reference evaluator says, in another order and over other data, so that each can be
 * held against the other.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function weigh(brief: Brief): Weighing {
  const gates = openGates(brief);
  const denied = any([
    ...gates.statements.filter(isDeny).map(({ formula }) => formula),
    ...unreadEverywhere(brief).flatMap((names) => unreadAtoms(names, 'Deny')),
  ]);
  const consent = consentOf(brief, gates);
  const granted = all([consent.formula, ...gates.scpAllows]);
  const formula = settle(all([granted, not(denied)]));
  return {
    decision: decisionOf(formula, { granted, denied }),
    formula,
    isClosed: consent.throughCaller.kind === 'false',
    isPastCeiling: [gates.boundaryAllow, gates.sessionAllow].some(({ kind }) => kind === 'false'),
  };
}

/** Says which statements decided, and what the answer rests on. */
export function judge(brief: Brief, weighing: Weighing): Judgement {
  const { decision, formula } = weighing;
  const statements = statementsWithSay(brief);
  const deciding = decidingStatements(decision, brief, effectiveStatements(brief, statements, weighing));
  const hasAccess = isAccess(weighing);
  return {
    decision,
    formula,
    reasons: [
      ...(brief.caller.rootReason !== null && hasAccess ? [brief.caller.rootReason] : []),
      ...deciding.flatMap(({ reason }) => reason ?? []),
    ],
    limits: [
      ...brief.caller.limits,
      ...brief.target.limits,
      ...(decision === 'implicitDeny' ? statements : deciding).flatMap(({ doubts }) => doubts),
      ...limitsOfJudgement({ brief, statements, deciding, weighing, hasAccess }),
    ],
  };
}

/** RCPs only deny, and so does the resource's policy where only an identity policy can allow. */
function statementsWithSay({ contributions, resourceMayAllow }: Brief): readonly Contribution[] {
  return contributions.filter(
    ({ effect, gate }) =>
      effect === 'Deny' || (effect === 'Allow' && gate !== RCP && (gate !== RESOURCE || resourceMayAllow)),
  );
}

/** The statements that have a say, gate by gate, and what the gates allow. */
interface OpenGates {
  readonly statements: readonly Contribution[];
  readonly identityAllow: Formula;
  readonly boundaryAllow: Formula;
  readonly sessionAllow: Formula;
  readonly scpAllows: readonly Formula[];
}

function openGates(brief: Brief): OpenGates {
  const { caller } = brief;
  const statements = statementsWithSay(brief);
  const allowOf = (gate: number, unread: Unread): Formula =>
    any([...allowsIn(statements, gate).map(({ formula }) => formula), ...unreadAtoms(unread, 'Allow')]);
  return {
    statements,
    identityAllow: caller.side === 'policies' ? allowOf(IDENTITY, caller.identityUnread) : TRUE,
    boundaryAllow: caller.boundaryUnread === null ? TRUE : allowOf(BOUNDARY, caller.boundaryUnread),
    sessionAllow: caller.sessionUnread === null ? TRUE : allowOf(SESSION, caller.sessionUnread),
    scpAllows: (caller.scpUnread ?? []).map((unread, level) => allowOf(FIRST_SCP + level, unread)),
  };
}

function unreadEverywhere({ caller, target }: Brief): Unread[] {
  return [
    caller.identityUnread,
    caller.boundaryUnread ?? [],
    caller.sessionUnread ?? [],
    ...(caller.scpUnread ?? []),
    target.rcpUnread,
    target.resourceUnread,
  ];
}

interface Consent {
  readonly formula: Formula;
  /** False where boundary or session policy leave nothing of what the caller's own side brings. */
  readonly throughCaller: Formula;
}

/**
 * Who has to allow. Across accounts: both sides. Within one account: either the resource's policy names the caller
 * itself or everyone; or boundary and session policy allow, and the identity policies or a resource policy that names
 * the role do. An AWS service has no side of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
function consentOf({ caller, target, isSameAccount, resourceMayAllow }: Brief, gates: OpenGates): Consent {
  const unread = resourceMayAllow ? unreadAtoms(target.resourceUnread, 'Allow') : [];
  const named = allowsIn(gates.statements, RESOURCE);
  const ceiling = [gates.boundaryAllow, gates.sessionAllow];
  if (caller.side === 'nothing') {
    return { formula: any([...formulasOf(named), ...unread]), throughCaller: FALSE };
  }
  if (!isSameAccount) {
    const formula = all([...ceiling, gates.identityAllow, any([...formulasOf(named), ...unread])]);
    return { formula, throughCaller: formula };
  }
  const byItself = any([...formulasOf(named.filter(({ form }) => form === 'direct')), ...unread]);
  const asRole = formulasOf(named.filter(({ form }) => form === 'role'));
  const throughCaller = all([...ceiling, any([gates.identityAllow, ...asRole])]);
  return { formula: any([byItself, throughCaller]), throughCaller };
}

function decisionOf(
  formula: Formula,
  { granted, denied }: { readonly granted: Formula; readonly denied: Formula },
): Decision {
  if (denied.kind === 'true') {
    return 'explicitDeny';
  }
  switch (formula.kind) {
    case 'true':
      return 'allowed';
    // Conditions that exclude each other allow nothing, whatever is denied beside them.
    case 'false':
      return settle(granted).kind === 'false' ? 'implicitDeny' : 'explicitDeny';
    default:
      return restsOnGap(formula) ? 'unknown' : 'conditional';
  }
}

/** Within one account an Allow counts for nothing where it names the account only, or where the ceiling is closed. */
function effectiveStatements(
  brief: Brief,
  statements: readonly Contribution[],
  { isClosed }: Weighing,
): readonly Contribution[] {
  if (!brief.isSameAccount || brief.caller.side !== 'policies') {
    return statements;
  }
  return statements.filter(
    ({ effect, gate, form }) =>
      effect === 'Deny' || (gate >= FIRST_SCP && gate < RCP) || form === 'direct' || (form !== 'account' && !isClosed),
  );
}

function decidingStatements(
  decision: Decision,
  brief: Brief,
  effective: readonly Contribution[],
): readonly Contribution[] {
  switch (decision) {
    case 'implicitDeny':
      return [];
    case 'explicitDeny':
      return certainFirst(effective.filter(isDeny));
    case 'allowed':
      return gatesOf(brief).flatMap((gate) => certainFirst(allowsIn(effective, gate)));
    case 'conditional':
    case 'unknown':
      return effective;
  }
}

function gatesOf({ caller }: Brief): number[] {
  const levels = (caller.scpUnread ?? []).map((_, level) => FIRST_SCP + level);
  return [IDENTITY, BOUNDARY, SESSION, ...levels, RESOURCE];
}

/** What holds without condition decides alone. */
function certainFirst(contributions: readonly Contribution[]): readonly Contribution[] {
  const certain = contributions.filter(({ formula }) => formula.kind === 'true');
  return certain.length > 0 ? certain : contributions;
}

interface Judged {
  readonly brief: Brief;
  readonly statements: readonly Contribution[];
  readonly deciding: readonly Contribution[];
  readonly weighing: Weighing;
  readonly hasAccess: boolean;
}

function limitsOfJudgement({ brief, statements, deciding, weighing, hasAccess }: Judged): LimitCode[] {
  const { action, caller, target, contributions } = brief;
  const { decision, formula, isPastCeiling } = weighing;
  const limits: LimitCode[] = [];
  const when = (holds: boolean, limit: LimitCode): void => {
    if (holds) {
      limits.push(limit);
    }
  };
  const decidedBy = (policyType: Reason['policyType']): boolean =>
    deciding.some(({ reason }) => reason?.policyType === policyType);
  when(!V1_ACTIONS.has(action.toLowerCase()) && decidedBy('registry'), 'registryPolicyScopeV2');
  when(hasAccess && brief.isSameAccount && isPastCeiling, 'directGrantPastBoundary');
  when(action === TOKEN_ACTION && decidedBy('rcp'), 'tokenRcps');
  const isBroken = statements.some(({ isBroken: broken }) => broken);
  when(isBroken || caller.hasUnreadableDocument || target.hasUnreadableDocument, 'documentProblem');
  when(target.areTagsUnread && decision === 'unknown' && restsOnGap(formula), 'repositoryTagsUnread');
  when(caller.hasAmbiguousTags || target.hasAmbiguousTags, 'ambiguousTagKeys');
  when(caller.isRole && contributions.some(({ asksRoleTags }) => asksRoleTags), 'sessionTags');
  return limits;
}

function formulasOf(contributions: readonly Contribution[]): Formula[] {
  return contributions.map(({ formula }) => formula);
}

function isDeny({ effect }: Contribution): boolean {
  return effect === 'Deny';
}

function allowsIn(contributions: readonly Contribution[], gate: number): readonly Contribution[] {
  return contributions.filter((each) => each.gate === gate && each.effect === 'Allow');
}
