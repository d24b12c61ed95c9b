import type { Caller } from '../evaluate/caller.ts';
import { findOrganizationGap } from '../snapshot/gaps.ts';
import type { IamSnapshot, OrganizationLevelSnapshot, Repository, Snapshot } from '../snapshot/model.ts';
import { isAlike } from './alike.ts';
import type { BothSides } from './both-sides.ts';
import type { PrincipalPair } from './principal-pairs.ts';
import type { RepositoryPairs } from './repository-pairs.ts';

/**
 * Whom and what a difference between two snapshots can concern at all.
 *
 * INVARIANT: an answer about a caller and a resource that are both not among these rests on the same in both snapshots. It is
 * found by comparing what evaluation reads, not by the list of differences, which leaves out what only one snapshot has read.
 */
export interface Concerned {
  /** What the principal brings, where its account stands, or what is above its account: then anything may differ for it. */
  isPrincipal(pair: PrincipalPair): boolean;
  /** Repositories, by their index in the list of both, in order: they may differ for everybody. */
  readonly repositories: readonly number[];
  /** Whether something else stands over the resources of an account than did, tokens for its registries included. */
  isAbove(accountId: string | null): boolean;
  /** Whether the registries of an account may answer other than they did. */
  isRegistryOf(accountId: string | null): boolean;
  /** Whether accounts stand where they stood in the organization, and the same was read of it, so that one engine does for both. */
  readonly isOneWorld: boolean;
}

export function concernedBy(sides: BothSides, pairs: RepositoryPairs): Concerned {
  const { before, after } = sides;
  const isSameList = isAlike(accountIds(before), accountIds(after));
  const standsAlike = comparedOnce((accountId) => isAlike(standing(before, accountId), standing(after, accountId)));
  const isResourceAlike = comparedOnce((accountId) =>
    isAlike(withoutScps(standing(before, accountId)), withoutScps(standing(after, accountId))),
  );
  const isRegistryAlike = comparedOnce((accountId) => {
    const [earlier, later] = [registriesIn(before, accountId), registriesIn(after, accountId)];
    return isAlike(earlier, later) && isResourceAlike(accountId);
  });
  const policiesAlike = comparePolicies(sides);
  const isCallerAlike = (earlier: Caller, later: Caller): boolean =>
    isAlike(earlier.ref, later.ref) &&
    isAlike(earlier.request, later.request) &&
    earlier.side === later.side &&
    earlier.isServiceLinkedRole === later.isServiceLinkedRole &&
    standsAlike(earlier.request.accountId) &&
    // Whoever has no account is in none of these.
    (earlier.request.accountId !== null || isSameList) &&
    policiesAlike(earlier, later);
  const isRepositoryAlike = (earlier: Repository | null, later: Repository | null): boolean =>
    earlier !== null &&
    later !== null &&
    isAlike(earlier, later) &&
    isAlike(registryOf(before, earlier), registryOf(after, later)) &&
    isResourceAlike(earlier.accountId);
  return {
    isPrincipal: (pair) => pair.before === null || pair.after === null || !isCallerAlike(pair.before, pair.after),
    repositories: pairs.all.flatMap((_, index) =>
      isRepositoryAlike(pairs.inBefore(index), pairs.inAfter(index)) ? [] : [index],
    ),
    isAbove: (accountId) => !isResourceAlike(accountId),
    isRegistryOf: (accountId) => !isRegistryAlike(accountId),
    isOneWorld: isSameList && isOneWorld(sides),
  };
}

/** What stands over an account and its principals, as far as an answer may rest on it. */
interface Standing {
  readonly partition: string;
  readonly isUnread: boolean;
  readonly isCollected: boolean;
  readonly organizationId: string | null;
  readonly isListed: boolean;
  readonly isManagement: boolean;
  readonly areScpsEnabled: boolean;
  readonly areRcpsEnabled: boolean;
  readonly levels: readonly OrganizationLevelSnapshot[] | null;
}

function standing({ partition, gaps, accounts, organization }: Snapshot, accountId: string | null): Standing {
  const account = accountId === null ? undefined : organization?.accounts.get(accountId);
  return {
    partition,
    isUnread: findOrganizationGap(gaps, accountId) !== null,
    isCollected: accounts.has(accountId ?? ''),
    organizationId: organization?.id ?? null,
    isListed: account !== undefined,
    isManagement: account !== undefined && account.id === organization?.managementAccountId,
    areScpsEnabled: organization?.scpsEnabled === true,
    areRcpsEnabled: organization?.rcpsEnabled === true,
    levels: account?.levels ?? null,
  };
}

function withoutScps(standing: Standing): Standing {
  const levels = standing.levels?.map((level) => ({ ...level, scps: [] })) ?? null;
  return { ...standing, areScpsEnabled: false, levels };
}

/** What the condition keys of callers and resources say of accounts: policies aside, they are as they were. */
function isOneWorld({ before, after }: BothSides): boolean {
  const regions = new Set(allRegions(after));
  return (
    [null, ...accountIds(before)].every((id) => isAlike(placeOf(before, id), placeOf(after, id))) &&
    allRegions(before).every((region) => regions.has(region))
  );
}

function placeOf(snapshot: Snapshot, accountId: string | null): unknown {
  const { partition, isUnread, organizationId, isListed, levels } = standing(snapshot, accountId);
  return {
    partition,
    isUnread,
    organizationId,
    isListed,
    path: levels?.map(({ id, kind }) => `${kind} ${id}`) ?? null,
  };
}

function allRegions({ accounts }: Snapshot): string[] {
  return [...accounts.values()].flatMap(({ regions }) => [...regions.keys()]);
}

/** Those that were read, and those of the organization. */
function accountIds({ accounts, organization }: Snapshot): string[] {
  return [...accounts.keys(), '', ...(organization?.accounts.keys() ?? [])];
}

function registryOf({ accounts }: Snapshot, { accountId, region }: Repository): unknown {
  return accounts.get(accountId)?.regions.get(region)?.registry;
}

function registriesIn({ accounts }: Snapshot, accountId: string | null): unknown {
  return [...(accounts.get(accountId ?? '')?.regions ?? [])]
    .map(([region, { registry }]) => ({ region, registry }))
    .toSorted((a, b) => (a.region < b.region ? -1 : 1));
}

/** Whether two principals hold the same: of managed policies and groups, each is compared once. */
function comparePolicies({ before, after }: BothSides): (earlier: Caller, later: Caller) => boolean {
  const inAccount = (accountId: string): ((earlier: Caller, later: Caller) => boolean) => {
    const [from, to] = [iamOf(before, accountId), iamOf(after, accountId)];
    const isManagedAlike = comparedOnce((arn) =>
      isAlike(from?.managedPolicies.get(arn ?? ''), to?.managedPolicies.get(arn ?? '')),
    );
    const isGroupAlike = comparedOnce((name) => {
      const [a, b] = [from?.groups.get(name ?? ''), to?.groups.get(name ?? '')];
      return isAlike(a, b) && (a?.attachedPolicyArns.every(isManagedAlike) ?? true);
    });
    return ({ iam: a }, { iam: b }) =>
      (from === null) === (to === null) &&
      isAlike(a, b) &&
      (a === null ||
        (a.attachedPolicyArns.every(isManagedAlike) &&
          a.groups.every(isGroupAlike) &&
          (a.permissionsBoundaryArn === null || isManagedAlike(a.permissionsBoundaryArn))));
  };
  const accounts = new Map<string, ReturnType<typeof inAccount>>();
  return (earlier, later) => {
    const accountId = earlier.request.accountId ?? '';
    const compare = accounts.get(accountId) ?? inAccount(accountId);
    accounts.set(accountId, compare);
    return compare(earlier, later);
  };
}

function iamOf({ accounts }: Snapshot, accountId: string): IamSnapshot | null {
  return accounts.get(accountId)?.iam ?? null;
}

function comparedOnce(compare: (key: string | null) => boolean): (key: string | null) => boolean {
  const known = new Map<string | null, boolean>();
  return (key) => {
    const isSame = known.get(key) ?? compare(key);
    known.set(key, isSame);
    return isSame;
  };
}
