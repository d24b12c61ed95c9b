import type { PrincipalKind } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import { cellColumns, cellsAsOf, readCells, type AccessCell, type AccessFilter } from './access-cell.ts';
import type { AsOf } from './as-of.ts';

export interface RepositoryAccessFilter extends AccessFilter {
  readonly principalAccountId?: string;
  readonly principalKind?: PrincipalKind;
  readonly principalNamePrefix?: string;
  /** The last cell of the page before. */
  readonly after?: { readonly principalId: string; readonly action: string };
}

/** Who has access to a repository, by the principal's unique id and the action. Who is not listed is denied. */
export async function accessToRepository(
  sql: Sql,
  asOf: AsOf,
  { repositoryId, filter }: { readonly repositoryId: number; readonly filter: RepositoryAccessFilter },
): Promise<AccessCell[]> {
  const { principalAccountId = null, principalKind = null, principalNamePrefix = '', after } = filter;
  return await readCells(
    sql,
    sql`
      ${cellColumns(sql)}
      where ${cellsAsOf(sql, asOf, filter)}
        and access.repository_id = ${repositoryId}
        and (${principalAccountId}::text is null or principal.account_id = ${principalAccountId})
        and (${principalKind}::text is null or principal.kind = ${principalKind})
        and starts_with(principal.name, ${principalNamePrefix})
        and (principal.unique_id collate "C", access.action collate "C") > (${after?.principalId ?? ''}, ${after?.action ?? ''})
      order by principal.unique_id collate "C", access.action collate "C"
      limit ${filter.limit}`,
    sql`cell.principal_unique_id collate "C", cell.action collate "C"`,
  );
}
