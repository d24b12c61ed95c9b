import { decide, type GateVerdict, UNKNOWN } from '@ecr-audit/policy';
import type { PolicyType } from '../answer.ts';
import { answerPrepared } from './answer-request.ts';
import { type ActionQuestion, evaluateAction, tokenQuestion } from '../evaluate/evaluate-action.ts';
import { type EcrGates, gatesFor } from '../evaluate/gates-for.ts';
import { policiesOf } from '../evaluate/unread-side.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { absentGates } from './absent-gates.ts';
import { decidingGates, missingGates, openKeysOf } from './deciding-gates.ts';
import { describeCondition } from './describe-condition.ts';
import { explainGate } from './explain-gate.ts';
import type { ExplainedAction, Explanation } from './explanation.ts';
import { nearestPrincipals, nearestRepositories } from './nearest-names.ts';
import { type PreparedQuestion, prepareQuestion } from './prepare-question.ts';
import { watchContext } from './stated-context.ts';

export type ExplanationResult =
  | { readonly kind: 'explanation'; readonly explanation: Explanation }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Answers one question and tells what every gate said. A bad question gets a message that says what was expected, with
 * the nearest names of the snapshot.
 */
export function explainRequest(snapshot: Snapshot, request: unknown): ExplanationResult {
  const prepared = prepareQuestion(snapshot, request);
  if (prepared.kind === 'refused') {
    return { kind: 'error', message: `${prepared.message}${hint(snapshot, prepared.unknown)}` };
  }
  const { given, asked } = watchContext(prepared.question.given);
  const question = { ...prepared.question, given };
  const watched: PreparedQuestion = { ...prepared, question };
  const { formula, ...answer } = answerPrepared(watched);
  const explanation: Explanation = {
    principal: question.caller.ref.arn,
    principalKind: question.caller.ref.kind,
    action: watched.capability?.name ?? question.action,
    needs: watched.capability?.needs ?? null,
    resource: question.target.resource,
    region: question.target.region,
    ...answer,
    condition: answer.residual === null ? null : describeCondition(formula, foreignOf(question)),
    openKeys: openKeysOf(formula),
    given: [...prepared.question.given].map(([key, values]) => ({
      key: prepared.writtenKeys.get(key) ?? key,
      values,
      isAsked: asked.has(key),
    })),
    similarRepositories: isMissing(watched) ? nearestRepositories(snapshot, question.target) : [],
    actions: questionsOf(watched).map(explainAction),
    assumptions: assumptionsOf(question),
  };
  return { kind: 'explanation', explanation };
}

function hint(snapshot: Snapshot, unknown: { readonly principal?: string; readonly resource?: string }): string {
  const { principal, resource } = unknown;
  const near = [
    ...(principal === undefined ? [] : nearestPrincipals(snapshot, principal)),
    ...(resource === undefined ? [] : nearestRepositories(snapshot, { resource })),
  ];
  return near.length === 0 ? '' : `; nearest in this snapshot: ${near.map((name) => `\`${name}\``).join(', ')}`;
}

function isMissing({ limits }: PreparedQuestion): boolean {
  return limits.includes('repositoryNotInSnapshot');
}

function questionsOf({ question, capability }: PreparedQuestion): ActionQuestion[] {
  if (capability === null) {
    return [question];
  }
  const token = capability.needsToken ? tokenQuestion(question) : null;
  return [...capability.actions.map((action) => ({ ...question, action })), ...(token === null ? [] : [token])];
}

function explainAction(question: ActionQuestion): ExplainedAction {
  const { gates } = gatesFor(question);
  const { verdict } = evaluateAction(question);
  const isOpen = verdict.formula.kind !== 'true' && verdict.formula.kind !== 'false';
  const decisive = decidingGates(verdict, gates);
  const missing = new Set(missingGates(verdict, gates));
  const deciding = new Set(verdict.deciding);
  const written = statementsAsWritten(question, gates);
  return {
    action: question.action,
    resource: question.target.resource,
    decision: verdict.decision,
    condition: isOpen ? describeCondition(verdict.formula, foreignOf(question)) : null,
    isSameAccount: gates.isSameAccount,
    gates: verdict.gates.map((gate) =>
      explainGate(gate, {
        question,
        gates,
        decides: decisive.has(gate),
        lacksAllow: missing.has(gate),
        deciding,
        written:
          written.find(({ gate: name, label }) => name === gate.gate && label === gate.label)?.contributions ?? [],
      }),
    ),
    absentGates: absentGates(question, gates),
  };
}

/** What applies to a request of which no condition key is known: every statement with its whole condition. */
function statementsAsWritten(question: ActionQuestion, gates: EcrGates): readonly GateVerdict<PolicyType>[] {
  const { action, caller, target } = question;
  const context = { lookup: () => UNKNOWN };
  return decide(gates, { principal: caller.request, action, resource: target.resource, context }).gates;
}

/** How a formula names the policies of a caller whose account the snapshot does not hold. */
function foreignOf({ caller, snapshot }: ActionQuestion): string | null {
  const isForeign = caller.side === 'unknown' && !snapshot.accounts.has(caller.request.accountId ?? '');
  return isForeign ? policiesOf(caller.ref) : null;
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
