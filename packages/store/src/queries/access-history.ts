import { z } from 'zod';
import type { Sql } from '../sql.ts';
import type { AsOf } from './as-of.ts';
import { isExternal } from './name-pattern.ts';

const dailyScanSchema = z.object({
  day: z.string(),
  scanId: z.string(),
  takenAt: z.string(),
  evaluation: z.number(),
  isComplete: z.boolean(),
});

/** The last scan of a day, in UTC. */
export type DailyScan = Readonly<z.infer<typeof dailyScanSchema>>;

/** How a profile answers for one capability, or for anything; null is denied. */
type Held = 'certain' | 'unknown' | null;

/** Who held what on which repositories from when to when, as it is stored: numbers stand for principals, sets and profiles. */
export interface AccessHistory {
  readonly days: readonly DailyScan[];
  /** The account of the repository at each position of the target. */
  readonly accountsByPosition: ReadonlyMap<number, string>;
  readonly accountIds: readonly string[];
  readonly external: ReadonlySet<number>;
  /** Valid from one evaluation until another. */
  readonly blocks: readonly {
    readonly principal: number;
    readonly set: number;
    readonly profile: number;
    readonly from: number;
    readonly until: number;
  }[];
  readonly chunks: readonly {
    readonly set: number;
    readonly chunk: number;
    readonly members: Uint8Array;
    readonly from: number;
    readonly until: number;
  }[];
  /** What each profile gives of the capabilities that were asked for, in their order, and of anything at all. */
  readonly profiles: ReadonlyMap<number, { readonly capabilities: readonly Held[]; readonly anything: Held }>;
}

// More days than a chart has points. Older ones are in the database all the same.
const daysMax = 1_100;

/** The access of a target over time, up to a scan. Cost: every row of its history that still held at the first of these days. */
export async function accessHistory(sql: Sql, asOf: AsOf, capabilities: readonly string[]): Promise<AccessHistory> {
  const days = await readDays(sql, asOf);
  const first = days[0]?.evaluation ?? asOf.evaluation;
  const repositories = await sql<{ position: number; accountId: string }[]>`
    select position, account_id as "accountId" from audit.repository where target_id = ${asOf.targetId}`;
  const external = await sql<{ id: number }[]>`
    select id from audit.principal where target_id = ${asOf.targetId} and ${isExternal(sql, asOf, true)}`;
  const blocks = await sql<AccessHistory['blocks'][number][]>`
    select block.principal_id as principal, block.set_id as set, block.profile_id as profile,
      block.valid_from_scan as from, least(block.valid_to_scan, ${asOf.evaluation + 1}) as until
    from audit.access_block block join audit.principal on principal.id = block.principal_id
    where principal.target_id = ${asOf.targetId}
      and block.valid_from_scan <= ${asOf.evaluation} and block.valid_to_scan > ${first}`;
  const chunks = await sql<AccessHistory['chunks'][number][]>`
    select set_id as set, chunk, members, valid_from_scan as from, least(valid_to_scan, ${asOf.evaluation + 1}) as until
    from audit.repository_set_chunk
    where target_id = ${asOf.targetId} and valid_from_scan <= ${asOf.evaluation} and valid_to_scan > ${first}`;
  const accountsByPosition = new Map(repositories.map(({ position, accountId }) => [position, accountId]));
  return {
    days,
    accountsByPosition,
    accountIds: [...new Set(accountsByPosition.values())].toSorted(),
    external: new Set(external.map(({ id }) => id)),
    blocks,
    chunks,
    profiles: await readProfiles(sql, new Set(blocks.map(({ profile }) => profile)), capabilities),
  };
}

async function readDays(sql: Sql, { targetId, evaluation }: AsOf): Promise<DailyScan[]> {
  const rows = await sql`
    select day::text, id as "scanId", taken_at as "takenAt", evaluation,
      exists (select from audit.coverage where scan_id = daily.id)
        and not exists (
          select from audit.coverage where scan_id = daily.id and source <> 'cloudtrail' and status <> 'complete'
        )
        and not exists (
          select from audit.collection_gap where scan_id = daily.id and not starts_with(source, 'cloudtrail')
        ) as "isComplete"
    from (
      select distinct on (day) day, id, taken_at, evaluation
      from (
        select (taken_at at time zone 'UTC')::date as day, id, taken_at, evaluation
        from audit.scan where target_id = ${targetId} and evaluation <= ${evaluation}
      ) as dated
      order by day desc, evaluation desc
      limit ${daysMax}
    ) as daily
    order by day`;
  return rows.map((row) => dailyScanSchema.parse(row));
}

async function readProfiles(
  sql: Sql,
  ids: ReadonlySet<number>,
  capabilities: readonly string[],
): Promise<AccessHistory['profiles']> {
  const actions = new Map(
    (await sql<{ id: number; name: string }[]>`select id, name from audit.action`).map(({ id, name }) => [name, id]),
  );
  const decisions = new Map(
    (await sql<{ id: number; decision: string }[]>`select id, decision from audit.verdict`).map(({ id, decision }) => [
      String(id),
      decision,
    ]),
  );
  const rows = await sql<{ id: number; verdictIds: string; decisions: string }[]>`
    select profile.id, array_to_string(profile.verdict_ids, ',', '') as "verdictIds",
      array_to_string(profile.decisions, ',') as decisions
    from jsonb_array_elements_text(${JSON.stringify([...ids])}::text::jsonb) as wanted (id)
    join audit.access_profile profile on profile.id = wanted.id::integer`;
  return new Map(
    rows.map(({ id, verdictIds, decisions: all }) => {
      const said = verdictIds.split(',');
      return [
        id,
        {
          capabilities: capabilities.map((name) =>
            heldBy([decisions.get(said[(actions.get(name) ?? 0) - 1] ?? '') ?? '']),
          ),
          anything: heldBy(all.split(',')),
        },
      ];
    }),
  );
}

function heldBy(decisions: readonly string[]): Held {
  return decisions.includes('allowed') || decisions.includes('conditional')
    ? 'certain'
    : decisions.includes('unknown')
      ? 'unknown'
      : null;
}
