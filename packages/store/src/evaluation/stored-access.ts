import { type BitSet, or } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { type FoldedAccess, type HeldRegistry, registryKey, type VerdictIds } from './folded-access.ts';
import { intArray } from './int-array.ts';
import { emptySet, type MemberSet, orBytes, type SetCatalogue, setsOf } from './member-set.ts';
import { stillValid } from './still-valid.ts';

/** How many repositories stand in one row of a set: 32 bytes. */
export const CHUNK_SIZE = 256;

const verdictIdsSchema = z.array(z.number().nullable());

interface StoredBlock {
  readonly setId: number;
  readonly profileId: number;
}

/** What the evaluation before left valid. */
export interface StoredAccess {
  /** The rows of the principals that were asked for, by our id. */
  readonly blocks: ReadonlyMap<number, readonly StoredBlock[]>;
  readonly registries: ReadonlyMap<number, readonly HeldRegistry[]>;
  /** Every set of the target. */
  readonly sets: ReadonlyMap<number, MemberSet>;
  /** How many blocks there are of a set, those of all principals. */
  readonly uses: ReadonlyMap<number, number>;
  readonly profiles: ReadonlyMap<number, VerdictIds>;
}

/** Reads nothing where nobody is asked for. */
export async function readStoredAccess(
  sql: Sql,
  targetId: number,
  principalIds: ReadonlySet<number>,
  catalogue: SetCatalogue,
): Promise<StoredAccess> {
  if (principalIds.size === 0) {
    return { blocks: new Map(), registries: new Map(), sets: new Map(), uses: new Map(), profiles: new Map() };
  }
  const blocks = await readBlocks(sql, principalIds);
  const registries = await readRegistries(sql, principalIds);
  const profileIds = new Set(
    [...blocks.values(), ...registries.values()].flatMap((held) => held.map(({ profileId }) => profileId)),
  );
  return {
    blocks,
    registries,
    sets: await readSets(sql, targetId, catalogue),
    uses: await countUses(sql, targetId),
    profiles: await readProfiles(sql, profileIds),
  };
}

/** The access of each principal that was read, as an evaluation would say it. Those with the same rows share it. */
export function foldStored(stored: StoredAccess, catalogue: SetCatalogue): (principalId: number) => FoldedAccess {
  const known = new Map<string, FoldedAccess['blocks']>();
  const blocksOf = (rows: readonly StoredBlock[]): FoldedAccess['blocks'] => {
    const key = rows
      .map(({ setId, profileId }) => `${setId} ${profileId}`)
      .toSorted()
      .join();
    const blocks = known.get(key) ?? foldRows(rows, stored.sets, catalogue);
    known.set(key, blocks);
    return blocks;
  };
  return (principalId) => ({
    blocks: blocksOf(stored.blocks.get(principalId) ?? []),
    registries: new Map((stored.registries.get(principalId) ?? []).map((held) => [registryKey(held), held])),
  });
}

function foldRows(
  rows: readonly StoredBlock[],
  sets: ReadonlyMap<number, MemberSet>,
  catalogue: SetCatalogue,
): FoldedAccess['blocks'] {
  const bitsByProfile = new Map<number, BitSet>();
  for (const { setId, profileId } of rows) {
    const bits = sets.get(setId)?.bits ?? emptySet(catalogue);
    const before = bitsByProfile.get(profileId);
    bitsByProfile.set(profileId, before === undefined ? bits : or(before, bits));
  }
  return setsOf(bitsByProfile, catalogue);
}

async function readBlocks(sql: Sql, principalIds: ReadonlySet<number>): Promise<StoredAccess['blocks']> {
  const rows = await sql<{ principalId: number; setId: number; profileId: number }[]>`
    select principal_id as "principalId", set_id as "setId", profile_id as "profileId"
    from unnest(${intArray(principalIds)}::text::bigint[]) as wanted (principal_id)
    join audit.access_block using (principal_id)
    where valid_to_scan = ${stillValid(sql)}`;
  return Map.groupBy(rows, ({ principalId }) => principalId);
}

async function readRegistries(sql: Sql, principalIds: ReadonlySet<number>): Promise<StoredAccess['registries']> {
  const rows = await sql<{ principalId: number; accountId: string; region: string; profileId: number }[]>`
    select principal_id as "principalId", account_id as "accountId", region, profile_id as "profileId"
    from unnest(${intArray(principalIds)}::text::bigint[]) as wanted (principal_id)
    join audit.registry_access using (principal_id)
    where valid_to_scan = ${stillValid(sql)}`;
  return Map.groupBy(rows, ({ principalId }) => principalId);
}

async function readSets(sql: Sql, targetId: number, catalogue: SetCatalogue): Promise<ReadonlyMap<number, MemberSet>> {
  const rows = await sql<{ setId: number; chunk: number; members: Uint8Array }[]>`
    select set_id as "setId", chunk, members from audit.repository_set_chunk
    where target_id = ${targetId} and valid_to_scan = ${stillValid(sql)}`;
  const bits = new Map<number, BitSet>();
  for (const { setId, chunk, members } of rows) {
    const set = bits.get(setId) ?? emptySet(catalogue);
    orBytes(set, members, chunk * CHUNK_SIZE);
    bits.set(setId, set);
  }
  return new Map([...bits].map(([setId, set]) => [setId, catalogue.of(set)]));
}

async function countUses(sql: Sql, targetId: number): Promise<ReadonlyMap<number, number>> {
  const rows = await sql<{ setId: number; uses: number }[]>`
    select block.set_id as "setId", count(*) as uses
    from audit.access_block block
    join audit.principal on principal.id = block.principal_id
    where principal.target_id = ${targetId} and block.valid_to_scan = ${stillValid(sql)}
    group by block.set_id`;
  return new Map(rows.map(({ setId, uses }) => [setId, uses]));
}

async function readProfiles(sql: Sql, profileIds: ReadonlySet<number>): Promise<ReadonlyMap<number, VerdictIds>> {
  const rows = await sql<{ id: number; verdictIds: string }[]>`
    select id, array_to_json(verdict_ids)::text as "verdictIds"
    from unnest(${intArray(profileIds)}::text::integer[]) as wanted (id) join audit.access_profile using (id)`;
  return new Map(rows.map(({ id, verdictIds }) => [id, verdictIdsSchema.parse(JSON.parse(verdictIds))]));
}
