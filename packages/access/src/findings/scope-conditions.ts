import { conditionLine } from './condition-line.ts';

/** Some rights in some places, with the condition that they hang on; null for none. */
export interface ConditionedRight {
  readonly condition: string | null;
  readonly right: string;
  /** ARNs with blanks between, or `*` for all of the scope. */
  readonly where: string;
  /** Whose it is where a scope is about several. */
  readonly who?: string;
}

/**
 * The conditions of a scope. One that holds for all of it stands by itself. Where only a part hangs on it, the part is named:
 * else a condition that one right loses and another one gains would look like no change.
 */
export function scopeConditions(rights: readonly ConditionedRight[]): string[] {
  const conditions = new Set(rights.map(({ condition }) => condition));
  if (conditions.size <= 1) {
    return [...conditions].flatMap((condition) => condition ?? []);
  }
  return partialConditions(rights.filter(({ condition }) => condition !== null));
}

/** The same of the part that hangs on conditions, where there is another part that hangs on others, or on none. */
export function partialConditions(limited: readonly ConditionedRight[]): string[] {
  const keyed = limited.map((each) => ({ ...each, who: each.who ?? '', condition: each.condition ?? '' }));
  const ofPlaces = folded(keyed, ['condition', 'where', 'who'], 'right', ', ');
  // Who holds the same in the same places is named together: else a policy of a thousand roles would be a thousand texts.
  const ofHolders = folded(ofPlaces, ['condition', 'right', 'who'], 'where', ' ');
  return folded(ofHolders, ['condition', 'right', 'where'], 'who', ' ').map(conditionLine);
}

type Part = Readonly<Record<'condition' | 'right' | 'where' | 'who', string>>;

/** Those that are alike but for one of their texts as one, with all of those texts, each once and in order. */
function folded(
  parts: readonly Part[],
  alike: readonly (keyof Part)[],
  apart: keyof Part,
  separator: string,
): readonly Part[] {
  const groups = Map.groupBy(parts, (part) => JSON.stringify(alike.map((name) => part[name])));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const texts = [...new Set(group.map((part) => part[apart]))].toSorted().join(separator);
    return first === undefined ? [] : [{ ...first, [apart]: texts }];
  });
}
