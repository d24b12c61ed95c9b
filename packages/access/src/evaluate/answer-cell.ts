import {
  all,
  any,
  type Contribution,
  type Decision,
  type Formula,
  settle,
  statementName,
  toResidual,
} from '@ecr-audit/policy';
import type { AccessAnswer, PolicyType, Reason } from '../answer.ts';
import { type CapabilityDefinition } from '../ecr/capabilities.ts';
import { type ActionQuestion, type ActionVerdict, evaluateAction, tokenQuestion } from './evaluate-action.ts';
import { limitsOf, mergeLimits } from './limits.ts';

/** An answer with the condition as a formula, from which more can be derived. */
export interface CellAnswer extends AccessAnswer {
  readonly formula: Formula;
}

/** Answers one action. */
export function answerAction(question: ActionQuestion): CellAnswer {
  return toAnswer(evaluateAction(question), question);
}

function toAnswer({ verdict, limits }: ActionVerdict, question: ActionQuestion): CellAnswer {
  const isDenied = verdict.decision === 'explicitDeny' || verdict.decision === 'implicitDeny';
  const isRoot = question.caller.side === 'everything';
  const rootReason: Reason[] =
    isRoot && !isDenied
      ? [
          {
            policyType: 'default',
            policy: question.caller.ref.arn,
            statement: 'root user',
            effect: 'Allow',
            via: 'root user',
          },
        ]
      : [];
  return {
    decision: verdict.decision,
    residual: toResidual(verdict.formula),
    formula: verdict.formula,
    reasons: uniqueReasons([...rootReason, ...verdict.deciding.map(toReason)]),
    limits: limitsOf(limits),
  };
}

/**
 * Answers a capability from the answers to its actions, and to the token where it needs one.
 *
 * A conjunction is denied by one denied action, explicitly where one is; what is left is the conjunction of the
 * conditions.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function answerCapability(capability: CapabilityDefinition, question: ActionQuestion): CellAnswer {
  const token = tokenQuestion(question);
  const answers = new Map(capability.actions.map((action) => [action, answerAction({ ...question, action })]));
  return combineCapability(capability, answers, token === null || !capability.needsToken ? null : answerAction(token));
}

/** What an action comes to that was left out because nothing can allow it. */
export const NOTHING_ALLOWS: CellAnswer = {
  decision: 'implicitDeny',
  residual: null,
  formula: { kind: 'false' },
  reasons: [],
  limits: [],
};

/**
 * The same from answers that are there already; an action without one is allowed by nothing. `token` is null for
 * callers that need none.
 */
export function combineCapability(
  capability: CapabilityDefinition,
  answers: ReadonlyMap<string, CellAnswer>,
  token: CellAnswer | null,
): CellAnswer {
  const parts = capability.actions.map((action) => answers.get(action) ?? NOTHING_ALLOWS);
  const needed = capability.needsToken && token !== null ? [...parts, token] : parts;
  return capability.needs === 'all' ? conjunction(needed) : disjunction(needed);
}

/** All of the answers must hold. */
function conjunction(answers: readonly CellAnswer[]): CellAnswer {
  const denied = answers.filter(({ decision }) => decision === 'explicitDeny' || decision === 'implicitDeny');
  const formula = settle(all(answers.map((answer) => answer.formula)));
  const decision: Decision = denied.some((answer) => answer.decision === 'explicitDeny')
    ? 'explicitDeny'
    : denied.length > 0
      ? 'implicitDeny'
      : openDecision(formula, answers);
  return combined(decision, formula, denied.length > 0 ? denied : answers);
}

/** One of the answers is enough. */
function disjunction(answers: readonly CellAnswer[]): CellAnswer {
  const formula = settle(any(answers.map((answer) => answer.formula)));
  const held = answers.filter(({ formula: { kind } }) => kind !== 'false');
  const isExplicit = answers.every((answer) => answer.decision === 'explicitDeny');
  const decision: Decision =
    held.length === 0 ? (isExplicit ? 'explicitDeny' : 'implicitDeny') : openDecision(formula, held);
  const allowed = held.filter((answer) => answer.decision === 'allowed');
  return combined(
    decision,
    formula,
    decision === 'allowed' && allowed.length > 0 ? allowed : held.length > 0 ? held : answers,
  );
}

/** `unknown` where the answer rests on something that was not read, `conditional` where only on the request. */
function openDecision(formula: Formula, answers: readonly CellAnswer[]): Decision {
  switch (formula.kind) {
    case 'true':
      return 'allowed';
    case 'false': {
      // Conditions that exclude each other allow nothing; only where a Deny is among them is it one that denies.
      const isExplicit = answers.some(({ reasons }) => reasons.some(({ effect }) => effect === 'Deny'));
      return isExplicit ? 'explicitDeny' : 'implicitDeny';
    }
    default:
      return answers.some((answer) => answer.decision === 'unknown') ? 'unknown' : 'conditional';
  }
}

function combined(decision: Decision, formula: Formula, answers: readonly CellAnswer[]): CellAnswer {
  return {
    decision,
    residual: toResidual(formula),
    formula,
    reasons: uniqueReasons(answers.flatMap((answer) => answer.reasons)),
    limits: mergeLimits(...answers.map((answer) => answer.limits)),
  };
}

export function toReason({ source, match }: Contribution<PolicyType>): Reason {
  return {
    policyType: source.policyType,
    policy: source.policy,
    statement: statementName(match.statement),
    effect: match.effect,
    via: source.via,
  };
}

const keys = new WeakMap<Reason, string>();

/** The same text for equal reasons. */
export function reasonKey(reason: Reason): string {
  const known = keys.get(reason) ?? JSON.stringify(reason);
  keys.set(reason, known);
  return known;
}

function uniqueReasons(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [reasonKey(reason), reason])).values()];
}
