import { type EvaluationLimit, type Reason, type Residual, resolveReasons } from '@ecr-audit/access';
import { z } from 'zod';
import type { Fragment, Sql } from '../sql.ts';
import type { AsOf } from './as-of.ts';
import { principalKindSchema } from './principals.ts';

export const residualSchema: z.ZodType<Residual> = z.lazy(() =>
  z.union([
    z.object({ all: z.array(residualSchema) }),
    z.object({ any: z.array(residualSchema) }),
    z.object({ not: residualSchema }),
    z.object({ operator: z.string(), key: z.string(), values: z.array(z.string()) }),
    z.object({ resource: z.string(), pattern: z.string() }),
    z.object({ unreadable: z.string() }),
  ]),
);

export const reasonSchema: z.ZodType<Reason> = z.object({
  policyType: z.enum(['identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'repository', 'registry', 'default']),
  policy: z.string(),
  statement: z.string(),
  effect: z.enum(['Allow', 'Deny']),
  via: z.string(),
});

export const limitSchema: z.ZodType<EvaluationLimit> = z.object({ code: z.string(), message: z.string() });

const accessCellSchema = z.object({
  principal: z.object({
    id: z.string(),
    arn: z.string(),
    kind: principalKindSchema,
    accountId: z.string().nullable(),
    name: z.string(),
  }),
  repository: z.object({ id: z.number(), arn: z.string(), name: z.string() }).nullable(),
  accountId: z.string(),
  region: z.string(),
  action: z.string(),
  decision: z.enum(['allowed', 'conditional', 'unknown']),
  residual: residualSchema.nullable(),
  reasons: z.array(reasonSchema),
  limits: z.array(limitSchema),
  since: z.string(),
});

/**
 * One cell of the effective access. `repository` is null for the actions of a registry that have none; `accountId` and
 * `region` are those of the registry; `since` is the time of the first snapshot that showed this decision under this residual.
 */
export type AccessCell = Readonly<z.infer<typeof accessCellSchema>>;

/** What both directions can be narrowed by. */
export interface AccessFilter {
  /** An action or a capability. */
  readonly action?: string;
  /** Only actions, or only capabilities. */
  readonly by?: 'action' | 'capability';
  readonly decision?: 'allowed' | 'conditional' | 'unknown';
  readonly limit: number;
}

/**
 * Reads a page of cells.
 *
 * `held` selects principals, places with their positions, and profiles in the order of the page, with the scan in which principal and place were
 * `first_seen`, which is since when holds what never changed. `after` says which cells come later than those of the page
 * before, and `order` is the order of the page by columns of both.
 *
 * Postgres unfolds one profile after the other until the page is full. Contents are joined after that: they are wide, and a
 * page needs a thousandth of them.
 */
export async function readCells(
  sql: Sql,
  { evaluation }: AsOf,
  filter: AccessFilter,
  page: {
    readonly held: Fragment;
    readonly after: Fragment;
    readonly order: (held: Fragment, said: Fragment) => Fragment;
  },
): Promise<AccessCell[]> {
  const rows = await sql`
    with unnumbered as materialized (
      select held.*, said.*
      from (${page.held} offset 0) as held
      cross join lateral (
        select
          action.id as action_id, action.name as action, verdict.decision, verdict.residual_hash, verdict.reasons_hash,
          verdict.limits_hash
        ${saidIn(sql, sql`held.profile_id`, filter)}
        offset 0
      ) as said
      where ${page.after}
      order by ${page.order(sql`held`, sql`said`)}
      limit ${filter.limit}
    ), cell as materialized (
      select *, row_number() over () as place from unnumbered
    ), aged as materialized (
      select cell.place,
        case
          -- Asked for each cell that nobody could read for a while, and for no other.
          when changed.last % 4 = 1 then (audit.decided_stretch(
            cell.principal_id, cell.repository_id, cell.account_id, cell.region, ${evaluation}, cell.action_id
          )).since
          else coalesce(changed.last / 4, cell.first_seen)
        end as since
      from cell
      cross join lateral (
        select max(change.changed_in_scan * 4 + change.unread) as last
        from audit.access_change change
        where change.principal_id = cell.principal_id and change.chunk = coalesce(cell.position >> 8, -1)
          and change.changed_in_scan <= ${evaluation} and audit.holds(change.actions, cell.action_id)
          and case
            when cell.position is not null then audit.holds(change.members, cell.position & 255)
            else change.account_id = cell.account_id and change.region = cell.region
          end
      ) as changed
    )
    select
      jsonb_build_object(
        'id', principal.unique_id, 'arn', principal.arn, 'kind', principal.kind,
        'accountId', principal.account_id, 'name', principal.name
      ) as principal,
      case when cell.repository_id is not null then
        jsonb_build_object('id', repository.id, 'arn', repository.arn, 'name', repository.name)
      end as repository,
      cell.account_id as "accountId", cell.region, cell.action, cell.decision,
      residual.content as residual, reasons.content as reasons, limits.content as limits, since.taken_at as since
    from cell
    join audit.principal on principal.id = cell.principal_id
    left join audit.repository on repository.id = cell.repository_id
    join audit.reasons on reasons.hash = cell.reasons_hash
    join audit.limits on limits.hash = cell.limits_hash
    left join audit.residual on residual.hash = cell.residual_hash
    join aged using (place)
    join audit.scan as since on since.evaluation = aged.since
    order by ${page.order(sql`cell`, sql`cell`)}`;
  return rows.map((row) => withReasons(accessCellSchema.parse(row)));
}

/** `from` and `where` of the cells in one profile that pass the filter: `action`, `verdict`. */
export function saidIn(sql: Sql, profileId: Fragment, filter: AccessFilter): Fragment {
  const { action = null, by = null, decision = null } = filter;
  return sql`
    from (
      select verdict_ids from audit.access_profile
      where id = ${profileId} and (${decision}::text is null or ${decision} = any(decisions))
      offset 0
    ) as profile
    cross join lateral unnest(profile.verdict_ids) with ordinality as list (verdict_id, action_id)
    join audit.action on action.id = list.action_id
    join audit.verdict on verdict.id = list.verdict_id
    where (${action}::text is null or list.action_id = (select id from audit.action where name = ${action}))
      and (${by}::text is null or starts_with(action.name, 'ecr:') = (${by} = 'action'))
      and (${decision}::text is null or verdict.decision = ${decision})`;
}

/** The condition that a row of access is valid at an evaluation. */
export function validAt(sql: Sql, table: 'block' | 'chunk' | 'registry', { evaluation }: AsOf): Fragment {
  const from = sql(`${table}.valid_from_scan`);
  const to = sql(`${table}.valid_to_scan`);
  return sql`${from} <= ${evaluation} and ${to} > ${evaluation}`;
}

function withReasons(cell: AccessCell): AccessCell {
  const repositoryArn = cell.repository?.arn ?? null;
  return { ...cell, reasons: resolveReasons(cell.reasons, { principalArn: cell.principal.arn, repositoryArn }) };
}
