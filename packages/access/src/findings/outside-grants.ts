import { type AccessProfile, type PrincipalAccess, resolveReasons } from '../access-matrix.ts';
import type { AccessAnswer, Reason } from '../answer.ts';
import { members } from '../bit-set.ts';
import type { PrincipalRef } from '../principal.ts';
import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { Snapshot } from '../snapshot/model.ts';
import type { JudgedRepository } from './judged-repositories.ts';
import { type OutsideReach, outsideReach } from './outside-reach.ts';
import { scopeConditions } from './scope-conditions.ts';

/** One action that somebody outside may do. */
export interface OutsideAction {
  readonly action: string;
  readonly reach: OutsideReach;
  readonly answer: AccessAnswer;
}

/** What somebody who belongs to none of the accounts that were read may do with one repository. */
export interface OutsideGrant {
  readonly principal: PrincipalRef;
  readonly repository: JudgedRepository;
  readonly actions: readonly OutsideAction[];
  /** Whether the RCPs over the repository were all read. */
  readonly isGuardRead: boolean;
}

interface Evaluated {
  readonly access: readonly PrincipalAccess[];
  /** Bit `i` of its sets is the one at `i`. */
  readonly repositories: readonly JudgedRepository[];
  readonly snapshot: Snapshot;
}

const ANYONE = 'external:*';

export function isAnyone({ id }: PrincipalRef): boolean {
  return id === ANYONE;
}

/** Of anyone at all, and of accounts, users and roles elsewhere. AWS services are not among them. */
export function outsideGrants({ access, repositories, snapshot: { gaps } }: Evaluated): OutsideGrant[] {
  const isGuardRead = (accountId: string): boolean => findOrganizationGap(gaps, accountId) === null;
  return access.flatMap(({ principal, repositories: blocks }) => {
    if (principal.kind !== 'external') {
      return [];
    }
    const known = new Map<AccessProfile, readonly OutsideAction[]>();
    return blocks.flatMap(({ set, profile }) => {
      const actions = known.get(profile) ?? actionsIn(profile, principal);
      known.set(profile, actions);
      return [...members(set)].flatMap((index): OutsideGrant[] => {
        const repository = repositories[index];
        return repository === undefined || actions.length === 0
          ? []
          : [{ principal, repository, actions, isGuardRead: isGuardRead(repository.accountId) }];
      });
    });
  });
}

function actionsIn({ answers }: AccessProfile, principal: PrincipalRef): OutsideAction[] {
  return [...answers].flatMap(([action, answer]): OutsideAction[] => {
    // Where no statement lets them in, all that is open is a policy that was not read: ECR-BLIND tells of it, once.
    const isLetIn = answer.reasons.some(
      ({ policyType, effect }) => effect === 'Allow' && (policyType === 'repository' || policyType === 'registry'),
    );
    return action.startsWith('ecr:') && isLetIn ? [{ action, reach: outsideReach(answer, principal), answer }] : [];
  });
}

/** The deciding statements of some actions in one place, each once. */
export function reasonsOf({ principal, repository }: OutsideGrant, actions: readonly OutsideAction[]): Reason[] {
  const cell = { principalArn: principal.arn, repositoryArn: repository.arn };
  const reasons = actions.flatMap(({ answer }) => resolveReasons(answer.reasons, cell));
  const all = [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
  // What lets them in explains more than what does not keep them out.
  return all.toSorted((a, b) => Number(isOfResource(b)) - Number(isOfResource(a)));
}

function isOfResource({ policyType }: Reason): boolean {
  return policyType === 'repository' || policyType === 'registry';
}

/** What a scope says that they hang on: all but what their own account says. */
export function outsideConditions(
  parts: readonly { readonly grant: OutsideGrant; readonly actions: readonly OutsideAction[] }[],
): string[] {
  return scopeConditions(
    parts.flatMap(({ grant, actions }) =>
      actions.map(({ action, reach }) => ({
        condition: reach.condition === '' ? null : reach.condition,
        right: action,
        where: grant.repository.arn,
      })),
    ),
  );
}

/** What is not certain of some actions, in words. */
export function doubtsOf({ isGuardRead }: OutsideGrant, actions: readonly OutsideAction[]): string[] {
  const limits = actions.flatMap(({ answer }) => answer.limits);
  const words = limits
    // That somebody outside has policies of their own, and an organization perhaps, is what `outside` means.
    .filter(({ code }) => code !== 'outsidePrincipal' && !(code === 'organizationUnread' && isGuardRead))
    .map(({ message }) => message);
  const isUnknown = actions.every(({ reach }) => reach.verdict === 'unknown');
  return [...new Set([...(isUnknown ? ['it hangs on a policy that could not be read in full'] : []), ...words])];
}
