import { type RequestContext, resolveTemplate, templateText } from '@ecr-audit/policy';
import { add, and, andNot, bitSet, type BitSet, isEmpty, members, or } from '../bit-set.ts';
import type { ActionColumn } from './action-columns.ts';
import type { World } from './world.ts';
import type { PlacedStatement } from './placed-statement.ts';

interface Input {
  readonly world: World;
  readonly placed: PlacedStatement;
  readonly column: ActionColumn;
  /** The context of any one of the targets. */
  readonly contextAt: (set: BitSet) => RequestContext;
}

/**
 * The targets that a statement may apply to, in sets within which it sees no difference: its keys have the same values,
 * and its Resource says the same. Those that it only may match, once more is known, come one by one.
 */
export function resourceParts({ world, placed, column, contextAt }: Input): BitSet[] {
  const { scope, statement } = placed;
  const { resource } = statement.statement;
  const { targetKeys } = statement;
  if (resource === null || resource.kind === 'unreadable') {
    return [...world.byKeys(scope, targetKeys, column)];
  }
  const isAbout = (set: BitSet): Reach => reachOf(resource.value, contextAt(set), world);
  // Where it is not about the target it adds nothing, save that it may have asked for a tag.
  const keepsRest = resource.value.isNegated || statement.asksTagsInResource;
  if (statement.readsTargetInResource) {
    return world
      .byKeys(scope, targetKeys, column)
      .flatMap((group) => split(group, isAbout(group), { world, keepsRest }));
  }
  const reach = isAbout(scope ?? world.all);
  const where = keepsRest ? scope : within(scope, reach, world);
  return world.byKeys(where, targetKeys, column).flatMap((group) => split(group, reach, { world, keepsRest }));
}

/** What a Resource element names: for certain, for certain by a short pattern, and perhaps. */
interface Reach {
  readonly certain: BitSet;
  readonly short: BitSet;
  readonly possible: BitSet;
}

type ResourceElement = Extract<
  NonNullable<PlacedStatement['statement']['statement']['resource']>,
  { kind: 'readable' }
>['value'];

function reachOf({ patterns }: ResourceElement, context: RequestContext, world: World): Reach {
  const { none } = world;
  const join = (a: BitSet, b: BitSet): BitSet => (a === none ? b : b === none || a === world.all ? a : or(a, b));
  let [certain, short, possible] = [none, none, none];
  for (const { template, isShort } of patterns) {
    const resolved = resolveTemplate(template, context);
    if (resolved.kind === 'noValue') {
      continue;
    }
    const matching = world.matching(resolved.template);
    certain = join(certain, matching.certain);
    possible = join(possible, matching.possible);
    if (isShort && templateText(template) !== '') {
      short = join(short, matching.certain);
    }
  }
  return { certain, short, possible };
}

function within(scope: BitSet | null, { certain, possible }: Reach, { all, none }: World): BitSet | null {
  if (certain === all) {
    return scope;
  }
  const reached = possible === none ? certain : or(certain, possible);
  return scope === null ? reached : and(scope, reached);
}

function split(
  group: BitSet,
  { certain, short, possible }: Reach,
  { world, keepsRest }: { readonly world: World; readonly keepsRest: boolean },
): BitSet[] {
  const { all, none } = world;
  const matched = certain === all ? group : and(group, certain);
  const parts = short === none ? [matched] : [and(matched, short), andNot(matched, short)];
  if (keepsRest && certain !== all) {
    parts.push(andNot(andNot(group, certain), possible));
  }
  if (possible !== none) {
    for (const index of members(andNot(and(group, possible), certain))) {
      const one = bitSet(world.targets.length);
      add(one, index);
      parts.push(one);
    }
  }
  return parts.filter((part) => !isEmpty(part));
}
