import { andNot, type BitSet, isEmpty, or } from '@ecr-audit/access';
import type { OverlapFinder, Overlaps } from './block-overlaps.ts';
import type { FoldedAccess, HeldRegistry, VerdictIds } from './folded-access.ts';

/** Cells of one principal that are decided otherwise than before, or under another condition. */
export interface CellChange {
  readonly unread: Unread;
  /** Bit of an action: its id. In hex. */
  readonly actions: string;
  readonly where: BitSet | HeldRegistry;
}

/** 1: unknown before, 2: unknown from now on, 0: neither. As `audit.access_change` says it. */
type Unread = 0 | 1 | 2;

/** The same text for verdicts that decide alike; `unknown` where somebody could not read. */
export type Decided = string;

/** Finds what was decided otherwise. Principals that share their blocks before and now are compared once. */
export interface ChangeFinder {
  between(before: FoldedAccess, now: FoldedAccess): CellChange[];
}

/** `profiles` and `decided` must hold every profile and verdict that is met. `except` are places where nothing was before. */
export function changeFinder({
  profiles,
  decided,
  overlaps,
  except,
}: {
  readonly profiles: ReadonlyMap<number, VerdictIds>;
  readonly decided: ReadonlyMap<number, Decided>;
  readonly overlaps: OverlapFinder;
  readonly except: BitSet;
}): ChangeFinder {
  const comparedPairs = new Map<string, readonly ProfileChange[]>();
  const decidedIn = (profileId: number | null): readonly (Decided | null)[] =>
    profileId === null
      ? []
      : valueOf(profiles, profileId).map((verdict) => (verdict === null ? null : valueOf(decided, verdict)));
  const compare = (before: number | null, now: number | null): readonly ProfileChange[] => {
    const key = `${before ?? ''} ${now ?? ''}`;
    const compared = comparedPairs.get(key) ?? changesOf(decidedIn(before), decidedIn(now));
    comparedPairs.set(key, compared);
    return compared;
  };
  const known = new Map<Overlaps, readonly CellChange[]>();
  const inBlocks = (before: FoldedAccess, now: FoldedAccess): readonly CellChange[] => {
    const over = overlaps(before.blocks, now.blocks);
    const changes = known.get(over) ?? changesInBlocks(over, { compare, except });
    known.set(over, changes);
    return changes;
  };
  return {
    between: (before, now) => [
      ...inBlocks(before, now),
      ...changesInRegistries(before.registries, now.registries, compare),
    ],
  };
}

interface ProfileChange {
  readonly unread: Unread;
  readonly actions: string;
}
type Compare = (before: number | null, now: number | null) => readonly ProfileChange[];

function changesOf(before: readonly (Decided | null)[], now: readonly (Decided | null)[]): ProfileChange[] {
  const places = new Map<Unread, number[]>();
  for (let place = 0; place < Math.max(before.length, now.length); place += 1) {
    const [earlier = null, later = null] = [before[place], now[place]];
    if (earlier !== later) {
      const unread = earlier === 'unknown' ? 1 : later === 'unknown' ? 2 : 0;
      // The ids of actions count from 1.
      places.set(unread, [...(places.get(unread) ?? []), place + 1]);
    }
  }
  return [...places].map(([unread, ids]) => ({ unread, actions: bitsOf(ids) }));
}

function bitsOf(ids: readonly number[]): string {
  const bytes = Buffer.alloc(Math.floor(Math.max(...ids) / 8) + 1);
  for (const id of ids) {
    bytes[id >> 3] = (bytes[id >> 3] ?? 0) | (1 << (id & 7));
  }
  return bytes.toString('hex');
}

function changesInBlocks(
  { moved }: Overlaps,
  { compare, except }: { readonly compare: Compare; readonly except: BitSet },
): CellChange[] {
  const byChange = new Map<string, ProfileChange & { readonly where: BitSet }>();
  for (const { before, now, bits } of moved) {
    for (const change of compare(before, now)) {
      const key = `${change.unread} ${change.actions}`;
      const known = byChange.get(key);
      byChange.set(key, { ...change, where: known === undefined ? bits : or(known.where, bits) });
    }
  }
  return [...byChange.values()]
    .map((change) => ({ ...change, where: andNot(change.where, except) }))
    .filter(({ where }) => !isEmpty(where));
}

function changesInRegistries(
  before: FoldedAccess['registries'],
  now: FoldedAccess['registries'],
  compare: Compare,
): CellChange[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((key): CellChange[] => {
    const [earlier, later] = [before.get(key), now.get(key)];
    const where = later ?? earlier;
    return where === undefined
      ? []
      : compare(earlier?.profileId ?? null, later?.profileId ?? null).map((change) => ({ ...change, where }));
  });
}

function valueOf<Value>(values: ReadonlyMap<number, Value>, id: number): Value {
  const value = values.get(id);
  if (value === undefined) {
    throw new Error(`${id} was not read`);
  }
  return value;
}
