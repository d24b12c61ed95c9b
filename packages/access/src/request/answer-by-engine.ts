import { findEcrAction } from '../ecr/actions.ts';
import type { CapabilityDefinition } from '../ecr/capabilities.ts';
import { resolveReasons } from '../access-matrix.ts';
import { createEngine } from '../engine/engine.ts';
import { createShared } from '../engine/shared.ts';
import { type CellAnswer, combineCapability } from '../evaluate/answer-cell.ts';
import { type ActionQuestion, tokenQuestion } from '../evaluate/evaluate-action.ts';
import { limitsOf, mergeLimits } from '../evaluate/limits.ts';
import type { Snapshot } from '../snapshot/model.ts';
import type { RequestAnswer } from './answer-request.ts';
import { prepareQuestion } from './prepare-question.ts';

/** The same as `answerRequest`, found by the engine: for holding the two against each other. */
export function answerRequestByEngine(snapshot: Snapshot, request: unknown): RequestAnswer {
  const prepared = prepareQuestion(snapshot, request);
  const id = prepared.id === undefined ? {} : { id: prepared.id };
  if (prepared.kind === 'refused') {
    return { ...id, error: prepared.message };
  }
  const { question, capability } = prepared;
  const { decision, residual, reasons, limits } =
    capability === null ? answerOne(question) : answerCapability(capability, question);
  return {
    ...id,
    decision,
    residual,
    reasons: resolveReasons(reasons, {
      principalArn: question.caller.ref.arn,
      repositoryArn: question.target.resource,
    }),
    limits: mergeLimits(limits, limitsOf(prepared.limits)),
  };
}

function answerCapability(capability: CapabilityDefinition, question: ActionQuestion): CellAnswer {
  const token = capability.needsToken ? tokenQuestion(question) : null;
  const answers = new Map(capability.actions.map((action) => [action, answerOne({ ...question, action })]));
  return combineCapability(capability, answers, token === null ? null : answerOne(token));
}

function answerOne(question: ActionQuestion): CellAnswer {
  const { snapshot, caller, target, given, isComplete, sessionPolicies } = question;
  const action = findEcrAction(question.action);
  if (action === null) {
    throw new Error(`\`${question.action}\` is not an action of ECR`);
  }
  const shared = createShared({ snapshot, given, isComplete }, { actions: [action], sessionPolicies });
  const { resourceType } = action;
  const engine = createEngine(shared, { resourceType, targets: [target], anyCaller: caller, includeDenied: true });
  const [block] = engine.answersOf(caller).blocks;
  const number = block === undefined ? undefined : engine.valueOf(block.answers).get(action.name);
  if (number === undefined) {
    throw new Error(`the engine has no answer about \`${action.name}\``);
  }
  return shared.answers.valueOf(number);
}
