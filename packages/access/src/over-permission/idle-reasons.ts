import { type AccessProfile, type PrincipalAccess, resolveReasons } from '../access-matrix.ts';
import { isAccess } from '../answer.ts';
import { and, type BitSet, isEmpty, members } from '../bit-set.ts';
import { callerAccess } from '../engine/caller-access.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import type { Caller } from '../evaluate/caller.ts';
import type { IamPrincipal, Snapshot } from '../snapshot/model.ts';
import { ecrStatementsOf, mayName } from './ecr-statements.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { HeldPolicy } from './held-policy.ts';
import { COVERING_MAX, type IdleReason } from './idle-policy.ts';
import { withoutPolicy, withPolicyAlone } from './policy-routes.ts';

export interface IdleWhy {
  readonly reason: IdleReason;
  readonly by: readonly string[];
}

/**
 * Why policies that add nothing to their holders add nothing: by what each would bring alone, with the gates around it
 * opened one after the other.
 */
export function idleReasons(
  idle: readonly HeldPolicy[],
  snapshot: Snapshot,
  elsewhere: Elsewhere,
): ReadonlyMap<HeldPolicy, IdleWhy> {
  const whys = new Map<HeldPolicy, IdleWhy>();
  const asked = idle.filter((each) => {
    if (each.says.allows.length > 0) {
      return true;
    }
    whys.set(each, { reason: 'forbidsOnly', by: [] });
    return false;
  });
  const real = repositoriesOf(snapshot);
  const world = { snapshot: elsewhere.snapshot, repositories: [...real, ...elsewhere.repositories] };
  const alone = accessOf(asked, world, aloneOf);
  const left = accessOf(asked, world, ({ holder, policy }) => withoutPolicy(holder, policy));
  const refused: HeldPolicy[] = [];
  for (const [index, each] of asked.entries()) {
    const [own, rest] = [alone[index], left[index]];
    if (own !== undefined && rest !== undefined && brings(own, each)) {
      whys.set(each, bringsButAddsNothing(each, own, { rest, repositories: real }));
    } else {
      refused.push(each);
    }
  }
  const unbound = accessOf(refused, world, (each) => ({ ...aloneOf(each), permissionsBoundaryArn: null }));
  const { organization } = world.snapshot;
  const withoutScps = organization === null ? null : { ...organization, scpsEnabled: false };
  const free = accessOf(refused, { ...world, snapshot: { ...world.snapshot, organization: withoutScps } }, (each) => ({
    ...aloneOf(each),
    permissionsBoundaryArn: null,
  }));
  for (const [index, each] of refused.entries()) {
    const [first, second] = [unbound[index], free[index]];
    const reason: IdleReason =
      !real.some(({ arn }) => namesRepository(each, arn)) && !namesRegistry(each)
        ? 'namesNothing'
        : first !== undefined && brings(first, each)
          ? 'boundary'
          : second !== undefined && brings(second, each)
            ? 'scp'
            : 'otherSide';
    whys.set(each, { reason, by: [] });
  }
  return whys;
}

function aloneOf(each: HeldPolicy): IamPrincipal {
  const [route] = each.routes;
  return route === undefined ? each.holder.principal : withPolicyAlone(each.holder, route);
}

interface World {
  readonly snapshot: Snapshot;
  readonly repositories: Parameters<typeof callerAccess>[1]['repositories'];
}

/** What the holders have with other policies; of a role, not of its sessions. */
function accessOf(
  held: readonly HeldPolicy[],
  { snapshot, repositories }: World,
  change: (each: HeldPolicy) => IamPrincipal,
): (PrincipalAccess | undefined)[] {
  const callers: Caller[] = [];
  const places = held.map((each) => {
    const caller = each.holder.callers.find(({ ref }) => ref.kind !== 'session');
    return caller === undefined ? -1 : callers.push({ ...caller, iam: change(each) }) - 1;
  });
  const access = [...callerAccess(snapshot, { callers, repositories }, {})];
  return places.map((place) => access[place]);
}

/** Whether the policy decides anything of what is held. */
function brings(access: PrincipalAccess, { policy }: HeldPolicy): boolean {
  return [...access.repositories, ...access.registries].some(({ profile }) =>
    [...profile.answers.values()].some(
      (answer) =>
        isAccess(answer) && resolveReasons(answer.reasons, cellOf(access)).some((reason) => reason.policy === policy),
    ),
  );
}

function bringsButAddsNothing(
  each: HeldPolicy,
  own: PrincipalAccess,
  { rest, repositories }: { readonly rest: PrincipalAccess; readonly repositories: World['repositories'] },
): IdleWhy {
  const by = new Set<string>();
  const note = (a: AccessProfile, b: AccessProfile, set: BitSet | null): void => {
    const there = set === null ? [] : [...members(set).take(COVERING_MAX)].flatMap((at) => repositories[at] ?? []);
    for (const [action, answer] of a.answers) {
      const other = b.answers.get(action);
      if (each.says.actions.has(action) && isAccess(answer) && other !== undefined && isAccess(other)) {
        for (const { effect, policyType, policy } of resolveReasons(other.reasons, cellOf(rest))) {
          if (effect === 'Allow' && policyType === 'repository') {
            there.forEach(({ arn }) => by.add(arn));
          } else if (effect === 'Allow' && (policyType === 'identity' || policyType === 'registry')) {
            by.add(policy);
          }
        }
      }
    }
  };
  for (const { set, profile } of own.repositories) {
    for (const other of rest.repositories) {
      const both = and(set, other.set);
      if (!isEmpty(both)) {
        note(profile, other.profile, both);
      }
    }
  }
  for (const { accountId, region, profile } of own.registries) {
    rest.registries
      .filter((other) => other.accountId === accountId && other.region === region)
      .forEach((other) => note(profile, other.profile, null));
  }
  if (by.size > 0) {
    return { reason: 'covered', by: [...by].toSorted() };
  }
  const denying = each.holder.routes.filter(
    ({ policy, named }) => policy !== each.policy && (ecrStatementsOf(named)?.denies.length ?? 0) > 0,
  );
  return { reason: 'forbidden', by: [...new Set(denying.map(({ policy }) => policy))].toSorted() };
}

// What decides on a repository by the repository's own policy is named by the sign for it, whichever repository it is.
function cellOf({ principal }: PrincipalAccess): Parameters<typeof resolveReasons>[1] {
  return { principalArn: principal.arn, repositoryArn: null };
}

function namesRepository({ says }: HeldPolicy, arn: string): boolean {
  return says.allows.some(
    ({ statement, repositoryActions }) => repositoryActions.length > 0 && mayName(statement, arn),
  );
}

function namesRegistry({ says }: HeldPolicy): boolean {
  return says.allows.some(({ actions, repositoryActions }) => actions.length > repositoryActions.length);
}
