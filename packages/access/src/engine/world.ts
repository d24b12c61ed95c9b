import { type KeyValue, matchTemplate, renderTemplate, type Template } from '@ecr-audit/policy';
import { add, bitSet, type BitSet, fullSet, isEmpty, members } from '../bit-set.ts';
import type { Caller } from '../evaluate/caller.ts';
import { type GivenContext, requestContext } from '../evaluate/request-context.ts';
import type { Target } from '../evaluate/target.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { type Candidates, createCandidates } from './candidates.ts';
import type { ActionColumn } from './action-columns.ts';

/** What the questions of one run have in common. */
export interface Scene {
  readonly snapshot: Snapshot;
  readonly given: GivenContext;
  readonly isComplete: boolean;
}

/** The targets of one run, and the sets of them that policies speak of. Each set is made once. */
export interface World {
  readonly scene: Scene;
  readonly targets: readonly Target[];
  /** Where to read what stands over a target: policies of its registry, and RCPs. By its index. */
  snapshotAt(index: number): Snapshot;
  /** All of them; the very same object wherever a set is known to be whole, as `none` where one is known to be empty. */
  readonly all: BitSet;
  readonly none: BitSet;
  /** The targets in registries of an account. */
  ofAccount(accountId: string): BitSet;
  /** Those whose resource the template matches, and may match once its open variables are known. */
  matching(template: Template): Matching;
  /**
   * The targets of `scope`, null for all, by what is known of these keys of theirs: within a set, each key has one value.
   */
  byKeys(scope: BitSet | null, keys: readonly string[], column: ActionColumn): readonly BitSet[];
}

interface Matching {
  readonly certain: BitSet;
  readonly possible: BitSet;
}

/**
 * `targets` come in the order of their resources. Nothing but policies of registries and organizations may tell their snapshots
 * from that of the scene.
 */
export function createWorld(
  scene: Scene,
  targets: readonly Target[],
  anyCaller: Caller,
  snapshotAt: (index: number) => Snapshot = () => scene.snapshot,
): World {
  const all = fullSet(targets.length);
  const candidates = createCandidates(targets.map(({ resource }) => resource));
  const accounts = new Map<string, BitSet>();
  const matchings = new Map<string, Matching>();
  const groupings = new Map<string, Grouping>();
  const none = bitSet(targets.length);
  const everything: Matching = { certain: all, possible: none };
  for (const [index, { accountId }] of targets.entries()) {
    const set = accounts.get(accountId) ?? bitSet(targets.length);
    accounts.set(accountId, set);
    add(set, index);
  }
  return {
    scene,
    targets,
    snapshotAt,
    all,
    none,
    ofAccount: (accountId) => accounts.get(accountId) ?? none,
    matching(template) {
      const [first] = template;
      if (template.length === 1 && first?.kind === 'star') {
        return everything;
      }
      const key = renderTemplate(template, { wildcards: true, variables: true });
      const matching = matchings.get(key) ?? computeMatching({ targets, candidates, none }, template);
      matchings.set(key, matching);
      return matching;
    },
    byKeys(scope, keys, column) {
      if (keys.length === 0) {
        return [scope ?? all];
      }
      const key = JSON.stringify([column.index, keys]);
      const grouping = groupings.get(key) ?? groupByKeys({ scene, targets, anyCaller }, keys, column);
      groupings.set(key, grouping);
      return scope === null ? grouping.sets : setsWithin(scope, grouping);
    },
  };
}

function computeMatching({ targets, candidates, none }: Searched, template: Template): Matching {
  const certain = bitSet(targets.length);
  const possible = bitSet(targets.length);
  for (const index of candidates.of(template)) {
    const match = matchTemplate(template, targets[index]?.resource ?? '');
    if (match !== 'no') {
      add(match === 'yes' ? certain : possible, index);
    }
  }
  return { certain: isEmpty(certain) ? none : certain, possible: isEmpty(possible) ? none : possible };
}

interface Searched {
  readonly targets: readonly Target[];
  readonly candidates: Candidates;
  readonly none: BitSet;
}

/** Sets that do not meet, and the place of the set that each target is in. */
interface Grouping {
  readonly sets: readonly BitSet[];
  readonly numbers: Int32Array;
}

interface Grouped {
  readonly scene: Scene;
  readonly targets: readonly Target[];
  readonly anyCaller: Caller;
}

function groupByKeys(
  { scene, targets, anyCaller }: Grouped,
  keys: readonly string[],
  { actions: [action] }: ActionColumn,
): Grouping {
  const groups = new Map<string, { readonly number: number; readonly set: BitSet }>();
  const numbers = new Int32Array(targets.length);
  for (const [index, target] of targets.entries()) {
    const context = requestContext({ ...scene, caller: anyCaller, target, action });
    const values = JSON.stringify(keys.map((key): KeyValue => context.lookup(key)));
    const group = groups.get(values) ?? { number: groups.size, set: bitSet(targets.length) };
    groups.set(values, group);
    add(group.set, index);
    numbers[index] = group.number;
  }
  return { sets: [...groups.values()].map(({ set }) => set), numbers };
}

/** By its members, because a scope is most often the one repository of a policy, and the groups are many. */
function setsWithin(scope: BitSet, { numbers }: Grouping): readonly BitSet[] {
  const sets = new Map<number, BitSet>();
  for (const index of members(scope)) {
    const number = numbers[index] ?? 0;
    let set = sets.get(number);
    if (set === undefined) {
      set = bitSet(numbers.length);
      sets.set(number, set);
    }
    add(set, index);
  }
  return [...sets.values()];
}
