import { z } from 'zod';
import type { Sql } from '../sql.ts';
import { stillValid } from '../evaluation/still-valid.ts';
import { cellKey, naiveCell, type NaiveCell } from './naive-history.ts';

/** The cells of one evaluation, and the index of the evaluation since which each is decided so. */
export interface History {
  readonly cells: ReadonlyMap<string, NaiveCell>;
  readonly since: ReadonlyMap<string, number>;
}

const rowSchema = z.object({
  index: z.number(),
  principal: z.string(),
  place: z.string(),
  action: z.string(),
  decision: z.enum(['allowed', 'conditional', 'unknown']),
  residual: z.any(),
  reasons: z.any(),
  limits: z.any(),
  since: z.number(),
});

/** Every cell as of every evaluation of the target, with its age, straight from the tables. */
export async function readHistory(sql: Sql, targetKey: string): Promise<History[]> {
  const rows = await sql`
    with evaluated as (
      select evaluation as at, row_number() over (order by evaluation) - 1 as index
      from audit.scan join audit.target on target.id = scan.target_id
      where target.key = ${targetKey} and evaluation is not null
    ), held as (
      select evaluated.at, block.principal_id, block.profile_id, repository.id as repository_id,
        repository.arn as place, repository.account_id, repository.region
      from evaluated
      join audit.access_block block
        on block.valid_from_scan <= evaluated.at and block.valid_to_scan > evaluated.at
      join audit.repository_set_chunk chunk
        on chunk.set_id = block.set_id and chunk.valid_from_scan <= evaluated.at
        and chunk.valid_to_scan > evaluated.at
      join audit.repository
        on repository.target_id = chunk.target_id and repository.position >> 8 = chunk.chunk
        and audit.holds(chunk.members, repository.position & 255)
      union all
      select evaluated.at, principal_id, profile_id, null, account_id || ' ' || region, account_id, region
      from evaluated join audit.registry_access
        on valid_from_scan <= evaluated.at and valid_to_scan > evaluated.at
    )
    select
      (select index from evaluated where evaluated.at = held.at) as index, principal.unique_id as principal, place,
      action.name as action, verdict.decision, residual.content as residual, reasons.content as reasons,
      limits.content as limits,
      (select index from evaluated where evaluated.at = (
        audit.decided_since(principal.id, repository_id, held.account_id, region, held.at, array[action.id])
      )[1]) as since
    from held
    join audit.principal on principal.id = held.principal_id
    join audit.target on target.id = principal.target_id and target.key = ${targetKey}
    join audit.access_profile on access_profile.id = held.profile_id
    cross join lateral unnest(verdict_ids) with ordinality as said (verdict_id, action_id)
    join audit.verdict on verdict.id = said.verdict_id
    join audit.action on action.id = said.action_id
    join audit.reasons on reasons.hash = verdict.reasons_hash
    join audit.limits on limits.hash = verdict.limits_hash
    left join audit.residual on residual.hash = verdict.residual_hash`;
  const history: { cells: Map<string, NaiveCell>; since: Map<string, number> }[] = [];
  for (const row of rows) {
    const { index, principal, place, action, since, ...answer } = rowSchema.parse(row);
    while (history.length <= index) {
      history.push({ cells: new Map(), since: new Map() });
    }
    const key = cellKey(principal, place, action);
    // Two cells of one key would hide each other.
    if (history[index]?.cells.has(key)) {
      throw new Error(`\`${key}\` comes twice as of evaluation ${index}`);
    }
    history[index]?.cells.set(key, naiveCell(answer));
    history[index]?.since.set(key, since);
  }
  return history;
}

/** Sets that are valid although no block needs them, of which there should be none. */
export async function findUnusedSets(sql: Sql): Promise<readonly object[]> {
  return [
    ...(await sql`
      select set_id from audit.repository_set_chunk chunk
      where valid_to_scan = ${stillValid(sql)}
        and not exists (
          select from audit.access_block block where block.set_id = chunk.set_id and block.valid_to_scan = ${stillValid(sql)}
        )`),
  ];
}
