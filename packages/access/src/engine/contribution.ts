import { type Doubt, type Formula, type PrincipalForm, statementName } from '@ecr-audit/policy';
import type { Reason } from '../answer.ts';
import type { EngineStatement } from './engine-statement.ts';
import { createInterner } from './interner.ts';
import type { EngineSource } from './source-catalogue.ts';

/** Which gate a statement stands in. The levels of SCPs are gates of their own, from 3 on. */
export const IDENTITY = 0;
export const BOUNDARY = 1;
export const SESSION = 2;
export const FIRST_SCP = 3;
export const RCP = 1000;
export const RESOURCE = 1001;

/** Every bit. */
export const EVERY_COLUMN = -1;

/**
 * What one statement adds wherever it applies in the same way. Two statements that add the same are one.
 *
 * `effect` is null for one that does not apply, and of which only `asksRoleTags` counts.
 */
export interface Contribution {
  readonly number: number;
  /** Two contributions with the same weight differ in their statements, and not in what they make of a decision. */
  readonly weight: number;
  readonly gate: number;
  /** By index of the column: the actions that it is about, none where it does not count. */
  readonly masks: readonly number[];
  readonly effect: 'Allow' | 'Deny' | null;
  readonly formula: Formula;
  readonly form: PrincipalForm | null;
  readonly doubts: readonly Doubt[];
  /** Whether a part of the statement could not be read. */
  readonly isBroken: boolean;
  /** Whether it was compared with a tag of a role, which tags of the session may replace. */
  readonly asksRoleTags: boolean;
  readonly reason: Reason | null;
}

interface ContributionInput {
  readonly gate: number;
  readonly source: EngineSource;
  readonly statement: EngineStatement;
  /** In which columns it counts: bit `i` is the column with that index. */
  readonly columns: number;
  readonly effect: 'Allow' | 'Deny' | null;
  readonly formula: Formula;
  readonly form: PrincipalForm | null;
  readonly doubts: readonly Doubt[];
  readonly asksRoleTags: boolean;
}

export interface ContributionCatalogue {
  contributionOf(input: ContributionInput): Contribution;
  valueOf(number: number): Contribution;
}

export function createContributionCatalogue(): ContributionCatalogue {
  const formulas = createInterner<Formula>();
  const contributions = createInterner<Contribution>();
  const weights = createInterner<null>();
  return {
    contributionOf(input) {
      const { gate, source, statement, columns, effect, formula, form, doubts, asksRoleTags } = input;
      const formulaNumber = formulas.numberOf(JSON.stringify(formula), () => formula);
      const masks = statement.masks.map((mask, index) => ((columns & (1 << index)) === 0 ? 0 : mask));
      const reason = effect === null ? null : reasonOf(source, statement, effect);
      const { isBroken } = statement;
      const key = JSON.stringify([gate, masks, effect, formulaNumber, form, doubts, isBroken, asksRoleTags, reason]);
      const number = contributions.numberOf(key, (own) => ({
        number: own,
        weight: weights.numberOf(`${gate} ${effect} ${form} ${formulaNumber}`, () => null),
        gate,
        masks,
        effect,
        formula,
        form,
        doubts,
        isBroken,
        asksRoleTags,
        reason,
      }));
      return contributions.valueOf(number);
    },
    valueOf: (number) => contributions.valueOf(number),
  };
}

function reasonOf(
  { policyType, policy, via }: EngineSource,
  { statement }: EngineStatement,
  effect: 'Allow' | 'Deny',
): Reason {
  return { policyType, policy, statement: statementName(statement), effect, via };
}
