import type { AccessAnswer } from '../answer.ts';
import { answerAction, answerCapability, type CellAnswer } from '../evaluate/answer-cell.ts';
import { limitsOf, mergeLimits } from '../evaluate/limits.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { type PreparedQuestion, prepareQuestion } from './prepare-question.ts';

/** The answer to one question, under the question's own id. */
export type RequestAnswer =
  | ({ readonly id?: string | number } & AccessAnswer)
  | { readonly id?: string | number; readonly error: string };

/** Answers one question. Never throws: a bad question gets an `error` that says what was expected. */
export function answerRequest(snapshot: Snapshot, request: unknown): RequestAnswer {
  const prepared = prepareQuestion(snapshot, request);
  const id = prepared.id === undefined ? {} : { id: prepared.id };
  if (prepared.kind === 'refused') {
    return { ...id, error: prepared.message };
  }
  const { decision, residual, reasons, limits } = answerPrepared(prepared);
  return { ...id, decision, residual, reasons, limits };
}

export function answerPrepared(prepared: PreparedQuestion): CellAnswer {
  const answer =
    prepared.capability === null
      ? answerAction(prepared.question)
      : answerCapability(prepared.capability, prepared.question);
  return { ...answer, limits: mergeLimits(answer.limits, limitsOf(prepared.limits)) };
}
