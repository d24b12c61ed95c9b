import type { PrincipalKind } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import type { EvaluationKey } from './save-subjects.ts';

/** A principal that this evaluation lists, or one of which access is valid. */
export interface KnownPrincipal {
  readonly id: number;
  readonly uniqueId: string;
  readonly kind: PrincipalKind;
  readonly accountId: string | null;
  /** Of its access that is valid; null where it has none. */
  readonly accessHash: string | null;
  readonly isListed: boolean;
  /** Seen for the first time. */
  readonly isNew: boolean;
}

/** A repository that this evaluation lists, or one that is not gone. */
export interface KnownRepository {
  readonly id: number;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly position: number;
  readonly isListed: boolean;
  /** Seen for the first time. */
  readonly isNew: boolean;
}

export async function readKnownPrincipals(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
): Promise<KnownPrincipal[]> {
  const rows = await sql<KnownPrincipal[]>`
    select
      id, unique_id as "uniqueId", kind, account_id as "accountId", encode(access_hash, 'hex') as "accessHash",
      last_seen_scan = ${evaluation} as "isListed", first_seen_scan = ${evaluation} as "isNew"
    from audit.principal
    where target_id = ${targetId} and (last_seen_scan = ${evaluation} or access_hash is not null)
    order by id`;
  return [...rows];
}

export async function readKnownRepositories(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
): Promise<KnownRepository[]> {
  return [
    ...(await sql<KnownRepository[]>`
      select
        id, arn, account_id as "accountId", region, position, last_seen_scan = ${evaluation} as "isListed",
        first_seen_scan = ${evaluation} as "isNew"
      from audit.repository
      where target_id = ${targetId} and (last_seen_scan = ${evaluation} or gone_since_scan is null)
      order by position`),
  ];
}

/** How many positions a target has, those of repositories that are gone included. */
export async function countPositions(sql: Sql, { targetId }: EvaluationKey): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select coalesce(max(position) + 1, 0) as count from audit.repository where target_id = ${targetId}`;
  return row?.count ?? 0;
}
