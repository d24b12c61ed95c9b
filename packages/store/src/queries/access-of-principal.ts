import type { Sql } from '../sql.ts';
import { cellColumns, cellsAsOf, readCells, type AccessCell, type AccessFilter } from './access-cell.ts';
import type { AsOf } from './as-of.ts';

export interface PrincipalAccessFilter extends AccessFilter {
  /** Of the registry. */
  readonly accountId?: string;
  readonly region?: string;
  /** Leaves the actions out that have no repository. */
  readonly repositoryNamePrefix?: string;
  /** The last cell of the page before; an empty ARN for an action without a repository. */
  readonly after?: {
    readonly accountId: string;
    readonly region: string;
    readonly repositoryArn: string;
    readonly action: string;
  };
}

/** What a principal can reach, by account, region, repository ARN and action; what has no repository comes first. */
export async function accessOfPrincipal(
  sql: Sql,
  asOf: AsOf,
  { principalId, filter }: { readonly principalId: string; readonly filter: PrincipalAccessFilter },
): Promise<AccessCell[]> {
  const { accountId = null, region = null, repositoryNamePrefix = null, after } = filter;
  return await readCells(
    sql,
    sql`
      ${cellColumns(sql)}
      where ${cellsAsOf(sql, asOf, filter)}
        and access.principal_id = (
          select id from audit.principal where target_id = ${asOf.targetId} and unique_id = ${principalId}
        )
        and (${accountId}::text is null or access.account_id = ${accountId})
        and (${region}::text is null or access.region = ${region})
        and (${repositoryNamePrefix}::text is null or starts_with(repository.name, ${repositoryNamePrefix}))
        and (
          access.account_id collate "C", access.region collate "C",
          coalesce(repository.arn, '') collate "C", access.action collate "C"
        ) > (${after?.accountId ?? ''}, ${after?.region ?? ''}, ${after?.repositoryArn ?? ''}, ${after?.action ?? ''})
      order by
        access.account_id collate "C", access.region collate "C",
        coalesce(repository.arn, '') collate "C", access.action collate "C"
      limit ${filter.limit}`,
    sql`
      cell.account_id collate "C", cell.region collate "C",
      coalesce(cell.repository_arn, '') collate "C", cell.action collate "C"`,
  );
}
