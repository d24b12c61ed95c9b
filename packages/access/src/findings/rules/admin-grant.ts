import type { FindingInput } from '../finding-input.ts';
import { holdingOf, ownPrincipals } from '../holdings.ts';
import { countRepositories } from '../judged-repositories.ts';
import { ADMIN_ACTIONS } from '../rights.ts';
import type { Match, Rule } from '../rule.ts';
import { actionWords, counted } from '../words.ts';

export const adminGrant: Rule = {
  id: 'ECR-ADMIN-GRANT',
  kinds: ['state'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'somebody who is no administrator may change who has access, or delete repositories',
  why: 'Who sets policies can hand out access, and who deletes repositories can destroy evidence.',
  remedy: 'Take these actions away, or name the principal in `findings.administrators`.',
  find: findAdmins,
};

function* findAdmins({ scan, isAdministrator }: FindingInput): Generator<Match> {
  const told = new Set<string>();
  for (const access of ownPrincipals(scan)) {
    const { principal } = access;
    const [roleId = ''] = principal.id.split(':', 1);
    const [roleName = ''] = principal.name.split('/', 1);
    // A session has what its role has; it is told where it alone is let in.
    const isKnown = principal.kind === 'session' && told.has(roleId);
    if (isKnown || isAdministrator(principal) || isAdministrator({ arn: principal.arn, name: roleName })) {
      continue;
    }
    const holding = holdingOf(access, ADMIN_ACTIONS, scan);
    if (holding === null) {
      continue;
    }
    told.add(principal.id);
    const { repositories, registries, actions } = holding;
    const places = [
      ...(repositories.length > 0 ? [counted(repositories.length, 'repository', 'repositories')] : []),
      ...(registries.length > 0 ? [counted(registries.length, 'registry', 'registries')] : []),
    ];
    yield {
      about: [principal.id],
      accountId: principal.accountId,
      region: null,
      resource: principal.arn,
      principal: { id: principal.id, arn: principal.arn },
      title: `${principal.name} may ${actionWords(actions)} on ${places.join(' and ')}`,
      what: `${principal.arn} is not among the administrators, and may administer ${places.join(' and ')}.`,
      repositories: countRepositories(repositories),
      isProduction: registries.length > 0 || repositories.some(({ isProduction }) => isProduction),
      reasons: holding.reasons,
      doubts: holding.doubts,
    };
  }
}
