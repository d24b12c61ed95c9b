import type { Match } from './rule.ts';
import { countRepositories } from './judged-repositories.ts';
import type { TrustedRole } from './trust.ts';

/** What all findings about who may become a role have in common. */
export function roleMatch({
  holding,
  accountId,
}: TrustedRole): Pick<
  Match,
  'accountId' | 'region' | 'resource' | 'principal' | 'repositories' | 'reasons' | 'doubts'
> {
  const { principal, repositories, reasons, doubts } = holding;
  return {
    accountId,
    region: null,
    resource: principal.arn,
    principal: { id: principal.id, arn: principal.arn },
    repositories: countRepositories(repositories),
    reasons,
    doubts,
  };
}
