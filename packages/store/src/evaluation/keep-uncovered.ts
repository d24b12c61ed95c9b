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
  { targetId }: EvaluationKey,
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
  await sql`
    with uncovered_account as (
      select id, residual, limits
      from jsonb_to_recordset(${JSON.stringify(accounts)}::text::jsonb) as row (id text, residual text, limits text)
    ), uncovered_registry as (
      select id, region, residual, limits
      from jsonb_to_recordset(${JSON.stringify(registries)}::text::jsonb)
        as row (id text, region text, residual text, limits text)
    )
    insert into incoming
    select
      access.principal_id, access.account_id, access.region, coalesce(access.repository_id, 0), access.action, 'unknown',
      case when access.decision = 'unknown' then access.residual_hash
        else decode(coalesce(iam.residual, ecr.residual), 'hex') end,
      case when access.decision = 'unknown' then access.reasons_hash else decode(${reasons.hashOf([])}, 'hex') end,
      case when access.decision = 'unknown' then access.limits_hash
        else decode(coalesce(iam.limits, ecr.limits), 'hex') end
    from audit.access
    join audit.principal on principal.id = access.principal_id
    left join uncovered_account iam on iam.id = principal.account_id and principal.kind not in ('external', 'service')
    left join uncovered_registry ecr on ecr.id = access.account_id and ecr.region = access.region
    where access.target_id = ${targetId} and access.valid_to_scan is null
      and (iam.id is not null or ecr.id is not null)
    on conflict (principal_id, account_id, region, repository_id, action) do nothing`;
  await sql`delete from incoming where decision = 'denied'`;
}
