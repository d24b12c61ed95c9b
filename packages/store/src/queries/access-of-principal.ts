import type { Sql } from '../sql.ts';
import { readCells, saidIn, validAt, type AccessCell, type AccessFilter } from './access-cell.ts';
import type { AsOf } from './as-of.ts';
import { ofAccounts } from './name-pattern.ts';

export interface PrincipalAccessFilter extends AccessFilter {
  /** Of one of these registries; null is every account. */
  readonly accountIds?: readonly string[] | null;
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
  const { region = null, repositoryNamePrefix = null, after } = filter;
  const from = [after?.accountId ?? '', after?.region ?? '', after?.repositoryArn ?? ''] as const;
  return await readCells(sql, asOf, filter, {
    // A principal has few profiles, so it is counted first how many cells of each pass the filter. That tells which places
    // fill the page, and no other is unfolded.
    held: sql`
      with who as materialized (
        select id, first_seen_scan from audit.principal
        where target_id = ${asOf.targetId} and unique_id = ${principalId}
      ), held_chunk as materialized (
        select block.profile_id, chunk.chunk, chunk.members
        from who
        join audit.access_block block on block.principal_id = who.id
        cross join lateral (
          select chunk, members from audit.repository_set_chunk chunk
          where chunk.set_id = block.set_id and ${validAt(sql, 'chunk', asOf)}
          offset 0
        ) as chunk
        where ${validAt(sql, 'block', asOf)}
      ), held_registry as materialized (
        select registry.account_id, registry.region, registry.profile_id,
          who.first_seen_scan as first_seen
        from who join audit.registry_access registry on registry.principal_id = who.id
        where ${validAt(sql, 'registry', asOf)} and ${repositoryNamePrefix}::text is null
      ), profile_size as materialized (
        select profile_id, size
        from (select profile_id from held_chunk union select profile_id from held_registry) as each
        cross join lateral (select count(*) as size ${saidIn(sql, sql`each.profile_id`, filter)}) as counted
        where size > 0
      ), place as materialized (
        select null::bigint as repository_id, '' collate "C" as repository_arn, null::integer as position,
          account_id collate "C" as account_id, region collate "C" as region, profile_id, first_seen
        from held_registry
        union all
        select repository.id, arn, position, repository.account_id, region, null,
          greatest(repository.first_seen_scan, (select first_seen_scan from who))
        from audit.repository
        where target_id = ${asOf.targetId}
          and (${repositoryNamePrefix}::text is null or starts_with(name, ${repositoryNamePrefix}))
      ), filling as materialized (
        select place.repository_id, place.repository_arn, place.position, place.account_id, place.region, profile.profile_id, profile.size,
          place.first_seen
        from (
          select * from place
          where ${ofAccounts(sql, sql`account_id`, filter.accountIds)}
            and (${region}::text is null or region = ${region})
            and (account_id, region, repository_arn) >= (${from[0]}, ${from[1]}, ${from[2]})
          order by account_id, region, repository_arn
          offset 0
        ) as place
        cross join lateral (
          select profile_size.* from profile_size where profile_size.profile_id = place.profile_id
          union all
          select profile_size.*
          from held_chunk join profile_size on profile_size.profile_id = held_chunk.profile_id
          where held_chunk.chunk = place.position >> 8 and audit.holds(held_chunk.members, place.position & 255)
        ) as profile
        order by place.account_id, place.region, place.repository_arn
        -- Each has a cell at least, save that of the first one the page before may have shown all.
        limit ${filter.limit + 1}
      )
      select (select id from who) as principal_id, repository_id, repository_arn, position, account_id, region, profile_id,
        first_seen
      from (
        select *, sum(size) over so_far - size as cells_before, first_value(size) over so_far as first_size
        from filling
        window so_far as (order by account_id, region, repository_arn)
      ) as counted
      where cells_before - first_size < ${filter.limit}
      order by account_id, region, repository_arn`,
    after: sql`
      (held.account_id, held.region, held.repository_arn, said.action)
        > (${from[0]}, ${from[1]}, ${from[2]}, ${after?.action ?? ''})`,
    order: (held, said) => sql`${held}.account_id, ${held}.region, ${held}.repository_arn, ${said}.action`,
  });
}
