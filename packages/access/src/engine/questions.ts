import { isAccess } from '../answer.ts';
import type { ActionColumn } from './action-columns.ts';
import type { AnswerCatalogue } from './answer-catalogue.ts';
import type { Contribution, ContributionCatalogue } from './contribution.ts';
import type { CallerFacts, TargetFacts } from './facts.ts';
import type { Interner } from './interner.ts';
import { type Brief, judge, weigh, type Weighing } from './judge.ts';
import { type CallerPossible, possibleAt, type TargetPossible } from './possible.ts';
import { createSequences, type SequenceNode, step, walk } from './sequences.ts';

/** The number of the answer to each action that has one. Without denials, the others are denied. */
export type ActionAnswers = ReadonlyMap<string, number>;

/** What the caller brings to some targets. Equal ones have one number, from 0 on. */
export interface CallerPart {
  readonly number: number;
  readonly facts: number;
  /** Of the caller's side, and of the RCPs over those targets. */
  readonly contributions: readonly number[];
  readonly possible: CallerPossible;
}

/** What some targets bring. Equal ones have one number. */
export interface TargetPart {
  readonly number: number;
  readonly facts: number;
  readonly isSameAccount: boolean;
  readonly contributions: readonly number[];
  readonly possible: TargetPossible;
}

/** Decides each distinct question once, for all actions together. */
export interface Questions {
  /** The number of the answers; equal answers have one number. */
  answersTo(caller: CallerPart, target: TargetPart): number;
  valueOf(number: number): ActionAnswers;
}

interface Context {
  readonly columns: readonly ActionColumn[];
  readonly callerFacts: Interner<CallerFacts>;
  readonly targetFacts: Interner<readonly TargetFacts[]>;
  readonly contributions: ContributionCatalogue;
  readonly answers: AnswerCatalogue;
  readonly actionAnswers: Interner<ActionAnswers>;
  /** Whether denials are answered too. */
  readonly includeDenied: boolean;
}

export function createQuestions(context: Context): Questions {
  const known: Map<number, number>[] = [];
  const memory: Memory = { answers: createSequences(), weighings: createSequences() };
  return {
    answersTo(caller, target) {
      const ofCaller = (known[caller.number] ??= new Map());
      const found = ofCaller.get(target.number);
      if (found !== undefined) {
        return found;
      }
      const groups = answerAll({ callerPart: caller, targetPart: target }, context, memory);
      const content = groups.map(({ column, answer, mask }) => `${column.index} ${answer} ${mask}`).join(',');
      const number = context.actionAnswers.numberOf(content, () => byAction(groups));
      ofCaller.set(target.number, number);
      return number;
    },
    valueOf: (number) => context.actionAnswers.valueOf(number),
  };
}

/** What was decided before, by facts, column and contributions, or their weights. */
interface Memory {
  readonly answers: SequenceNode<number>;
  readonly weighings: SequenceNode<Weighing>;
}

/** Actions of one column with one answer. */
interface AnsweredActions {
  readonly column: ActionColumn;
  readonly answer: number;
  readonly mask: number;
}

function byAction(groups: readonly AnsweredActions[]): ActionAnswers {
  return new Map(
    groups.flatMap(({ column, answer, mask }) =>
      actionsIn(column, mask).map((action): [string, number] => [action, answer]),
    ),
  );
}

/** The same list for the same answers: by column, then by answer. */
function answerAll(
  { callerPart, targetPart }: { readonly callerPart: CallerPart; readonly targetPart: TargetPart },
  context: Context,
  memory: Memory,
): AnsweredActions[] {
  const { answers, includeDenied } = context;
  const all = [...callerPart.contributions, ...targetPart.contributions].map((number) =>
    context.contributions.valueOf(number),
  );
  const caller = context.callerFacts.valueOf(callerPart.facts);
  const facts = context.targetFacts.valueOf(targetPart.facts);
  const { isSameAccount } = targetPart;
  const inColumn = <Value>(root: SequenceNode<Value>): SequenceNode<Value> =>
    walk(root, [callerPart.facts, targetPart.facts, isSameAccount ? 1 : 0]);
  const answersHere = inColumn(memory.answers);
  const answered: AnsweredActions[] = [];
  for (const [place, column] of context.columns.entries()) {
    const target = facts[place];
    if (target === undefined) {
      throw new Error(`there are no facts for column ${column.index}`);
    }
    const wanted = includeDenied ? column.mask : possibleAt(place, callerPart.possible, targetPart.possible);
    if (wanted === 0) {
      continue;
    }
    const masks = new Map<number, number>();
    for (const mask of masksOf(wanted, all, column)) {
      let node = step(answersHere, place);
      for (const { number, masks: own } of all) {
        if (((own[column.index] ?? 0) & mask) !== 0) {
          node = step(node, number);
        }
      }
      let answer = node.value;
      if (answer === null) {
        const brief: Brief = {
          action: actionsIn(column, mask)[0] ?? '',
          caller,
          target,
          isSameAccount,
          resourceMayAllow: column.resourceMayAllow,
          contributions: all.filter((each) => (maskOf(each, column) & mask) !== 0),
        };
        const weights = walk(
          step(inColumn(memory.weighings), place),
          brief.contributions.map(({ weight }) => weight),
        );
        weights.value ??= weigh(brief);
        answer = answers.ofJudgement(judge(brief, weights.value));
        node.value = answer;
      }
      if (includeDenied || isAccess(answers.valueOf(answer))) {
        masks.set(answer, (masks.get(answer) ?? 0) | mask);
      }
    }
    const sorted = [...masks].toSorted(([a], [b]) => a - b);
    answered.push(...sorted.map(([answer, mask]) => ({ column, answer, mask })));
  }
  return answered;
}

function maskOf({ masks }: Contribution, column: ActionColumn): number {
  return masks[column.index] ?? 0;
}

/** The wanted actions, apart wherever a statement is about some of them and not about others. */
function masksOf(wanted: number, contributions: readonly Contribution[], column: ActionColumn): number[] {
  const masks = [wanted];
  for (const { masks: own } of contributions) {
    const mask = own[column.index] ?? 0;
    const count = masks.length;
    for (let index = 0; index < count; index += 1) {
      const each = masks[index] ?? 0;
      if ((each & mask) !== 0 && (each & ~mask) !== 0) {
        masks[index] = each & mask;
        masks.push(each & ~mask);
      }
    }
  }
  return masks;
}

function actionsIn(column: ActionColumn, mask: number): string[] {
  return column.actions.filter((_, bit) => (mask & (1 << bit)) !== 0);
}
