import type { Covered, UnreadPolicy } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import type { EvaluationKey } from './save-subjects.ts';

/** Of what is known from earlier scans, that which this one did not see whole, so that nothing about it may end. */
export interface Uncovered {
  readonly iamAccounts: readonly string[];
  readonly registries: readonly { readonly accountId: string; readonly region: string }[];
  readonly unreadPolicies: readonly UnreadPolicy[];
}

/**
 * Everything known that is not `covered`: what could not be read, and what was not asked for, such as a region that is
 * no longer scanned.
 */
export async function findUncovered(
  sql: Sql,
  { targetId }: EvaluationKey,
  { covered, unreadPolicies = [] }: { readonly covered: Covered; readonly unreadPolicies?: readonly UnreadPolicy[] },
): Promise<Uncovered> {
  // External principals and services have no IAM that a scan could cover; their cells rest on the registry alone.
  const accounts = await sql<{ accountId: string }[]>`
    select distinct account_id as "accountId" from audit.principal
    where target_id = ${targetId} and account_id is not null and kind not in ('external', 'service')
      and not ${JSON.stringify(covered.iamAccounts)}::text::jsonb ? account_id`;
  const registries = await sql<{ accountId: string; region: string }[]>`
    with known as (
      select account_id, region from audit.repository where target_id = ${targetId}
      union
      select account_id, region from audit.access where target_id = ${targetId} and valid_to_scan is null
    )
    select account_id as "accountId", region from known
    where not exists (
      select from jsonb_to_recordset(${JSON.stringify(covered.registries)}::text::jsonb)
        as registry ("accountId" text, region text)
      where registry."accountId" = known.account_id and registry.region = known.region
    )`;
  return { iamAccounts: accounts.map(({ accountId }) => accountId), registries: [...registries], unreadPolicies };
}
