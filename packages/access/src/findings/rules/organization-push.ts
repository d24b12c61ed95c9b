import { type AccessProfile, resolveReasons } from '../../access-matrix.ts';
import { isAccess, type Reason } from '../../answer.ts';
import { members } from '../../bit-set.ts';
import type { FindingInput } from '../finding-input.ts';
import type { JudgedRepository } from '../judged-repositories.ts';
import type { MemberAccess } from '../member-access.ts';
import { isAnyone } from '../outside-grants.ts';
import { outsideReach } from '../outside-reach.ts';
import { WRITE_ACTIONS } from '../rights.ts';
import type { Match, Rule } from '../rule.ts';
import { actionWords, listed } from '../words.ts';

export const organizationPush: Rule = {
  id: 'ECR-ORG-WIDE-PUSH',
  kinds: ['state'],
  life: 'state',
  rests: ['ecr', 'organization'],
  severity: 'high',
  outsideProduction: 'medium',
  what: 'every account of the organization, or of a unit, may push, delete or change policies',
  why: 'Any role with rights on ECR in any member account is enough, those of accounts yet to come included.',
  remedy: 'Name the accounts or the roles that publish in Principal, and keep the organization for pulls.',
  find: findOrganizationPush,
};

interface UnitGrant {
  readonly repository: JudgedRepository;
  readonly units: Map<string, MemberAccess>;
  readonly actions: Set<string>;
  readonly reasons: Reason[];
}

function* findOrganizationPush({ scan }: FindingInput): Generator<Match> {
  const open = new Set(
    scan.outside
      .filter(({ principal, actions }) => isAnyone(principal) && actions.some(isOpenWrite))
      .map(({ repository }) => repository.arn),
  );
  const found = new Map<string, UnitGrant>();
  for (const member of scan.members) {
    const { principal, repositories } = member.access;
    for (const { set, profile } of repositories) {
      const actions = openActions(profile, member);
      for (const index of actions.length === 0 ? [] : members(set)) {
        const repository = scan.repositories[index];
        if (repository !== undefined && !open.has(repository.arn)) {
          const grant: UnitGrant = found.get(repository.arn) ?? {
            repository,
            units: new Map(),
            actions: new Set(),
            reasons: [],
          };
          found.set(repository.arn, grant);
          grant.units.set(member.unit.id, member);
          for (const action of actions) {
            grant.actions.add(action);
            const cell = { principalArn: principal.arn, repositoryArn: repository.arn };
            grant.reasons.push(...resolveReasons(profile.answers.get(action)?.reasons ?? [], cell));
          }
        }
      }
    }
  }
  for (const { repository, units, actions, reasons } of found.values()) {
    // A unit below one that is told already says nothing more.
    const highest = [...units.values()].filter(({ above }) => !above.some((id) => units.has(id)));
    const names = highest.map(({ unit }) =>
      unit.kind === 'root' ? 'the whole organization' : `the unit ${unit.name} (${unit.id})`,
    );
    yield {
      about: [repository.arn],
      accountId: repository.accountId,
      region: repository.region,
      resource: repository.arn,
      title: `${listed(names)} may ${actionWords([...actions])} in ${repository.name}`,
      what: `Every account of ${listed(names)} is let in, whichever of its roles asks.`,
      repositories: [repository],
      rights: [...actions, ...highest.map(({ unit }) => unit.id)],
      reasons: [...new Map(reasons.filter(isResource).map((reason) => [JSON.stringify(reason), reason])).values()],
    };
  }
}

function isResource({ policyType }: Reason): boolean {
  return policyType === 'repository' || policyType === 'registry';
}

function isOpenWrite({
  action,
  reach,
}: {
  readonly action: string;
  readonly reach: { readonly verdict: string };
}): boolean {
  return WRITE_ACTIONS.includes(action) && reach.verdict !== 'no';
}

/** What an account may do under no limit but that it is a member. */
function openActions({ answers }: AccessProfile, { access }: MemberAccess): string[] {
  return WRITE_ACTIONS.filter((action) => {
    const answer = answers.get(action);
    return (
      answer !== undefined &&
      isAccess(answer) &&
      answer.reasons.some((reason) => reason.effect === 'Allow' && isResource(reason)) &&
      outsideReach(answer, access.principal).verdict === 'yes'
    );
  });
}
