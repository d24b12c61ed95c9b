import type { AccessProfile, PrincipalAccess, RepositoryAccess } from '../access-matrix.ts';
import { type AccessAnswer, isAccess } from '../answer.ts';
import { addAll, and, andNot, bitSet, type BitSet, isEmpty, or } from '../bit-set.ts';

/** Where two accesses differ, and where that cannot be told. */
export interface AccessDifference {
  /** The repositories on which an action has another answer. */
  readonly differs: BitSet;
  /** The repositories on which one of the answers is unknown, by action: what is missing may hide a difference. */
  readonly unknown: ReadonlyMap<string, BitSet>;
  /** The same of the registries' own actions. */
  readonly registries: ProfileDifference;
}

interface ProfileDifference {
  readonly differs: boolean;
  readonly unknown: ReadonlySet<string>;
}

const NOTHING: ReadonlyMap<string, AccessAnswer> = new Map();

/** Compares what two callers hold over the same list of repositories, and remembers what it has compared. */
export function accessComparison(repositories: number): (a: PrincipalAccess, b: PrincipalAccess) => AccessDifference {
  const profiles = new Map<AccessProfile | null, Map<AccessProfile | null, ProfileDifference>>();
  const blocks = new Map<
    readonly RepositoryAccess[],
    Map<readonly RepositoryAccess[], Pick<AccessDifference, 'differs' | 'unknown'>>
  >();
  const profileDifference = (a: AccessProfile | null, b: AccessProfile | null): ProfileDifference =>
    remembered(profiles, [a, b], () => differenceOf(a?.answers ?? NOTHING, b?.answers ?? NOTHING));
  const blockDifference = (
    a: readonly RepositoryAccess[],
    b: readonly RepositoryAccess[],
  ): Pick<AccessDifference, 'differs' | 'unknown'> =>
    remembered(blocks, [a, b], () => {
      const differs = bitSet(repositories);
      const unknown = new Map<string, BitSet>();
      for (const { set, ours, theirs } of overlaps(a, b, repositories)) {
        const found = profileDifference(ours, theirs);
        if (found.differs) {
          addAll(differs, set);
        }
        for (const action of found.unknown) {
          const known = unknown.get(action);
          unknown.set(action, known === undefined ? set : or(known, set));
        }
      }
      return { differs, unknown };
    });
  return (a, b) => ({
    ...blockDifference(a.repositories, b.repositories),
    registries: registryDifference(a, b, profileDifference),
  });
}

function differenceOf(a: ReadonlyMap<string, AccessAnswer>, b: ReadonlyMap<string, AccessAnswer>): ProfileDifference {
  let differs = false;
  const unknown = new Set<string>();
  // Capabilities follow from the actions.
  const actions = [...new Set([...a.keys(), ...b.keys()])].filter((name) => name.startsWith('ecr:'));
  for (const action of actions) {
    const [ours, theirs] = [a.get(action), b.get(action)];
    if (ours?.decision === 'unknown' || theirs?.decision === 'unknown') {
      unknown.add(action);
    }
    differs ||= sideOf(ours) !== sideOf(theirs);
  }
  return { differs, unknown };
}

/** Denied in one way is denied in the other; conditions that are written otherwise are taken to be others. */
function sideOf(answer: AccessAnswer | undefined): string {
  if (answer === undefined || !isAccess(answer)) {
    return 'denied';
  }
  return answer.decision === 'allowed' ? 'allowed' : `${answer.decision} ${JSON.stringify(answer.residual)}`;
}

function registryDifference(
  a: PrincipalAccess,
  b: PrincipalAccess,
  difference: (a: AccessProfile | null, b: AccessProfile | null) => ProfileDifference,
): ProfileDifference {
  const places = new Set([...a.registries, ...b.registries].map(({ accountId, region }) => `${accountId} ${region}`));
  const found = [...places].map((place) => difference(profileAt(a, place), profileAt(b, place)));
  return {
    differs: found.some(({ differs }) => differs),
    unknown: new Set(found.flatMap(({ unknown }) => [...unknown])),
  };
}

function profileAt({ registries }: PrincipalAccess, place: string): AccessProfile | null {
  return registries.find(({ accountId, region }) => `${accountId} ${region}` === place)?.profile ?? null;
}

interface Overlap {
  readonly set: BitSet;
  readonly ours: AccessProfile | null;
  readonly theirs: AccessProfile | null;
}

/** Where two lists of blocks meet; null on the side that has no block there, where nothing is allowed. */
function* overlaps(a: readonly RepositoryAccess[], b: readonly RepositoryAccess[], length: number): Generator<Overlap> {
  const inA = bitSet(length);
  for (const { set, profile } of a) {
    addAll(inA, set);
    let alone = set;
    for (const other of b) {
      const both = and(set, other.set);
      if (!isEmpty(both)) {
        yield { set: both, ours: profile, theirs: other.profile };
        alone = andNot(alone, both);
      }
    }
    if (!isEmpty(alone)) {
      yield { set: alone, ours: profile, theirs: null };
    }
  }
  for (const { set, profile } of b) {
    const alone = andNot(set, inA);
    if (!isEmpty(alone)) {
      yield { set: alone, ours: null, theirs: profile };
    }
  }
}

function remembered<Key, Value>(
  memory: Map<Key, Map<Key, Value>>,
  [a, b]: readonly [Key, Key],
  make: () => Value,
): Value {
  const inner = memory.get(a) ?? new Map<Key, Value>();
  memory.set(a, inner);
  const value = inner.get(b) ?? make();
  inner.set(b, value);
  return value;
}
