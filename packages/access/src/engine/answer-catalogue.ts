import { type Formula, toResidual } from '@ecr-audit/policy';
import type { AccessAnswer, Reason, Residual } from '../answer.ts';
import { type CellAnswer, reasonKey } from '../evaluate/answer-cell.ts';
import { limitsOf } from '../evaluate/limits.ts';
import { createInterner } from './interner.ts';
import type { Judgement } from './judge.ts';

/** Makes answers of which equal ones are one object, and equal parts of them too. */
export interface AnswerCatalogue {
  /** The number of the answer. */
  ofJudgement(judgement: Judgement): number;
  of(answer: CellAnswer): number;
  valueOf(number: number): CellAnswer;
}

export function createAnswerCatalogue(): AnswerCatalogue {
  const residuals = createInterner<{ readonly residual: Residual | null; readonly formula: Formula }>();
  const reasonLists = createInterner<readonly Reason[]>();
  const limitLists = createInterner<AccessAnswer['limits']>();
  const answers = createInterner<CellAnswer>();

  const numbers = new Map<Formula, number>();
  const residualOf = (formula: Formula): number => {
    const number =
      numbers.get(formula) ??
      residuals.numberOf(JSON.stringify(formula), () => ({ residual: toResidual(formula), formula }));
    numbers.set(formula, number);
    return number;
  };

  const intern = (
    { decision, formula, reasons }: Pick<CellAnswer, 'decision' | 'formula' | 'reasons'>,
    limits: AccessAnswer['limits'],
  ): number => {
    const residual = residualOf(formula);
    const unique = [...new Map(reasons.map((reason) => [reasonKey(reason), reason]))];
    const reasonList = reasonLists.numberOf(unique.map(([text]) => text).join(' '), () =>
      unique.map(([, reason]) => reason),
    );
    const limitList = limitLists.numberOf(JSON.stringify(limits), () => limits);
    return answers.numberOf(`${decision} ${residual} ${reasonList} ${limitList}`, () => ({
      decision,
      ...residuals.valueOf(residual),
      reasons: reasonLists.valueOf(reasonList),
      limits: limitLists.valueOf(limitList),
    }));
  };
  return {
    ofJudgement: (judgement) => intern(judgement, limitsOf(judgement.limits)),
    of: (answer) => intern(answer, answer.limits),
    valueOf: (number) => answers.valueOf(number),
  };
}
