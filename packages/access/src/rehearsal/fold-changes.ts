import { type BitSet, keyOf } from '../bit-set.ts';
import { ECR_ACTIONS } from '../ecr/actions.ts';
import { CAPABILITIES, type Capability } from '../ecr/capabilities.ts';
import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import type { PrincipalRef } from '../principal.ts';
import type { ActionChange } from './compare-access.ts';
import { type AccessSide, type ChangeKind, sideKey } from './side.ts';

/** What changes in the same way in the same places: actions and capabilities together. */
export interface AccessChange {
  readonly kind: ChangeKind;
  /** False where either side is not known, because something could not be read. */
  readonly isCertain: boolean;
  readonly capabilities: readonly Capability[];
  readonly actions: readonly string[];
  readonly before: AccessSide;
  readonly after: AccessSide;
  /** The repositories, by their index in the list of the rehearsal; null where it is about registries. */
  readonly set: BitSet | null;
  /** The registries, for actions that have no repository. */
  readonly registries: readonly EvaluatedRegistry[];
}

/** Principals for which everything changes in the same way. */
export interface ChangedPrincipals {
  readonly principals: readonly PrincipalRef[];
  readonly changes: readonly AccessChange[];
}

/** Puts together what changes alike: actions of one principal, then principals. What matters most comes first. */
export function foldChanges(
  changed: Iterable<{ readonly principal: PrincipalRef; readonly changes: readonly ActionChange[] }>,
): ChangedPrincipals[] {
  const folded = new Map<readonly ActionChange[], Folded>();
  const groups = new Map<string, { readonly principals: PrincipalRef[]; readonly changes: readonly AccessChange[] }>();
  for (const { principal, changes } of changed) {
    const { key, list } = folded.get(changes) ?? foldActions(changes);
    folded.set(changes, { key, list });
    const group = groups.get(key) ?? { principals: [], changes: list };
    groups.set(key, group);
    group.principals.push(principal);
  }
  return [...groups.values()].toSorted((a, b) => weightOf(a.changes) - weightOf(b.changes));
}

interface Folded {
  readonly key: string;
  readonly list: readonly AccessChange[];
}

function foldActions(changes: readonly ActionChange[]): Folded {
  const byPlace = Map.groupBy(
    changes,
    ({ before, after, set, registries }) =>
      `${sideKey(before)} > ${sideKey(after)} ${set === null ? JSON.stringify(registries) : keyOf(set)}`,
  );
  const list = [...byPlace].flatMap(([key, alike]) => {
    const [first] = alike;
    if (first === undefined) {
      return [];
    }
    const names = new Set(alike.map(({ action }) => action));
    const { kind, before, after, set, registries } = first;
    const change: AccessChange = {
      kind,
      isCertain: before.decision !== 'unknown' && after.decision !== 'unknown',
      capabilities: CAPABILITIES.map(({ name }) => name).filter((name) => names.has(name)),
      actions: ECR_ACTIONS.map(({ name }) => name).filter((name) => names.has(name)),
      before,
      after,
      set,
      registries,
    };
    return [{ key: `${key} ${[...names].toSorted().join(' ')}`, change }];
  });
  const sorted = list.toSorted((a, b) => weightOf([a.change]) - weightOf([b.change]) || (a.key < b.key ? -1 : 1));
  return { key: sorted.map(({ key }) => key).join('\n'), list: sorted.map(({ change }) => change) };
}

/** Who may change policies can do the rest, too; images that are put in or taken away matter more than those read. */
const CAPABILITY_ORDER: readonly Capability[] = ['administer', 'push', 'delete', 'pull', 'replicate'];
const KIND_ORDER: readonly ChangeKind[] = ['gained', 'widened', 'lost', 'narrowed', 'altered'];

/** The lower, the earlier. */
function weightOf(changes: readonly AccessChange[]): number {
  return Math.min(
    ...changes.map(({ kind, capabilities }) => {
      const places = capabilities.map((capability) => CAPABILITY_ORDER.indexOf(capability));
      return Math.min(CAPABILITY_ORDER.length, ...places) * KIND_ORDER.length + KIND_ORDER.indexOf(kind);
    }),
  );
}
