import type { EcrAction } from '../ecr/actions.ts';
import { isIdentityOnly } from '../evaluate/gates-for.ts';
import { contextTraits } from '../evaluate/request-context.ts';
import { resourceTraits } from '../evaluate/resource-gate.ts';

/**
 * Actions over which the same policies have a say, in the same context: only the Action elements tell them apart.
 *
 * `actions[i]` is bit `i` of a mask.
 */
export interface ActionColumn {
  readonly index: number;
  readonly resourceType: EcrAction['resourceType'];
  readonly actions: readonly [string, ...string[]];
  /** The mask of all its actions. */
  readonly mask: number;
  /** False for actions that only an identity policy can allow. */
  readonly resourceMayAllow: boolean;
}

/** A mask is one integer of 32 bits, whose last one is its sign. */
const ACTIONS_MAX = 31;

/** The fewest columns that hold all of the actions. Actions on repositories and on registries never share one. */
export function actionColumns(actions: readonly EcrAction[]): ActionColumn[] {
  const groups = Map.groupBy(actions, ({ name, resourceType }) =>
    [resourceType, isIdentityOnly(name), contextTraits(name), resourceTraits(name)].join(' '),
  );
  const columns: ActionColumn[] = [];
  for (const group of groups.values()) {
    for (let from = 0; from < group.length; from += ACTIONS_MAX) {
      const [first, ...others] = group.slice(from, from + ACTIONS_MAX);
      if (first !== undefined) {
        columns.push({
          index: columns.length,
          resourceType: first.resourceType,
          actions: [first.name, ...others.map(({ name }) => name)],
          mask: 2 ** (others.length + 1) - 1,
          resourceMayAllow: !isIdentityOnly(first.name),
        });
      }
    }
  }
  return columns;
}
