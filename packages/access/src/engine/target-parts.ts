import type { ActionColumn } from './action-columns.ts';
import type { ContributionCatalogue } from './contribution.ts';
import type { TargetFacts } from './facts.ts';
import type { Interner } from './interner.ts';
import { targetPossible } from './possible.ts';
import type { TargetPart } from './questions.ts';
import { createSequences, step } from './sequences.ts';

/** Makes what targets bring; equal ones are one object. */
export interface TargetParts {
  of(part: { readonly facts: number; readonly list: number; readonly isSameAccount: boolean }): TargetPart;
}

interface Context {
  readonly columns: readonly ActionColumn[];
  readonly contributions: ContributionCatalogue;
  readonly facts: Interner<readonly TargetFacts[]>;
  /** Of contributions. */
  readonly lists: Interner<readonly number[]>;
}

export function createTargetParts({ columns, contributions, facts, lists }: Context): TargetParts {
  const parts = createSequences<TargetPart>();
  let count = 0;
  return {
    of({ facts: factsNumber, list, isSameAccount }) {
      const node = step(step(step(parts, list), factsNumber), isSameAccount ? 1 : 0);
      if (node.value === null) {
        const numbers = lists.valueOf(list);
        const possible = targetPossible(
          { facts: facts.valueOf(factsNumber), isSameAccount },
          numbers.map((each) => contributions.valueOf(each)),
          columns,
        );
        node.value = { number: count, facts: factsNumber, isSameAccount, contributions: numbers, possible };
        count += 1;
      }
      return node.value;
    },
  };
}
