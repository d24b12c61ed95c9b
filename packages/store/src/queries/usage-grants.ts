import {
  bitSet,
  type BitSet,
  type Granted,
  type GrantedAccess,
  type GrantedBlock,
  or,
  type PrincipalRef,
} from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { validAt } from './access-cell.ts';
import { type AsOf, existsAsOf } from './as-of.ts';
import { principalKindSchema } from './principals.ts';
import { readRepositories, readSets } from './stored-sets.ts';

type Rights = GrantedBlock['rights'];

const decisionSchema = z.enum(['allowed', 'conditional', 'unknown']);
const actionSchema = z.object({ id: z.number(), name: z.string() });
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
  const { repositories, indices } = await readRepositories(sql, asOf);
  const [sets, rights, rows] = await Promise.all([
    readSets(sql, asOf, { indices, length: repositories.length }),
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

/**
 * The decisions of the profiles that the scan uses, equal ones as one object.
 *
 * Put together here: joining each of 10,400 profiles to its verdicts took Postgres 550 ms, half of a report.
 */
async function readRights(sql: Sql, asOf: AsOf): Promise<ReadonlyMap<number, Rights>> {
  const profiles = await sql<{ id: number; verdictIds: string }[]>`
    with used as (
      select distinct block.profile_id as id
      from audit.access_block block join audit.principal on principal.id = block.principal_id
      where principal.target_id = ${asOf.targetId} and ${validAt(sql, 'block', asOf)}
      union
      select registry.profile_id
      from audit.registry_access registry join audit.principal on principal.id = registry.principal_id
      where principal.target_id = ${asOf.targetId} and ${validAt(sql, 'registry', asOf)}
    )
    select profile.id, array_to_string(profile.verdict_ids, ',', '') as "verdictIds"
    from used join audit.access_profile profile using (id)`;
  const actions = new Map(
    (await sql`select id, name from audit.action`).map((row) => {
      const { id, name } = actionSchema.parse(row);
      return [id, name] as const;
    }),
  );
  const decisions = await readDecisions(sql, new Set(profiles.flatMap(({ verdictIds }) => verdictIds.split(','))));
  const byDecisions = new Map<string, Rights>();
  return new Map(
    profiles.map(({ id, verdictIds }): [number, Rights] => {
      const held = verdictIds.split(',').map((verdictId) => decisions.get(verdictId));
      const key = held.map((decision) => decision ?? '').join();
      const rights = byDecisions.get(key) ?? rightsOf(held, actions);
      byDecisions.set(key, rights);
      return [id, rights];
    }),
  );
}

type Verdict = z.output<typeof decisionSchema>;

/** By id as text. */
async function readDecisions(sql: Sql, verdictIds: ReadonlySet<string>): Promise<ReadonlyMap<string, Verdict>> {
  const wanted = JSON.stringify([...verdictIds].filter((id) => id !== ''));
  const rows = await sql<{ id: string; decision: unknown }[]>`
    select verdict.id::text as id, verdict.decision
    from jsonb_array_elements_text(${wanted}::text::jsonb) as wanted (id)
    join audit.verdict on verdict.id = wanted.id::bigint`;
  return new Map(rows.map(({ id, decision }) => [id, decisionSchema.parse(decision)]));
}

/** The place of a verdict in its list is the id of the action, counted from 1. */
function rightsOf(held: readonly (Verdict | undefined)[], actions: ReadonlyMap<number, string>): Rights {
  return new Map(
    held.flatMap((decision, index): [string, Verdict][] => {
      const action = actions.get(index + 1);
      return decision === undefined || action === undefined ? [] : [[action, decision]];
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
