import { and, bitSet, type BitSet, type EvaluatedRepository, isEmpty, type PrincipalRef } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { validAt } from './access-cell.ts';
import { type AsOf, existsAsOf } from './as-of.ts';
import { readActions, type Said, type SaidFilter, saidReader, type StoredAction } from './held-verdicts.ts';
import { isExternal, namedLike } from './name-pattern.ts';
import { principalKindSchema } from './principals.ts';
import { readRepositories, readSets } from './stored-sets.ts';

/** What the access of a scan is written in. It never changes, so whoever asks again may keep it. */
export interface AccessPlaces {
  /** In the order of their ARNs. Bit `i` of every set is the repository at `i`. */
  readonly repositories: readonly EvaluatedRepository[];
  /** The id of each. */
  readonly ids: readonly number[];
  readonly sets: ReadonlyMap<number, BitSet>;
  readonly actions: readonly StoredAction[];
}

/** Reads it: for 1,000 repositories and 3,600 sets some 14,000 rows. */
export async function accessPlaces(sql: Sql, asOf: AsOf): Promise<AccessPlaces> {
  const { repositories, ids, indices } = await readRepositories(sql, asOf);
  const [sets, actions] = await Promise.all([
    readSets(sql, asOf, { indices, length: repositories.length }),
    readActions(sql),
  ]);
  return { repositories, ids, sets, actions };
}

export interface HeldAccessFilter extends SaidFilter {
  /** Only these repositories; all where nothing is said. */
  readonly repositories?: BitSet;
  /** Of what is about no repository, only that of these registries; all of it where nothing is said, nothing for null. */
  readonly registries?: { readonly accountIds?: readonly string[]; readonly region?: string } | null;
  /** Unique id or ARN. */
  readonly principal?: string;
  readonly principalAccountId?: string;
  readonly principalKind?: PrincipalRef['kind'];
  /** A name in which `*` stands for any characters. */
  readonly principalName?: string;
  /** Whether it belongs to an account that the target does not have. AWS services belong to none. */
  readonly isExternal?: boolean;
  /** The unique id from which on; that one included. */
  readonly fromPrincipalId?: string;
}

/** What one principal holds of what was asked for, folded. */
export interface HeldAccess {
  readonly principal: PrincipalRef;
  /** No two sets have a member in common. */
  readonly blocks: readonly { readonly set: BitSet; readonly said: readonly Said[] }[];
  /** By account and region. */
  readonly registries: readonly {
    readonly accountId: string;
    readonly region: string;
    readonly said: readonly Said[];
  }[];
}

// A first page needs a few principals, and more of them where each has little of what is asked for: one round after the other was
// 80 ms. Whoever reads on reads everything.
const principalsFirst = 4;
const principalsFirstOfSome = 64;
const principalsMax = 256;

/**
 * What every principal holds as of a scan, by its unique id, in batches.
 *
 * Each batch is a question of its own, so that whoever reads slowly holds no connection; rows carry the scans between which they
 * hold, so all of them agree. Rejected: a cursor of the database, which keeps a transaction open for as long as the slowest
 * reader takes, of which there are four.
 */
export async function* heldAccess(
  sql: Sql,
  asOf: AsOf,
  { places, filter }: { readonly places: AccessPlaces; readonly filter: HeldAccessFilter },
): AsyncGenerator<readonly HeldAccess[]> {
  const says = saidReader(sql, { actions: places.actions, filter });
  const setIds = filter.repositories === undefined ? null : setsWithin(places, filter.repositories);
  let from = { id: filter.fromPrincipalId ?? '', isIncluded: true };
  const first = filter.repositories === undefined ? principalsFirst : principalsFirstOfSome;
  for (let limit = first; ; limit = Math.min(limit * 2, principalsMax)) {
    const rows = await readHeld(sql, asOf, { filter, places, setIds, from, limit });
    const said = await says(new Set(rows.flatMap(profilesIn)));
    yield rows.flatMap((row) => heldOf(row, { said, places, filter }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) {
      return;
    }
    from = { id: last.id, isIncluded: false };
  }
}

/** The sets that have any of these repositories. */
function setsWithin({ sets }: AccessPlaces, wanted: BitSet): number[] {
  return [...sets].flatMap(([id, set]) => (isEmpty(and(set, wanted)) ? [] : [id]));
}

const rowSchema = z.object({
  id: z.string(),
  arn: z.string(),
  kind: principalKindSchema,
  accountId: z.string().nullable(),
  name: z.string(),
  blocks: z.array(z.tuple([z.number(), z.number()])),
  registries: z.array(z.tuple([z.string(), z.string(), z.number()])),
});
type Row = z.output<typeof rowSchema>;

function profilesIn({ blocks, registries }: Row): number[] {
  return [...blocks.map(([, profileId]) => profileId), ...registries.map(([, , profileId]) => profileId)];
}

function heldOf(
  { blocks, registries, ...principal }: Row,
  {
    said,
    places,
    filter,
  }: {
    readonly said: ReadonlyMap<number, readonly Said[]>;
    readonly places: AccessPlaces;
    readonly filter: HeldAccessFilter;
  },
): HeldAccess[] {
  const held = {
    principal,
    blocks: blocks.flatMap(([setId, profileId]) => {
      const whole = places.sets.get(setId) ?? bitSet(places.repositories.length);
      const block = {
        set: filter.repositories === undefined ? whole : and(whole, filter.repositories),
        said: said.get(profileId) ?? [],
      };
      return block.said.length === 0 || isEmpty(block.set) ? [] : [block];
    }),
    registries: registries.flatMap(([accountId, region, profileId]) => {
      const registry = { accountId, region, said: said.get(profileId) ?? [] };
      return registry.said.length === 0 ? [] : [registry];
    }),
  };
  return held.blocks.length + held.registries.length === 0 ? [] : [held];
}

async function readHeld(
  sql: Sql,
  asOf: AsOf,
  {
    filter,
    places,
    setIds,
    from,
    limit,
  }: {
    readonly filter: HeldAccessFilter;
    readonly places: AccessPlaces;
    readonly setIds: readonly number[] | null;
    readonly from: { readonly id: string; readonly isIncluded: boolean };
    readonly limit: number;
  },
): Promise<Row[]> {
  const { decision = null, principal = null } = filter;
  const { accountIds = null, region = null } = filter.registries ?? {};
  const { principalAccountId = null, principalKind = null } = filter;
  // 0 is the id of no action: an action that was never answered is held by nobody.
  const actionId =
    filter.action === undefined ? null : (places.actions.find(({ name }) => name === filter.action)?.id ?? 0);
  const saysSo = sql`
    (${actionId}::integer is null or profile.verdict_ids[${actionId}::integer] is not null)
    and (${decision}::text is null or ${decision} = any(profile.decisions))`;
  const rows = await sql<{ blocks: string; registries: string }[]>`
    select
      principal.unique_id as id, principal.arn, principal.kind, principal.account_id as "accountId", principal.name,
      coalesce(held.blocks, '[]')::text as blocks, coalesce(own.registries, '[]')::text as registries
    from (
      -- In order before anything is looked up for them, so that as many are looked at as are asked for: 2 ms instead of 66.
      select principal.* from audit.principal
      where principal.target_id = ${asOf.targetId} and ${existsAsOf(sql, 'principal', asOf)}
        and (${principal}::text is null or principal.unique_id = ${principal} or principal.arn = ${principal})
        and (${principalAccountId}::text is null or principal.account_id = ${principalAccountId})
        and (${principalKind}::text is null or principal.kind = ${principalKind})
        and ${namedLike(sql, sql`principal.name`, filter.principalName)}
        and ${isExternal(sql, asOf, filter.isExternal)}
        and (
          principal.unique_id collate "C" > ${from.id}
          or (${from.isIncluded} and principal.unique_id collate "C" = ${from.id})
        )
      order by principal.unique_id collate "C"
      offset 0
    ) as principal
    cross join lateral (
      select json_agg(json_build_array(block.set_id, block.profile_id)) as blocks
      from audit.access_block block join audit.access_profile profile on profile.id = block.profile_id
      where block.principal_id = principal.id and ${validAt(sql, 'block', asOf)} and ${saysSo}
        and (
          ${setIds === null}
          or block.set_id in (select id::integer from jsonb_array_elements_text(${JSON.stringify(setIds ?? [])}::text::jsonb) as wanted (id))
        )
    ) as held
    cross join lateral (
      select json_agg(
        json_build_array(registry.account_id, registry.region, registry.profile_id)
        order by registry.account_id collate "C", registry.region collate "C"
      ) as registries
      from audit.registry_access registry join audit.access_profile profile on profile.id = registry.profile_id
      where registry.principal_id = principal.id and ${validAt(sql, 'registry', asOf)} and ${saysSo}
        and ${filter.registries !== null}
        and (${region}::text is null or registry.region = ${region})
        and (
          ${accountIds === null}
          or registry.account_id in (select jsonb_array_elements_text(${JSON.stringify(accountIds ?? [])}::text::jsonb))
        )
    ) as own
    where held.blocks is not null or own.registries is not null
    order by principal.unique_id collate "C"
    limit ${limit}`;
  return rows.map((row) =>
    rowSchema.parse({ ...row, blocks: JSON.parse(row.blocks), registries: JSON.parse(row.registries) }),
  );
}
