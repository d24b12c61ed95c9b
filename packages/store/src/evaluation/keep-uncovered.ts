import type { EvaluationLimit, Residual } from '@ecr-audit/access';
import type { Sql } from '../sql.ts';
import type { ContentDictionary } from './content-dictionary.ts';
import type { Uncovered } from './find-uncovered.ts';
import type { EvaluationKey } from './save-subjects.ts';

/**
 * Adds to `incoming` every valid cell that this scan could not look at, as `unknown`, and removes its denials.
 *
 * INVARIANT: a gap never looks like a revoke. A cell that is unknown already stays word for word as it is.
 */
export async function keepUncovered(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  uncovered: Uncovered,
  dictionaries: { residuals: ContentDictionary; reasons: ContentDictionary; limits: ContentDictionary },
): Promise<void> {
  const { residuals, reasons, limits } = dictionaries;
  const contents = (what: string): { residual: string; limits: string } => {
    const residual: Residual = { unreadable: what };
    const limit: EvaluationLimit = { code: 'notCovered', message: `${what} could not be read in this scan` };
    return { residual: residuals.hashOf(residual), limits: limits.hashOf([limit]) };
  };
  const accounts = uncovered.iamAccounts.map((id) => ({ id, ...contents(`IAM of account ${id}`) }));
  const registries = uncovered.registries.map(({ accountId, region }) => ({
    id: accountId,
    region,
    ...contents(`ECR of account ${accountId} in ${region}`),
  }));
  const policies = uncovered.unreadPolicies.map(({ accountId, region, repositoryArn }) => ({
    id: accountId,
    region,
    arn: repositoryArn,
    ...contents(
      repositoryArn === null
        ? `the registry policy of account ${accountId} in ${region}`
        : `the policy of ${repositoryArn}`,
    ),
  }));
  // Users, roles and root users are listed by their account. The others are known only while a policy names them, so
  // one that is not listed any more may still be named by a policy that was not read.
  await sql`
    with uncovered_account as (
      select id, residual, limits
      from jsonb_to_recordset(${JSON.stringify(accounts)}::text::jsonb) as row (id text, residual text, limits text)
    ), uncovered_registry as (
      select id, region, residual, limits
      from jsonb_to_recordset(${JSON.stringify(registries)}::text::jsonb)
        as row (id text, region text, residual text, limits text)
    ), unread_policy as (
      select id, region, arn, residual, limits
      from jsonb_to_recordset(${JSON.stringify(policies)}::text::jsonb)
        as row (id text, region text, arn text, residual text, limits text)
    ), unlisted as (
      select id from audit.principal
      where target_id = ${targetId} and last_seen_scan <> ${evaluation}
        and kind in ('external', 'service', 'session', 'federatedUser')
    )
    insert into incoming
    select
      access.principal_id, access.account_id, access.region, coalesce(access.repository_id, 0), access.action, 'unknown',
      case when access.decision = 'unknown' then access.residual_hash
        else decode(coalesce(iam.residual, ecr.residual, own.residual, shared.residual), 'hex') end,
      case when access.decision = 'unknown' then access.reasons_hash else decode(${reasons.hashOf([])}, 'hex') end,
      case when access.decision = 'unknown' then access.limits_hash
        else decode(coalesce(iam.limits, ecr.limits, own.limits, shared.limits), 'hex') end
    from audit.access
    join audit.principal on principal.id = access.principal_id
    left join uncovered_account iam on iam.id = principal.account_id and principal.kind not in ('external', 'service')
    left join uncovered_registry ecr on ecr.id = access.account_id and ecr.region = access.region
    left join audit.repository on repository.id = access.repository_id
    left join unlisted on unlisted.id = access.principal_id
    left join unread_policy own
      on unlisted.id is not null and own.arn = repository.arn
    left join unread_policy shared
      on unlisted.id is not null and shared.arn is null and shared.id = access.account_id and shared.region = access.region
    where access.target_id = ${targetId} and access.valid_to_scan is null
      and (iam.id is not null or ecr.id is not null or own.id is not null or shared.id is not null)
    on conflict (principal_id, account_id, region, repository_id, action) do nothing`;
  await keepSessions(
    sql,
    { targetId, evaluation },
    { reasons: reasons.hashOf([]), ...contents('a policy that may name this session') },
  );
  await sql`delete from incoming where decision = 'denied'`;
}

/**
 * Keeps the other cells of sessions and federated users that a policy which was not read may still name.
 *
 * They are listed only while a policy names them, but hold most cells by the policies of their role or user. One that is
 * not listed is in `incoming` only where a cell of it was just kept.
 */
async function keepSessions(
  sql: Sql,
  { targetId, evaluation }: EvaluationKey,
  hashes: { readonly residual: string; readonly reasons: string; readonly limits: string },
): Promise<void> {
  await sql`
    insert into incoming
    select
      access.principal_id, access.account_id, access.region, coalesce(access.repository_id, 0), access.action, 'unknown',
      case when access.decision = 'unknown' then access.residual_hash else decode(${hashes.residual}, 'hex') end,
      case when access.decision = 'unknown' then access.reasons_hash else decode(${hashes.reasons}, 'hex') end,
      case when access.decision = 'unknown' then access.limits_hash else decode(${hashes.limits}, 'hex') end
    from audit.access
    join audit.principal on principal.id = access.principal_id
    where access.target_id = ${targetId} and access.valid_to_scan is null
      and principal.kind in ('session', 'federatedUser') and principal.last_seen_scan <> ${evaluation}
      and principal.id in (select principal_id from incoming)
    on conflict (principal_id, account_id, region, repository_id, action) do nothing`;
}
