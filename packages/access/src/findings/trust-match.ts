import type { Match } from './rule.ts';
import type { TrustedRole } from './trust.ts';

/** What all findings about who may become a role have in common. */
export function roleMatch({
  principal,
  holding,
  accountId,
}: TrustedRole): Pick<
  Match,
  | 'accountId'
  | 'region'
  | 'resource'
  | 'principal'
  | 'repositories'
  | 'isProduction'
  | 'rights'
  | 'conditions'
  | 'toCome'
  | 'reasons'
  | 'doubts'
> {
  const { repositories, isProduction, actions, conditions, toCome, reasons, doubts } = holding();
  return {
    accountId,
    region: null,
    resource: principal.arn,
    principal: { id: principal.id, arn: principal.arn },
    repositories,
    isProduction,
    rights: actions,
    conditions,
    toCome,
    reasons,
    doubts,
  };
}
