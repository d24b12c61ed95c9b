import type { AccessProfile } from '../access-matrix.ts';
import { isAccess } from '../answer.ts';
import { addAll, and, andNot, bitSet, type BitSet, isEmpty, members, or } from '../bit-set.ts';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { givesNoMore } from './compare-answers.ts';
import type { Trial } from './evaluate-callers.ts';

/** Where one trial gives more than another, by action. Capabilities follow from the actions. */
export interface Excess {
  readonly action: string;
  readonly set: BitSet;
  readonly regions: readonly string[];
}

/** In what `one` is not certainly within `other`. Blocks are compared, not cells. */
export function excessOf(one: Trial, other: Trial, repositoryCount: number): Excess[] {
  const sets = new Map<string, BitSet>();
  const note = (profile: AccessProfile, against: AccessProfile | null, set: BitSet): void => {
    for (const [action, answer] of profile.answers) {
      if (isAction(action) && isAccess(answer) && !givesNoMore(answer, against?.answers.get(action))) {
        const found = sets.get(action) ?? bitSet(repositoryCount);
        sets.set(action, found);
        addAll(found, set);
      }
    }
  };
  for (const block of one.access.repositories) {
    let rest = block.set;
    for (const against of other.access.repositories) {
      const both = and(block.set, against.set);
      if (!isEmpty(both)) {
        note(block.profile, against.profile, both);
        rest = andNot(rest, both);
      }
    }
    if (!isEmpty(rest)) {
      note(block.profile, null, rest);
    }
  }
  const regions = new Map<string, string[]>();
  for (const { region, profile } of one.access.registries) {
    for (const [action, answer] of profile.answers) {
      if (isAccess(answer) && !givesNoMore(answer, other.registryAnswer(region, action))) {
        regions.set(action, [...(regions.get(action) ?? []), region]);
      }
    }
  }
  return ECR_ACTIONS.flatMap(({ name: action }): Excess[] => {
    const set = sets.get(action);
    const places = regions.get(action) ?? [];
    return set === undefined && places.length === 0
      ? []
      : [{ action, set: set ?? bitSet(repositoryCount), regions: places }];
  });
}

function isAction(text: string): boolean {
  return text.startsWith('ecr:');
}

/** The repositories of a set, by their ARNs. */
export function arnsIn(set: BitSet, repositories: readonly { readonly arn: string }[]): string[] {
  return [...members(set)].flatMap((index) => repositories[index]?.arn ?? []);
}

/** All sets in one. */
export function unionOfSets(sets: readonly BitSet[], repositoryCount: number): BitSet {
  return sets.reduce((all, set) => or(all, set), bitSet(repositoryCount));
}
