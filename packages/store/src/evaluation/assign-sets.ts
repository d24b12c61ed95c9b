import type { FoldedAccess } from './folded-access.ts';
import type { MemberSet } from './member-set.ts';
import type { StoredAccess } from './stored-access.ts';

/** Which set of the database each membership becomes, or null for a new one. */
export type SetAssignment = ReadonlyMap<MemberSet, number | null>;

/**
 * Gives each membership that principals need now a set of the database, so that few rows change.
 *
 * A membership that a set has already is that set. A repository that is created or whose policy changes joins or leaves
 * many sets without moving their blocks: therefore a set of which nobody needs what it held is handed on to the membership
 * that most of its blocks go to, and only its own rows change. What is left is new.
 *
 * `stored` holds the blocks of everybody in `access`; a set that others use, too, stays as it is.
 */
export function assignSets(stored: StoredAccess, access: ReadonlyMap<number, FoldedAccess>): SetAssignment {
  const idByMembership = new Map([...stored.sets].map(([id, set]) => [set, id]));
  const needed = new Set(access.values().flatMap(({ blocks }) => blocks.values()));
  const assigned = new Map<MemberSet, number | null>(
    [...needed].map((membership) => [membership, idByMembership.get(membership) ?? null]),
  );
  const free = freeSets(stored, access, new Set(assigned.values()));
  for (const { setId, membership } of votesFor(stored, access, free)) {
    if (assigned.get(membership) === null && free.delete(setId)) {
      assigned.set(membership, setId);
    }
  }
  return assigned;
}

function freeSets(
  stored: StoredAccess,
  access: ReadonlyMap<number, FoldedAccess>,
  kept: ReadonlySet<number | null>,
): Set<number> {
  const uses = new Map<number, number>();
  for (const principalId of access.keys()) {
    for (const { setId } of stored.blocks.get(principalId) ?? []) {
      uses.set(setId, (uses.get(setId) ?? 0) + 1);
    }
  }
  return new Set(
    uses
      .keys()
      .filter((setId) => !kept.has(setId) && stored.sets.has(setId) && uses.get(setId) === stored.uses.get(setId)),
  );
}

/** Where the blocks of free sets go, most blocks first. A block goes to the membership that has its profile now. */
function votesFor(
  stored: StoredAccess,
  access: ReadonlyMap<number, FoldedAccess>,
  free: ReadonlySet<number>,
): { readonly setId: number; readonly membership: MemberSet }[] {
  const votes = new Map<number, Map<MemberSet, number>>();
  for (const [principalId, { blocks }] of access) {
    for (const { setId, profileId } of stored.blocks.get(principalId) ?? []) {
      const membership = blocks.get(profileId);
      if (membership !== undefined && free.has(setId)) {
        const ofSet = votes.get(setId) ?? new Map<MemberSet, number>();
        ofSet.set(membership, (ofSet.get(membership) ?? 0) + 1);
        votes.set(setId, ofSet);
      }
    }
  }
  return [...votes]
    .flatMap(([setId, ofSet]) => [...ofSet].map(([membership, count]) => ({ setId, membership, count })))
    .toSorted((a, b) => b.count - a.count || a.setId - b.setId);
}
