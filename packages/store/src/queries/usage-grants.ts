import {
  bitSet,
  type BitSet,
  type EvaluatedRepository,
  type Granted,
  type GrantedAccess,
  type GrantedBlock,
  or,
  type PrincipalRef,
} from '@ecr-audit/access';
import { z } from 'zod';
import { orBytes } from '../evaluation/member-set.ts';
import { CHUNK_SIZE } from '../evaluation/stored-access.ts';
import type { Sql } from '../sql.ts';
import { validAt } from './access-cell.ts';
import { type AsOf, existsAsOf } from './as-of.ts';
import { principalKindSchema } from './principals.ts';

type Rights = GrantedBlock['rights'];

const decisionSchema = z.enum(['allowed', 'conditional', 'unknown']);
const rightsSchema = z.array(z.tuple([z.string(), decisionSchema]));
const blocksSchema = z.array(z.tuple([z.number(), z.number()]));
const registriesSchema = z.array(z.tuple([z.string(), z.string(), z.number()]));

const principalSchema = z.object({
  id: z.string(),
  arn: z.string(),
  kind: principalKindSchema,
  accountId: z.string().nullable(),
  name: z.string(),
  blocks: blocksSchema,
  registries: registriesSchema,
});

/** What all principals hold as of a scan, folded as it is stored. */
export interface StoredGrants extends Granted {
  readonly principals: readonly PrincipalRef[];
  readonly access: readonly GrantedAccess[];
}

/** Reads the whole access of a scan without unfolding it: the rows are principals and their blocks, not cells. */
export async function grantsAsOf(sql: Sql, asOf: AsOf): Promise<StoredGrants> {
  const repositories = await readRepositories(sql, asOf);
  const [sets, rights, rows] = await Promise.all([
    readSets(sql, asOf, repositories.length),
    readRights(sql, asOf),
    readPrincipals(sql, asOf),
  ]);
  const lists = new Map<string, readonly GrantedBlock[]>();
  const blocksOf = (held: z.output<typeof blocksSchema>): readonly GrantedBlock[] => {
    const key = held.map(([set, profile]) => `${set} ${profile}`).join();
    const blocks = lists.get(key) ?? blocksByRights(held, { sets, rights, length: repositories.length });
    lists.set(key, blocks);
    return blocks;
  };
  const access = rows.map(({ blocks, registries, ...principal }): GrantedAccess => ({
    principal,
    blocks: blocksOf(blocks),
    registries: registries.map(([accountId, region, profile]) => ({
      accountId,
      region,
      rights: rights.get(profile) ?? NOTHING,
    })),
  }));
  return { repositories, principals: access.map(({ principal }) => principal), access };
}

const NOTHING: Rights = new Map();

function blocksByRights(
  held: z.output<typeof blocksSchema>,
  stored: {
    readonly sets: ReadonlyMap<number, BitSet>;
    readonly rights: ReadonlyMap<number, Rights>;
    readonly length: number;
  },
): GrantedBlock[] {
  const byRights = new Map<Rights, BitSet>();
  for (const [setId, profileId] of held) {
    const set = stored.sets.get(setId) ?? bitSet(stored.length);
    const rights = stored.rights.get(profileId) ?? NOTHING;
    const known = byRights.get(rights);
    byRights.set(rights, known === undefined ? set : or(known, set));
  }
  return [...byRights].map(([rights, set]) => ({ rights, set }));
}

const NOWHERE: EvaluatedRepository = { arn: '', accountId: '', region: '', name: '' };

/** By position, which is the bit of each in the sets. Those that are gone keep theirs, and no set of the scan holds them. */
async function readRepositories(sql: Sql, { targetId }: AsOf): Promise<EvaluatedRepository[]> {
  const rows = await sql<(EvaluatedRepository & { position: number })[]>`
    select position, arn, account_id as "accountId", region, name
    from audit.repository where target_id = ${targetId}`;
  const repositories: EvaluatedRepository[] = [];
  for (const { position, arn, accountId, region, name } of rows) {
    repositories[position] = { arn, accountId, region, name };
  }
  return Array.from(repositories, (repository) => repository ?? NOWHERE);
}

async function readSets(sql: Sql, asOf: AsOf, length: number): Promise<ReadonlyMap<number, BitSet>> {
  const rows = await sql<{ setId: number; chunk: number; members: Uint8Array }[]>`
    select chunk.set_id as "setId", chunk.chunk, chunk.members
    from audit.repository_set_chunk chunk
    where chunk.target_id = ${asOf.targetId} and ${validAt(sql, 'chunk', asOf)}`;
  const sets = new Map<number, BitSet>();
  for (const { setId, chunk, members } of rows) {
    const set = sets.get(setId) ?? bitSet(length);
    sets.set(setId, set);
    orBytes(set, members, chunk * CHUNK_SIZE);
  }
  return sets;
}

/** The decisions of the profiles that the scan uses, equal ones as one object. */
async function readRights(sql: Sql, asOf: AsOf): Promise<ReadonlyMap<number, Rights>> {
  const rows = await sql<{ id: number; rights: string }[]>`
    with used as (
      select distinct block.profile_id as id
      from audit.access_block block join audit.principal on principal.id = block.principal_id
      where principal.target_id = ${asOf.targetId} and ${validAt(sql, 'block', asOf)}
      union
      select registry.profile_id
      from audit.registry_access registry join audit.principal on principal.id = registry.principal_id
      where principal.target_id = ${asOf.targetId} and ${validAt(sql, 'registry', asOf)}
    )
    select profile.id, (
      select coalesce(json_agg(json_build_array(action.name, verdict.decision) order by action.id), '[]')::text
      from unnest(profile.verdict_ids) with ordinality as list (verdict_id, action_id)
      join audit.action on action.id = list.action_id
      join audit.verdict on verdict.id = list.verdict_id
    ) as rights
    from used join audit.access_profile profile using (id)`;
  const byText = new Map<string, Rights>();
  return new Map(
    rows.map(({ id, rights: text }): [number, Rights] => {
      const rights = byText.get(text) ?? new Map(rightsSchema.parse(JSON.parse(text)));
      byText.set(text, rights);
      return [id, rights];
    }),
  );
}

async function readPrincipals(sql: Sql, asOf: AsOf): Promise<z.output<typeof principalSchema>[]> {
  const rows = await sql<{ blocks: string; registries: string }[]>`
    with held as (
      select block.principal_id, json_agg(json_build_array(block.set_id, block.profile_id) order by block.set_id, block.profile_id) as blocks
      from audit.access_block block
      where ${validAt(sql, 'block', asOf)} group by block.principal_id
    ), own as (
      select registry.principal_id,
        json_agg(json_build_array(registry.account_id, registry.region, registry.profile_id) order by registry.region) as registries
      from audit.registry_access registry
      where ${validAt(sql, 'registry', asOf)} group by registry.principal_id
    )
    select principal.unique_id as id, principal.arn, principal.kind, principal.account_id as "accountId", principal.name,
      coalesce(held.blocks, '[]')::text as blocks, coalesce(own.registries, '[]')::text as registries
    from audit.principal
    left join held on held.principal_id = principal.id
    left join own on own.principal_id = principal.id
    where principal.target_id = ${asOf.targetId} and ${existsAsOf(sql, 'principal', asOf)}
    order by principal.unique_id`;
  return rows.map((row) =>
    principalSchema.parse({ ...row, blocks: JSON.parse(row.blocks), registries: JSON.parse(row.registries) }),
  );
}
