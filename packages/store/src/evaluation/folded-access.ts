import type { MemberSet } from './member-set.ts';

/** What one principal may do, in the ids of the database. No set is empty, and the sets are disjoint. */
export interface FoldedAccess {
  /** By profile, of which each stands here once. */
  readonly blocks: ReadonlyMap<number, MemberSet>;
  /** By `registryKey`. */
  readonly registries: ReadonlyMap<string, HeldRegistry>;
}

export interface HeldRegistry {
  readonly accountId: string;
  readonly region: string;
  readonly profileId: number;
}

export const noAccess: FoldedAccess = { blocks: new Map(), registries: new Map() };

/** Verdict ids by the id of their action; `null` or beyond the end is denied. */
export type VerdictIds = readonly (number | null)[];

/** Account ids have no blanks. */
export function registryKey({ accountId, region }: { readonly accountId: string; readonly region: string }): string {
  return `${accountId} ${region}`;
}
