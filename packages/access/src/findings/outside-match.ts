import type { FindingInput } from './finding-input.ts';
import {
  doubtsOf,
  isAnyone,
  type OutsideAction,
  outsideConditions,
  type OutsideGrant,
  reasonsOf,
} from './outside-grants.ts';
import { type Limit, limitWords } from './outside-reach.ts';
import type { Match } from './rule.ts';
import { actionWords } from './words.ts';

/** What anybody with an AWS account may do. Whatever limits who that is makes it something else. */
export function* publicMatches({ scan }: FindingInput, actions: readonly string[]): Generator<Match> {
  for (const grant of scan.outside) {
    const open = grant.actions.filter(({ action, reach }) => actions.includes(action) && reach.verdict !== 'no');
    if (isAnyone(grant.principal) && open.length > 0) {
      yield {
        ...placeOf(grant, open),
        about: [grant.repository.arn],
        title: `anybody with an AWS account may ${actionWords(open.map(({ action }) => action))} in ${grant.repository.name}`,
        what: `The policy lets in every AWS account, and no condition limits who that is${conditionOf(open)}.`,
      };
    }
  }
}

/** What accounts may do that are neither ours nor allowed to, and what everybody may under some limit. */
export function* strangerMatches(
  { scan, parties }: FindingInput,
  actions: readonly string[],
  options: { readonly mayPartner: boolean },
): Generator<Match> {
  for (const grant of scan.outside) {
    const concerned = grant.actions.filter(({ action }) => actions.includes(action));
    const { principal, repository } = grant;
    const doubts = parties.doubt === null ? [] : [parties.doubt];
    const accountId = principal.accountId;
    if (accountId !== null && concerned.length > 0) {
      const party = parties.ofAccount(accountId);
      if (party === 'stranger' || (party === 'partner' && !options.mayPartner)) {
        yield {
          ...placeOf(grant, concerned, doubts),
          about: [repository.arn, principal.id],
          principal: { id: principal.id, arn: principal.arn },
          title: `${party === 'partner' ? 'the partner account' : 'the unknown account'} ${accountId} may ${actionWords(concerned.map(({ action }) => action))} in ${repository.name}`,
          what: `${principal.arn} belongs to none of our accounts, and is let in${conditionOf(concerned)}.`,
          isLessGrave: party === 'partner',
        };
      }
    }
    const limited = concerned.filter(({ reach }) => reach.verdict === 'no');
    if (isAnyone(principal) && limited.length > 0 && limited.length === concerned.length) {
      const limits = limited.flatMap(({ reach }) => reach.limits);
      const strangers = strangersAmong(limits, (id) => parties.ofAccount(id), options.mayPartner);
      if (strangers !== null) {
        yield {
          ...placeOf(grant, limited, doubts),
          about: [repository.arn, principal.id],
          title: `whoever meets a condition on ${limitWords(limits)} may ${actionWords(limited.map(({ action }) => action))} in ${repository.name}`,
          what: `The policy lets in every AWS account, but for ${limitWords(limits)}${conditionOf(limited)}.`,
          isLessGrave: strangers === 'throughLimit',
        };
      }
    }
  }
}

/**
 * Who is let in under limits: accounts that are not ours, or whoever comes through a network or from an address. Null where
 * only those are who may. Another organization is told by ECR-ORGID-STALE.
 */
function strangersAmong(
  limits: readonly Limit[],
  partyOf: (accountId: string) => string,
  mayPartner: boolean,
): 'accounts' | 'throughLimit' | null {
  const accounts = limits
    .filter(({ kind }) => kind === 'account')
    .flatMap(({ values }) => values.flatMap((value) => /\d{12}/.exec(value)?.[0] ?? []));
  if (accounts.length > 0) {
    const isFine = accounts.every((id) => {
      const party = partyOf(id);
      return party === 'ours' || party === 'allowed' || (party === 'partner' && mayPartner);
    });
    return isFine ? null : 'accounts';
  }
  return limits.some(({ kind }) => kind === 'organization') ? null : 'throughLimit';
}

function conditionOf(actions: readonly OutsideAction[]): string {
  const words = [...new Set(actions.flatMap(({ reach }) => reach.condition ?? []))].filter((text) => text !== '');
  return words.length === 0 ? '' : ` (${words.join('; or ')})`;
}

type Placed = Pick<
  Match,
  'accountId' | 'region' | 'resource' | 'repositories' | 'rights' | 'conditions' | 'reasons' | 'doubts'
>;

function placeOf(grant: OutsideGrant, actions: readonly OutsideAction[], doubts: readonly string[] = []): Placed {
  const { accountId, region, arn } = grant.repository;
  return {
    accountId,
    region,
    resource: arn,
    repositories: [grant.repository],
    rights: actions.map(({ action }) => action),
    conditions: outsideConditions([{ grant, actions }]),
    reasons: reasonsOf(grant, actions),
    doubts: [...doubts, ...doubtsOf(grant, actions)],
  };
}
