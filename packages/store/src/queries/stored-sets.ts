import { add, bitSet, type BitSet, type EvaluatedRepository, members } from '@ecr-audit/access';
import { orBytes } from '../evaluation/member-set.ts';
import { CHUNK_SIZE } from '../evaluation/stored-access.ts';
import type { Sql } from '../sql.ts';
import { validAt } from './access-cell.ts';
import { type AsOf, existsAsOf } from './as-of.ts';

/** The repositories of a scan, and how the stored sets name them. */
export interface StoredRepositories {
  /** Those that the scan found, in the order of their ARNs. */
  readonly repositories: readonly EvaluatedRepository[];
  /** The id of each. */
  readonly ids: readonly number[];
  /** From the position that is the bit of each in the stored sets; null where the two are the same. */
  readonly indices: ReadonlyMap<number, number> | null;
}

/** Those that are gone keep their position, and no set of the scan holds them. */
export async function readRepositories(sql: Sql, asOf: AsOf): Promise<StoredRepositories> {
  const rows = await sql<(EvaluatedRepository & { id: number; position: number })[]>`
    select id, position, arn, account_id as "accountId", region, name
    from audit.repository
    where target_id = ${asOf.targetId} and ${existsAsOf(sql, 'repository', asOf)}
    order by arn collate "C"`;
  return {
    repositories: rows.map(({ arn, accountId, region, name }) => ({ arn, accountId, region, name })),
    ids: rows.map(({ id }) => id),
    indices: rows.every(({ position }, index) => position === index)
      ? null
      : new Map(rows.map(({ position }, index) => [position, index])),
  };
}

/** The sets of repositories that are valid at a scan, by id. Bit `i` of each is the repository at `i`. */
export async function readSets(
  sql: Sql,
  asOf: AsOf,
  { indices, length }: { readonly indices: StoredRepositories['indices']; readonly length: number },
): Promise<ReadonlyMap<number, BitSet>> {
  const lengthStored = indices === null ? length : Math.max(0, ...indices.keys()) + 1;
  const rows = await sql<{ setId: number; chunk: number; members: Uint8Array }[]>`
    select chunk.set_id as "setId", chunk.chunk, chunk.members
    from audit.repository_set_chunk chunk
    where chunk.target_id = ${asOf.targetId} and ${validAt(sql, 'chunk', asOf)}`;
  const sets = new Map<number, BitSet>();
  for (const { setId, chunk, members: bytes } of rows) {
    const set = sets.get(setId) ?? bitSet(lengthStored);
    sets.set(setId, set);
    orBytes(set, bytes, chunk * CHUNK_SIZE);
  }
  return indices === null
    ? sets
    : new Map([...sets].map(([id, set]): [number, BitSet] => [id, moved(set, indices, length)]));
}

function moved(set: BitSet, indices: ReadonlyMap<number, number>, length: number): BitSet {
  const there = bitSet(length);
  for (const position of members(set)) {
    const index = indices.get(position);
    if (index !== undefined) {
      add(there, index);
    }
  }
  return there;
}
