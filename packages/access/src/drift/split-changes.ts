import { add, and, andNot, bitSet, type BitSet, isEmpty } from '../bit-set.ts';
import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import type { PrincipalRef } from '../principal.ts';
import type { ActionChange } from '../rehearsal/compare-access.ts';
import type { BothSides } from './both-sides.ts';
import type { DriftJudge } from './drift-change.ts';
import type { RepositoryPairs } from './repository-pairs.ts';

/** Changes that are certain, and those that something unread keeps open. */
export interface SplitChanges {
  readonly certain: readonly ActionChange[];
  readonly open: readonly ActionChange[];
}

/** Takes changes apart by what became of the repositories, and by whether they are certain. The same lists for the same list. */
export function splitChanges(
  sides: BothSides,
  repositories: RepositoryPairs,
  judge: DriftJudge,
): (changes: readonly ActionChange[], principal: PrincipalRef) => SplitChanges {
  const places = placesOf(sides, repositories);
  const known = new WeakMap<readonly ActionChange[], SplitChanges>();
  const split = (changes: readonly ActionChange[], principal: PrincipalRef): SplitChanges => {
    const certain: ActionChange[] = [];
    const open: ActionChange[] = [];
    for (const change of changes) {
      const found = judge(change.before, change.after, principal);
      const pieces = found === null ? [] : piecesOf(change, places);
      for (const { piece, isCertain } of pieces) {
        (isCertain && found?.unread.length === 0 ? certain : open).push(piece);
      }
    }
    return { certain, open };
  };
  return (changes, principal) => {
    // What belongs to outsiders is judged by who they are.
    if (principal.kind === 'external') {
      return split(changes, principal);
    }
    const made = known.get(changes) ?? split(changes, principal);
    known.set(changes, made);
    return made;
  };
}

interface Places {
  readonly sets: readonly { readonly set: BitSet; readonly isCertain: boolean }[];
  /** Null for one that only one snapshot has. */
  isCertain(registry: EvaluatedRegistry): boolean | null;
}

function placesOf({ before, after, withForeignScope }: BothSides, { all, sets }: RepositoryPairs): Places {
  const foreign = new Set(withForeignScope.map(keyOf));
  const there = bitSet(all.length);
  for (const [index, repository] of all.entries()) {
    if (foreign.has(keyOf(repository))) {
      add(there, index);
    }
  }
  return {
    sets: sets.flatMap(({ set }) => [
      { set: andNot(set, there), isCertain: true },
      { set: and(set, there), isCertain: false },
    ]),
    isCertain(registry) {
      const { accountId, region } = registry;
      const isInBoth = [before, after].every(({ accounts }) => accounts.get(accountId)?.regions.has(region) === true);
      return isInBoth ? !foreign.has(keyOf(registry)) : null;
    },
  };
}

interface Piece {
  readonly piece: ActionChange;
  readonly isCertain: boolean;
}

function piecesOf(change: ActionChange, places: Places): Piece[] {
  const { set: whole } = change;
  if (whole !== null) {
    return places.sets
      .map(({ set, isCertain }) => ({ piece: { ...change, set: and(whole, set) }, isCertain }))
      .filter(({ piece }) => !isEmpty(piece.set));
  }
  return [true, false].flatMap((isCertain): Piece[] => {
    const registries = change.registries.filter((registry) => places.isCertain(registry) === isCertain);
    return registries.length === 0 ? [] : [{ piece: { ...change, registries }, isCertain }];
  });
}

function keyOf({ accountId, region }: EvaluatedRegistry): string {
  return `${accountId} ${region}`;
}
