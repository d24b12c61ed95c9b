import { aboutAll, differencesOf, principalSubject } from '../because.ts';
import type { FindingInput } from '../finding-input.ts';
import { holdingOf, ownPrincipals } from '../holdings.ts';
import { ADMIN_ACTIONS, PULL_ACTIONS, WRITE_ACTIONS } from '../rights.ts';
import type { Match, Rule } from '../rule.ts';
import { actionWords } from '../words.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
export const boundaryOff: Rule = {
  id: 'ECR-BOUNDARY-OFF',
  kinds: ['difference'],
  life: 'occurrence',
  needs: 'earlierSnapshot',
  rests: ['iam', 'ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'the permissions boundary of somebody with rights on ECR was taken off or replaced',
  why: 'The boundary was all that held the policies of that principal in check.',
  remedy: 'Put the boundary back.',
  find: findBoundaries,
};

const ACTIONS = [...new Set([...PULL_ACTIONS, ...WRITE_ACTIONS, ...ADMIN_ACTIONS])];

function* findBoundaries({ scan, before, drift }: FindingInput): Generator<Match> {
  for (const access of ownPrincipals(scan)) {
    const { principal } = access;
    const iam = scan.snapshot.accounts.get(principal.accountId ?? '')?.iam?.principalsById.get(principal.id);
    const earlier = before?.snapshot.accounts.get(principal.accountId ?? '')?.iam?.principalsById.get(principal.id);
    const was = earlier?.permissionsBoundaryArn ?? null;
    if (iam === undefined || was === null || was === iam.permissionsBoundaryArn) {
      continue;
    }
    const holding = holdingOf(access, ACTIONS, scan);
    if (holding !== null) {
      const is = iam.permissionsBoundaryArn;
      yield {
        about: [principal.id],
        accountId: principal.accountId,
        region: null,
        resource: principal.arn,
        principal: { id: principal.id, arn: principal.arn },
        title: `the permissions boundary of ${principal.name} was ${is === null ? 'taken off' : `replaced by ${is}`}`,
        what: `It was ${was}; ${principal.arn} may ${actionWords(holding.actions)}.`,
        repositories: holding.repositories,
        isProduction: holding.isProduction,
        rights: [...holding.actions, `without the boundary ${was}`],
        conditions: holding.conditions,
        because: differencesOf(drift, ['boundary'], aboutAll(principalSubject(principal))),
        toCome: holding.toCome,
        reasons: holding.reasons,
        doubts: holding.doubts,
      };
    }
  }
}
