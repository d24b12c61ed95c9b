import type { AccessProfile, PrincipalAccess, RepositoryAccess } from '../access-matrix.ts';
import { add, bitSet, type BitSet, members, or } from '../bit-set.ts';
import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import { type AccessSide, type ChangeKind, changeBetween, sideKey, sideOf } from './side.ts';

/** How one action or capability changes in some places. */
export interface ActionChange {
  readonly kind: ChangeKind;
  readonly action: string;
  readonly before: AccessSide;
  readonly after: AccessSide;
  /** The repositories, by their index; null for registries. */
  readonly set: BitSet | null;
  readonly registries: readonly EvaluatedRegistry[];
}

/** Compares what principals have with what they would have, and remembers what it has compared. */
export interface AccessComparison {
  changesOf(before: PrincipalAccess, after: PrincipalAccess): readonly ActionChange[];
}

/** `repositories` is how many there are in the list that the sets are about, the same before and after. */
export function createComparison(repositories: number): AccessComparison {
  const profilePairs = new Map<AccessProfile | null, Map<AccessProfile | null, readonly ProfileChange[]>>();
  // Principals with the same access share the very list of blocks.
  const blockPairs = new Map<readonly RepositoryAccess[], Map<readonly RepositoryAccess[], readonly ActionChange[]>>();
  const compareProfiles = (before: AccessProfile | null, after: AccessProfile | null): readonly ProfileChange[] =>
    remembered(profilePairs, before, after, () => profileChanges(before, after));
  const compareBlocks = (
    before: readonly RepositoryAccess[],
    after: readonly RepositoryAccess[],
  ): readonly ActionChange[] => {
    const found = new Map<string, ActionChange & { readonly set: BitSet }>();
    if (before === after) {
      return [];
    }
    for (const { set, earlier, later } of overlaps(before, after, repositories)) {
      for (const change of compareProfiles(earlier, later)) {
        const key = `${change.action} ${sideKey(change.before)} > ${sideKey(change.after)}`;
        const known = found.get(key);
        found.set(key, { ...change, set: known === undefined ? set : or(known.set, set), registries: [] });
      }
    }
    return [...found.values()];
  };
  return {
    changesOf(before, after) {
      const there = remembered(blockPairs, before.repositories, after.repositories, () =>
        compareBlocks(before.repositories, after.repositories),
      );
      const own = registryChanges(before, after, compareProfiles);
      // The very same list for most, so that it is folded once.
      return own.length === 0 ? there : [...there, ...own];
    },
  };
}

type ProfileChange = Pick<ActionChange, 'kind' | 'action' | 'before' | 'after'>;

function profileChanges(before: AccessProfile | null, after: AccessProfile | null): ProfileChange[] {
  if (before === after) {
    return [];
  }
  const actions = new Set([...(before?.answers.keys() ?? []), ...(after?.answers.keys() ?? [])]);
  return [...actions].flatMap((action): ProfileChange[] => {
    const earlier = sideOf(before?.answers.get(action));
    const later = sideOf(after?.answers.get(action));
    const kind = changeBetween(earlier, later);
    return kind === null ? [] : [{ kind, action, before: earlier, after: later }];
  });
}

interface Overlap {
  readonly set: BitSet;
  readonly earlier: AccessProfile | null;
  readonly later: AccessProfile | null;
}

/**
 * Where two lists of blocks meet; null for repositories that are in no block of one of them, where nothing is allowed. By walking
 * the repositories: meeting each block with each other took ten times as long, as most have hundreds of blocks of a few.
 */
function overlaps(
  before: readonly RepositoryAccess[],
  after: readonly RepositoryAccess[],
  repositories: number,
): Iterable<Overlap> {
  const [earlier, later] = [labelsOf(before, repositories), labelsOf(after, repositories)];
  const found = new Map<number, Overlap>();
  for (let index = 0; index < repositories; index += 1) {
    const [a, b] = [earlier[index] ?? 0, later[index] ?? 0];
    const [one, other] = [before[a - 1]?.profile ?? null, after[b - 1]?.profile ?? null];
    if (one !== other) {
      const key = a * (after.length + 1) + b;
      const overlap = found.get(key) ?? { set: bitSet(repositories), earlier: one, later: other };
      found.set(key, overlap);
      add(overlap.set, index);
    }
  }
  return found.values();
}

/** For each repository the place of its block, from 1 on; 0 where it is in none. */
function labelsOf(blocks: readonly RepositoryAccess[], repositories: number): Int32Array {
  const labels = new Int32Array(repositories);
  for (const [place, { set }] of blocks.entries()) {
    for (const index of members(set)) {
      labels[index] = place + 1;
    }
  }
  return labels;
}

function registryChanges(
  before: PrincipalAccess,
  after: PrincipalAccess,
  compare: (before: AccessProfile | null, after: AccessProfile | null) => readonly ProfileChange[],
): ActionChange[] {
  const places = new Map([...before.registries, ...after.registries].map((each) => [placeOf(each), each]));
  const found = new Map<string, ActionChange>();
  for (const [place, { accountId, region }] of [...places].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const earlier = before.registries.find((each) => placeOf(each) === place)?.profile ?? null;
    const later = after.registries.find((each) => placeOf(each) === place)?.profile ?? null;
    for (const change of compare(earlier, later)) {
      const key = `${change.action} ${sideKey(change.before)} > ${sideKey(change.after)}`;
      const registries = [...(found.get(key)?.registries ?? []), { accountId, region }];
      found.set(key, { ...change, set: null, registries });
    }
  }
  return [...found.values()];
}

function placeOf({ accountId, region }: EvaluatedRegistry): string {
  return `${accountId} ${region}`;
}

function remembered<Key, Value>(memory: Map<Key, Map<Key, Value>>, a: Key, b: Key, make: () => Value): Value {
  const inner = memory.get(a) ?? new Map<Key, Value>();
  memory.set(a, inner);
  const known = inner.get(b) ?? make();
  inner.set(b, known);
  return known;
}
