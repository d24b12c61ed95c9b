import type { AccessAnswer, AccessProfile, Decision } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { hashArray, idOf, sha256 } from './content-ids.ts';
import { copyLine, copyRows } from './copy-rows.ts';
import type { VerdictIds } from './folded-access.ts';
import { intArray } from './int-array.ts';

/** What a profile is in the database. Denied answers are as good as missing. */
export function verdictIdsOf(
  { answers }: AccessProfile,
  actionIds: ReadonlyMap<string, number>,
  verdictIds: ReadonlyMap<AccessAnswer, number>,
): VerdictIds {
  const ids: (number | null)[] = [];
  for (const [action, answer] of answers) {
    const verdictId = verdictIds.get(answer);
    const actionId = actionIds.get(action);
    if (verdictId !== undefined && actionId !== undefined) {
      while (ids.length < actionId) {
        ids.push(null);
      }
      ids[actionId - 1] = verdictId;
    }
  }
  return ids;
}

/**
 * Returns the ids of profiles, none of them empty, after adding those that are new.
 *
 * `decisions` are those of all verdicts in them.
 */
export async function saveProfiles(
  sql: Sql,
  profiles: Iterable<VerdictIds>,
  decisions: ReadonlyMap<number, Decision>,
): Promise<ReadonlyMap<VerdictIds, number>> {
  const hashes = new Map<VerdictIds, string>();
  const lists = new Map<string, VerdictIds>();
  for (const profile of profiles) {
    const hash = sha256(profile.join(','));
    hashes.set(profile, hash);
    lists.set(hash, profile);
  }
  const ids = new Map(await readIds(sql, lists.keys()));
  const missing = [...lists].filter(([hash]) => !ids.has(hash));
  if (missing.length > 0) {
    await insertProfiles(sql, missing, decisions);
    for (const [hash, id] of await readIds(
      sql,
      missing.map(([hash]) => hash),
    )) {
      ids.set(hash, id);
    }
  }
  return new Map([...hashes].map(([profile, hash]) => [profile, idOf(ids, hash)]));
}

async function readIds(sql: Sql, hashes: Iterable<string>): Promise<[string, number][]> {
  const rows = await sql<{ id: number; hash: string }[]>`
    select access_profile.id, encode(hash, 'hex') as hash
    from unnest(${hashArray(hashes)}::text::bytea[]) as wanted (hash) join audit.access_profile using (hash)`;
  return rows.map(({ id, hash }) => [hash, id]);
}

async function insertProfiles(
  sql: Sql,
  profiles: readonly (readonly [string, VerdictIds])[],
  decisions: ReadonlyMap<number, Decision>,
): Promise<void> {
  await sql`create temp table incoming_profile (hash bytea, verdict_ids integer[], decisions text[]) on commit drop`;
  const decisionsOf = (ids: VerdictIds): Set<Decision> =>
    new Set(ids.flatMap((id) => (id === null ? [] : (decisions.get(id) ?? []))));
  const lines = profiles
    .values()
    .map(([hash, ids]) => copyLine([`\\x${hash}`, intArray(ids), `{${[...decisionsOf(ids)].toSorted().join(',')}}`]));
  await copyRows(sql, sql`copy incoming_profile from stdin`, lines);
  await sql`
    insert into audit.access_profile (hash, verdict_ids, decisions)
    select hash, verdict_ids, decisions from incoming_profile order by hash
    on conflict (hash) do nothing`;
  await sql`drop table incoming_profile`;
}
