import { type Formula, formulaId, type Junction } from './formula.ts';

/**
 * Comparisons of members that are worth it: they take half a second. Only thousands of members that are made of the
 * same few dozen parts get there; ten thousand with three or four of forty parts need a fifth of it.
 */
const COMPARISONS_MAX = 20_000_000;

/**
 * Drops a member that another one already decides: `any(A, all(A, B))` is A.
 *
 * A member can only absorb members that have its rarest part, so it is looked up there alone. Comparing all pairs made
 * `any` of 10,000 members with two conditions each take 0.96 s; with this it takes 90 ms.
 */
export function absorb(junction: Junction, members: ReadonlyMap<string, Formula>): ReadonlyMap<string, Formula> {
  const inner = junction === 'all' ? 'any' : 'all';
  const sets: PartSet[] = [];
  let isFlat = true;
  for (const [id, member] of members) {
    isFlat &&= member.kind !== inner;
    sets.push({ id, member, ids: member.kind === inner ? member.of.map(formulaId) : [id] });
  }
  if (isFlat || sets.length < 2) {
    return members;
  }
  const absorbers = byRarestPart(sets);
  // Counted in full before anything is dropped, so that the order of the members decides nothing.
  let comparisons = 0;
  for (const id of sets.flatMap(({ ids }) => ids)) {
    comparisons += absorbers.get(id)?.length ?? 0;
    if (comparisons > COMPARISONS_MAX) {
      return members;
    }
  }
  const kept = sets.filter((set) => !isAbsorbed(set, absorbers));
  return kept.length === sets.length ? members : new Map(kept.map(({ id, member }) => [id, member]));
}

interface PartSet {
  readonly id: string;
  readonly member: Formula;
  readonly ids: readonly string[];
}

/** In how many members each part stands. */
function partCounts(sets: readonly PartSet[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ids } of sets) {
    for (const id of ids) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

/** Those that might absorb another, the smallest first, by the part of theirs that stands in the fewest members. */
function byRarestPart(sets: readonly PartSet[]): Map<string, PartSet[]> {
  const counts = partCounts(sets);
  const countOf = (id: string): number => counts.get(id) ?? 0;
  const bySize = sets.toSorted((a, b) => a.ids.length - b.ids.length);
  const sizeMax = bySize.at(-1)?.ids.length ?? 0;
  const byPart = new Map<string, PartSet[]>();
  for (const set of bySize) {
    if (set.ids.length === sizeMax) {
      break;
    }
    const rarest = set.ids.reduce((found, id) => (countOf(id) < countOf(found) ? id : found), set.ids[0] ?? set.id);
    const known = byPart.get(rarest);
    if (known === undefined) {
      byPart.set(rarest, [set]);
    } else {
      known.push(set);
    }
  }
  return byPart;
}

function isAbsorbed({ ids }: PartSet, absorbers: ReadonlyMap<string, readonly PartSet[]>): boolean {
  let own: Set<string> | null = null;
  for (const id of ids) {
    for (const candidate of absorbers.get(id) ?? []) {
      if (candidate.ids.length >= ids.length) {
        break;
      }
      own ??= new Set(ids);
      const parts = own;
      if (candidate.ids.every((part) => parts.has(part))) {
        return true;
      }
    }
  }
  return false;
}
