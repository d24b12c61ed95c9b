import { describeFormula, type GateName, type GateVerdict, restsOnGap } from '@ecr-audit/policy';
import type { AccessAnswer, PolicyType, Reason } from '../answer.ts';
import { toReason } from '../evaluate/answer-cell.ts';
import { type ActionQuestion, evaluateAction, tokenQuestion } from '../evaluate/evaluate-action.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { answerPrepared } from './answer-request.ts';
import { type PreparedQuestion, prepareQuestion } from './prepare-question.ts';

/** A statement that applies, with the condition under which it does; null where it does in any case. */
export interface ExplainedStatement extends Reason {
  readonly condition: string | null;
}

/** What one gate says: `passes` and `denies` may both be conditional. */
export interface ExplainedGate {
  readonly gate: GateName;
  readonly label: string;
  readonly verdict: 'allows' | 'allowsConditionally' | 'noAllow' | 'denies' | 'deniesConditionally' | 'notRead';
  readonly statements: readonly ExplainedStatement[];
}

export interface ExplainedAction {
  readonly action: string;
  readonly resource: string;
  readonly decision: AccessAnswer['decision'];
  readonly condition: string | null;
  readonly gates: readonly ExplainedGate[];
}

/** An answer with the way that led to it. `actions` has one entry, or one for each action of a capability. */
export interface Explanation extends AccessAnswer {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Null where the question is about `*` and names none. */
  readonly region: string | null;
  /** The residual in words; null where the decision is settled. */
  readonly condition: string | null;
  readonly actions: readonly ExplainedAction[];
  /** What the answer takes for granted about the request. */
  readonly assumptions: readonly string[];
}

export type ExplanationResult =
  | { readonly kind: 'explanation'; readonly explanation: Explanation }
  | { readonly kind: 'error'; readonly message: string };

/** Answers one question and tells what every gate said. A bad question gets a message that says what was expected. */
export function explainRequest(snapshot: Snapshot, request: unknown): ExplanationResult {
  const prepared = prepareQuestion(snapshot, request);
  if (prepared.kind === 'refused') {
    return { kind: 'error', message: prepared.message };
  }
  const { question, capability } = prepared;
  const { formula, ...answer } = answerPrepared(prepared);
  const explanation: Explanation = {
    principal: question.caller.ref.arn,
    action: capability?.name ?? question.action,
    resource: question.target.resource,
    region: question.target.region,
    ...answer,
    condition: answer.residual === null ? null : describeFormula(formula),
    actions: questionsOf(prepared).map(explainAction),
    assumptions: assumptionsOf(question),
  };
  return { kind: 'explanation', explanation };
}

function questionsOf({ question, capability }: PreparedQuestion): ActionQuestion[] {
  if (capability === null) {
    return [question];
  }
  const token = capability.needsToken ? tokenQuestion(question) : null;
  return [...capability.actions.map((action) => ({ ...question, action })), ...(token === null ? [] : [token])];
}

function explainAction(question: ActionQuestion): ExplainedAction {
  const { verdict } = evaluateAction(question);
  const isOpen = verdict.formula.kind !== 'true' && verdict.formula.kind !== 'false';
  return {
    action: question.action,
    resource: question.target.resource,
    decision: verdict.decision,
    condition: isOpen ? describeFormula(verdict.formula) : null,
    gates: verdict.gates.map(explainGate),
  };
}

function explainGate(gate: GateVerdict<PolicyType>): ExplainedGate {
  return {
    gate: gate.gate,
    label: gate.label,
    verdict: gateVerdict(gate),
    statements: gate.contributions.map((contribution) => ({
      ...toReason(contribution),
      condition: contribution.match.formula.kind === 'true' ? null : describeFormula(contribution.match.formula),
    })),
  };
}

function gateVerdict(gate: GateVerdict<PolicyType>): ExplainedGate['verdict'] {
  if (gate.deny.kind === 'true') {
    return 'denies';
  }
  if (restsOnGap(gate.deny) || restsOnGap(gate.allow)) {
    return 'notRead';
  }
  if (gate.allow.kind === 'false') {
    return 'noAllow';
  }
  if (gate.deny.kind !== 'false') {
    return 'deniesConditionally';
  }
  return gate.allow.kind === 'true' ? 'allows' : 'allowsConditionally';
}

function assumptionsOf({ caller, sessionPolicies, isComplete }: ActionQuestion): string[] {
  const assumptions: string[] = [];
  if (caller.request.kind === 'role') {
    if (sessionPolicies === null) {
      assumptions.push('the session was assumed without a session policy and without session tags');
    }
    if (caller.request.sessionArn === null) {
      assumptions.push('the session has a name that no policy names');
    }
  }
  if (isComplete) {
    assumptions.push('condition keys that are neither given nor known from the snapshot are absent');
  }
  assumptions.push('VPC endpoint policies are not part of the snapshot and are not evaluated');
  return assumptions;
}
