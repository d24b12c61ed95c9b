import type { BitSet } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import type { SetAssignment } from './assign-sets.ts';
import { chunksOf } from './chunks.ts';
import { copyLine, copyRows } from './copy-rows.ts';
import type { Block, Difference } from './difference-of-blocks.ts';
import { intArray } from './int-array.ts';
import type { MemberSet } from './member-set.ts';
import type { EvaluationKey } from './save-subjects.ts';
import { stillValid } from './still-valid.ts';
import type { StoredAccess } from './stored-access.ts';

/** Gives new ids to the memberships that have none. */
export async function takeSetIds(sql: Sql, assigned: SetAssignment): Promise<ReadonlyMap<MemberSet, number>> {
  const added = [...assigned.keys()].filter((membership) => assigned.get(membership) === null);
  const taken = await sql<{ id: number }[]>`
    select nextval('audit.repository_set_id')::integer as id from generate_series(1, ${added.length})`;
  const idOfAdded = new Map(added.map((membership, index) => [membership, taken[index]?.id]));
  return new Map(
    [...assigned].map(([membership, id]) => {
      const setId = id ?? idOfAdded.get(membership);
      if (setId === undefined) {
        throw new Error(`the set ${membership.hash} got no id`);
      }
      return [membership, setId];
    }),
  );
}

interface Chunk {
  readonly setId: number;
  readonly chunk: number;
  /** Its members in hex. */
  readonly members: string;
}

/**
 * Writes the chunks of the sets that changed, and returns how many rows were inserted or closed.
 *
 * A set that no block has any more ends, so that a search through the sets that are valid stays short.
 */
export async function writeSets(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  stored: StoredAccess,
  now: { readonly setIds: ReadonlyMap<MemberSet, number>; readonly blocks: Difference<Block> },
): Promise<number> {
  const { closed, opened } = differenceOfChunks(stored, now);
  if (closed.length > 0) {
    await sql`
      update audit.repository_set_chunk as held set valid_to_scan = ${evaluation}
      from unnest(
        ${intArray(closed.map(({ setId }) => setId))}::text::integer[],
        ${intArray(closed.map(({ chunk }) => chunk))}::text::integer[]
      ) as gone (set_id, chunk)
      where held.set_id = gone.set_id and held.chunk = gone.chunk and held.valid_to_scan = ${stillValid(sql)}`;
  }
  await copyRows(
    sql,
    sql`copy audit.repository_set_chunk (target_id, valid_from_scan, set_id, chunk, members) from stdin`,
    opened.values().map(({ setId, chunk, members }) => copyLine([targetId, evaluation, setId, chunk, `\\x${members}`])),
  );
  return closed.length + opened.length;
}

const none: BitSet = new Int32Array(0);

function differenceOfChunks(
  stored: StoredAccess,
  { setIds, blocks }: { readonly setIds: ReadonlyMap<MemberSet, number>; readonly blocks: Difference<Block> },
): Difference<Chunk> {
  const uses = new Map(stored.uses);
  for (const { setId } of blocks.closed) {
    uses.set(setId, (uses.get(setId) ?? 0) - 1);
  }
  for (const { setId } of blocks.opened) {
    uses.set(setId, (uses.get(setId) ?? 0) + 1);
  }
  const assigned = new Map([...setIds].map(([membership, setId]) => [setId, membership]));
  const closed: Chunk[] = [];
  const opened: Chunk[] = [];
  for (const setId of new Set([...stored.sets.keys(), ...assigned.keys()])) {
    const before = stored.sets.get(setId);
    const after = (uses.get(setId) ?? 0) === 0 ? undefined : (assigned.get(setId) ?? before);
    if (before !== after) {
      const chunksBefore = chunksOf(before?.bits ?? none);
      const chunksAfter = chunksOf(after?.bits ?? none);
      closed.push(...chunksThatDiffer(setId, chunksBefore, chunksAfter));
      opened.push(...chunksThatDiffer(setId, chunksAfter, chunksBefore));
    }
  }
  return { closed, opened };
}

function chunksThatDiffer(
  setId: number,
  chunks: ReadonlyMap<number, string>,
  others: ReadonlyMap<number, string>,
): Chunk[] {
  return [...chunks]
    .filter(([chunk, members]) => others.get(chunk) !== members)
    .map(([chunk, members]) => ({ setId, chunk, members }));
}
