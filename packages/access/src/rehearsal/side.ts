import { any, type Formula, formulaId, fromResidual, type Residual } from '@ecr-audit/policy';
import { type AccessAnswer, isAccess } from '../answer.ts';

/** What is answered before or after: a denial is told as one word, whatever denies. */
export interface AccessSide {
  readonly decision: 'allowed' | 'conditional' | 'unknown' | 'denied';
  /** The condition, or for `unknown` what is left open; null where nothing is. */
  readonly residual: Residual | null;
}

/** How access changes. `altered`: it holds under another condition, neither wider nor narrower as far as can be told. */
export type ChangeKind = 'gained' | 'lost' | 'widened' | 'narrowed' | 'altered';

const DENIED: AccessSide = { decision: 'denied', residual: null };

export function sideOf(answer: AccessAnswer | undefined): AccessSide {
  if (answer === undefined || !isAccess(answer)) {
    return DENIED;
  }
  const { decision, residual } = answer;
  return decision === 'allowed' || decision === 'conditional' || decision === 'unknown'
    ? { decision, residual }
    : DENIED;
}

/** The same text for the same side. */
export function sideKey({ decision, residual }: AccessSide): string {
  if (residual === null) {
    return decision;
  }
  const text = residualTexts.get(residual) ?? JSON.stringify(residual);
  residualTexts.set(residual, text);
  return `${decision} ${text}`;
}

// One residual stands in thousands of answers: writing it out each time took an eighth of a rehearsal.
const residualTexts = new WeakMap<Residual, string>();

/** How one answer became another; null where it is the same. */
export function changeBetween(before: AccessSide, after: AccessSide): ChangeKind | null {
  if (sideKey(before) === sideKey(after)) {
    return null;
  }
  // What may be access is told as gained or lost where the other side certainly is none, so that no gap hides either.
  if (before.decision === 'denied') {
    return 'gained';
  }
  if (after.decision === 'denied') {
    return 'lost';
  }
  // Beside certain access, what is not known may be none.
  if (after.decision === 'allowed') {
    return before.decision === 'unknown' ? 'gained' : 'widened';
  }
  if (before.decision === 'allowed') {
    return after.decision === 'unknown' ? 'lost' : 'narrowed';
  }
  const compared = compareConditions(before.residual, after.residual);
  // Where it rests on less that could not be read than before, it may have been no access before; and the other way round.
  if (compared === 'altered' || unreadIn(before.residual).join('\n') === unreadIn(after.residual).join('\n')) {
    return compared;
  }
  return compared === 'widened' ? 'gained' : 'lost';
}

/** What could not be read, as far as a condition rests on it; in order. */
function unreadIn(residual: Residual | null): string[] {
  if (residual === null || 'operator' in residual || 'pattern' in residual) {
    return [];
  }
  if ('unreadable' in residual) {
    return [residual.unreadable];
  }
  const parts = 'all' in residual ? residual.all : 'any' in residual ? residual.any : [residual.not];
  return [...new Set(parts.flatMap(unreadIn))].toSorted();
}

/** Wider where whatever meets the one condition meets the other. Comparing is incomplete: what it misses is `altered`. */
function compareConditions(before: Residual | null, after: Residual | null): ChangeKind {
  if (before === null || after === null) {
    return 'altered';
  }
  const [earlier, later] = [fromResidual(before), fromResidual(after)];
  const either = formulaId(any([earlier, later]));
  return either === id(later) ? 'widened' : either === id(earlier) ? 'narrowed' : 'altered';
}

function id(formula: Formula): string {
  return formulaId(any([formula]));
}
