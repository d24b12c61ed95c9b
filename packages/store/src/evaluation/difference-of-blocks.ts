import type { FoldedAccess } from './folded-access.ts';
import type { MemberSet } from './member-set.ts';
import type { StoredAccess } from './stored-access.ts';

/** A row of `audit.access_block`. */
export interface Block {
  readonly principalId: number;
  readonly setId: number;
  readonly profileId: number;
}

export interface Difference<Row> {
  readonly closed: readonly Row[];
  readonly opened: readonly Row[];
}

/** Which blocks end and which begin, when memberships become these sets. */
export function differenceOfBlocks(
  stored: StoredAccess,
  access: ReadonlyMap<number, FoldedAccess>,
  setIds: ReadonlyMap<MemberSet, number>,
): Difference<Block> {
  const closed: Block[] = [];
  const opened: Block[] = [];
  for (const [principalId, { blocks }] of access) {
    const open = new Map<number, number>();
    for (const [profileId, membership] of blocks) {
      const setId = setIds.get(membership);
      if (setId === undefined) {
        throw new Error(`the set ${membership.hash} has no id`);
      }
      open.set(profileId, setId);
    }
    for (const { setId, profileId } of stored.blocks.get(principalId) ?? []) {
      if (open.get(profileId) === setId) {
        open.delete(profileId);
      } else {
        closed.push({ principalId, setId, profileId });
      }
    }
    for (const [profileId, setId] of open) {
      opened.push({ principalId, setId, profileId });
    }
  }
  return { closed, opened };
}
