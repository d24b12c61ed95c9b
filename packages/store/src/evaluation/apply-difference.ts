import type { Sql } from '../sql.ts';
import { assignSets } from './assign-sets.ts';
import { copyLine, copyRows } from './copy-rows.ts';
import { type Block, type Difference, differenceOfBlocks } from './difference-of-blocks.ts';
import type { FoldedAccess } from './folded-access.ts';
import { intArray } from './int-array.ts';
import type { EvaluationKey } from './save-subjects.ts';
import { stillValid } from './still-valid.ts';
import type { StoredAccess } from './stored-access.ts';
import { writeRegistries } from './write-registries.ts';
import { takeSetIds, writeSets } from './write-sets.ts';

/** What some principals may do from now on, and what stands for it; null for nothing. */
interface Outcome {
  readonly access: ReadonlyMap<number, FoldedAccess>;
  readonly hashes: ReadonlyMap<number, string | null>;
}

/**
 * Writes what these principals may do from this evaluation on, and returns how many rows were inserted or closed.
 *
 * `stored` holds what was valid of all of them.
 */
export async function applyDifference(
  sql: Sql,
  key: EvaluationKey,
  stored: StoredAccess,
  { access, hashes }: Outcome,
): Promise<number> {
  if (access.size === 0) {
    return 0;
  }
  const setIds = await takeSetIds(sql, assignSets(stored, access));
  const blocks = differenceOfBlocks(stored, access, setIds);
  const written = [
    await writeSets(sql, key, stored, { setIds, blocks }),
    await writeBlocks(sql, key, blocks),
    await writeRegistries(sql, key, stored, access),
  ];
  await saveHashes(sql, hashes);
  return written.reduce((sum, rows) => sum + rows, 0);
}

async function writeBlocks(
  sql: Sql,
  { evaluation }: EvaluationKey,
  { closed, opened }: Difference<Block>,
): Promise<number> {
  if (closed.length > 0) {
    await sql`
      update audit.access_block as block set valid_to_scan = ${evaluation}
      from unnest(
        ${intArray(closed.map(({ principalId }) => principalId))}::text::bigint[],
        ${intArray(closed.map(({ setId }) => setId))}::text::integer[],
        ${intArray(closed.map(({ profileId }) => profileId))}::text::integer[]
      ) as gone (principal_id, set_id, profile_id)
      where block.principal_id = gone.principal_id and block.valid_to_scan = ${stillValid(sql)}
        and block.set_id = gone.set_id and block.profile_id = gone.profile_id`;
  }
  await copyRows(
    sql,
    sql`copy audit.access_block (principal_id, valid_from_scan, set_id, profile_id) from stdin`,
    opened.values().map(({ principalId, setId, profileId }) => copyLine([principalId, evaluation, setId, profileId])),
  );
  return closed.length + opened.length;
}

async function saveHashes(sql: Sql, hashes: Outcome['hashes']): Promise<void> {
  const rows = [...hashes].map(([id, hash]) => ({ id, hash }));
  await sql`
    update audit.principal set access_hash = decode(row.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row (id bigint, hash text)
    where principal.id = row.id`;
}
