import type { EvaluationLimit, Reason, Residual } from '@ecr-audit/access';
import { z } from 'zod';
import type { Sql } from '../sql.ts';
import type { AsOf } from './as-of.ts';
import { principalKindSchema } from './principals.ts';

const residualSchema: z.ZodType<Residual> = z.lazy(() =>
  z.union([
    z.object({ all: z.array(residualSchema) }),
    z.object({ any: z.array(residualSchema) }),
    z.object({ not: residualSchema }),
    z.object({ operator: z.string(), key: z.string(), values: z.array(z.string()) }),
    z.object({ resource: z.string(), pattern: z.string() }),
    z.object({ unreadable: z.string() }),
  ]),
);

const reasonSchema: z.ZodType<Reason> = z.object({
  policyType: z.enum(['identity', 'permissionsBoundary', 'session', 'scp', 'rcp', 'repository', 'registry', 'default']),
  policy: z.string(),
  statement: z.string(),
  effect: z.enum(['Allow', 'Deny']),
  via: z.string(),
});

const limitSchema: z.ZodType<EvaluationLimit> = z.object({ code: z.string(), message: z.string() });

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

/** Reads the cells that `choice`, a select of `cellColumns`, picks; `order` must be that of the choice. */
export async function readCells(
  sql: Sql,
  choice: ReturnType<Sql['unsafe']>,
  order: ReturnType<Sql['unsafe']>,
): Promise<AccessCell[]> {
  // The contents are joined after the limit: they are wide, and a page needs a thousandth of them.
  const rows = await sql`
    with cell as materialized (${choice})
    select
      jsonb_build_object(
        'id', cell.principal_unique_id, 'arn', cell.principal_arn, 'kind', cell.principal_kind,
        'accountId', cell.principal_account_id, 'name', cell.principal_name
      ) as principal,
      case when cell.repository_id is not null then
        jsonb_build_object('id', cell.repository_id, 'arn', cell.repository_arn, 'name', cell.repository_name)
      end as repository,
      cell.account_id as "accountId", cell.region, cell.action, cell.decision,
      residual.content as residual, reasons.content as reasons, limits.content as limits, since.taken_at as since
    from cell
    join audit.reasons on reasons.hash = cell.reasons_hash
    join audit.limits on limits.hash = cell.limits_hash
    left join audit.residual on residual.hash = cell.residual_hash
    join audit.scan as since on since.evaluation = cell.decision_since_scan
    order by ${order}`;
  return rows.map((row) => accessCellSchema.parse(row));
}

export function cellColumns(sql: Sql): ReturnType<Sql['unsafe']> {
  return sql`
    select
      access.account_id, access.region, access.repository_id, access.action, access.decision,
      access.residual_hash, access.reasons_hash, access.limits_hash, access.decision_since_scan,
      principal.unique_id as principal_unique_id, principal.arn as principal_arn, principal.kind as principal_kind,
      principal.account_id as principal_account_id, principal.name as principal_name,
      repository.arn as repository_arn, repository.name as repository_name
    from audit.access
    join audit.principal on principal.id = access.principal_id
    left join audit.repository on repository.id = access.repository_id`;
}

/**
 * The condition that both directions share: valid at the scan, and passing the filter.
 *
 * Postgres reads each half of the `or` from its own partial index: a page out of 3 million cells takes 20 to 60 ms.
 */
export function cellsAsOf(sql: Sql, { targetId, evaluation }: AsOf, filter: AccessFilter): ReturnType<Sql['unsafe']> {
  const { action = null, by = null, decision = null } = filter;
  return sql`
    access.target_id = ${targetId}
    and access.valid_from_scan <= ${evaluation}
    and (access.valid_to_scan is null or access.valid_to_scan > ${evaluation})
    and (${action}::text is null or access.action = ${action})
    and (${by}::text is null or starts_with(access.action, 'ecr:') = (${by} = 'action'))
    and (${decision}::text is null or access.decision = ${decision})`;
}
