import { isAccess } from '../answer.ts';
import type { AccessProfile, PrincipalAccess } from '../access-matrix.ts';
import { callerAccess } from '../engine/caller-access.ts';
import { type Caller, iamCaller } from '../evaluate/caller.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import type { IamPrincipal, IamSnapshot, Snapshot } from '../snapshot/model.ts';

/** What a principal may be freed of: any right of ECR at all, or one of these everywhere. */
export const POWERS = ['ecr', 'push', 'administer', 'delete', 'pull'] as const;
export type Power = (typeof POWERS)[number];

/** ARNs of the principals that would have nothing of it left, in order. */
export type FreedPrincipals = Readonly<Record<Power, readonly string[]>>;

/** A policy, and the accounts in which it is looked at. */
export interface TakenPolicy {
  readonly arn: string;
  readonly accountIds: readonly string[];
}

/**
 * Who would be freed of what by taking each policy away: from the principals and from their groups, not where it is a
 * boundary, which brings nothing.
 *
 * Exact, by evaluating each holder without the policy. What is not known to be gone, because something could not be read, frees
 * nobody. All holders without each of their policies go through one run of the engine, which takes statements and repositories
 * apart once: so the cost is one answer for each pair of a holder and a policy, not an evaluation for each policy.
 */
export function freedBy(snapshot: Snapshot, policies: readonly TakenPolicy[]): FreedPrincipals[] {
  const variants: Variant[] = [];
  const originals = new Map<string, Caller>();
  for (const [index, policy] of policies.entries()) {
    for (const { principal, iam } of holdersOf(snapshot, policy)) {
      const caller = originals.get(principal.arn) ?? iamCaller(snapshot, principal, null);
      originals.set(principal.arn, caller);
      variants.push({ index, caller, without: { ...caller, iam: withoutPolicy(principal, iam, policy.arn) } });
    }
  }
  const held = new Map<string, ReadonlySet<Power>>();
  const profiles = new Map<AccessProfile, readonly Power[]>();
  const repositories = repositoriesOf(snapshot);
  const freed = policies.map(() => new Map(POWERS.map((power): [Power, string[]] => [power, []])));
  const callers = [...originals.values(), ...variants.map(({ without }) => without)];
  let place = 0;
  for (const access of callerAccess(snapshot, { callers, repositories }, {})) {
    const variant = variants[place - originals.size];
    place += 1;
    if (variant === undefined) {
      held.set(access.principal.arn, powersOf(access, { isSure: true, profiles: null }));
      continue;
    }
    const left = powersOf(access, { isSure: false, profiles });
    for (const power of held.get(access.principal.arn) ?? []) {
      if (!left.has(power)) {
        freed[variant.index]?.get(power)?.push(access.principal.arn);
      }
    }
  }
  return freed.map((byPower) => ({
    ecr: sorted(byPower.get('ecr')),
    push: sorted(byPower.get('push')),
    administer: sorted(byPower.get('administer')),
    delete: sorted(byPower.get('delete')),
    pull: sorted(byPower.get('pull')),
  }));
}

interface Variant {
  /** Of the policy that is taken away. */
  readonly index: number;
  readonly caller: Caller;
  readonly without: Caller;
}

/** The users and roles that hold a policy themselves or through a group. */
export function holdersOf(
  snapshot: Snapshot,
  { arn, accountIds }: TakenPolicy,
): { readonly principal: IamPrincipal; readonly iam: IamSnapshot }[] {
  return accountIds.flatMap((accountId) => {
    const iam = snapshot.accounts.get(accountId)?.iam ?? null;
    if (iam === null) {
      return [];
    }
    return iam.principals
      .filter(
        ({ attachedPolicyArns, groups }) =>
          attachedPolicyArns.includes(arn) ||
          groups.some((name) => iam.groups.get(name)?.attachedPolicyArns.includes(arn) === true),
      )
      .map((principal) => ({ principal, iam }));
  });
}

/** How many have a policy as their permissions boundary, where it brings nothing. */
export function boundariesOf(snapshot: Snapshot, { arn, accountIds }: TakenPolicy): number {
  return accountIds
    .flatMap((accountId) => snapshot.accounts.get(accountId)?.iam?.principals ?? [])
    .filter(({ permissionsBoundaryArn }) => permissionsBoundaryArn === arn).length;
}

/** The principal with what its groups bring, less the policy, as its own. A group that was not read stays one. */
function withoutPolicy(principal: IamPrincipal, iam: IamSnapshot, arn: string): IamPrincipal {
  const attached = [...principal.attachedPolicyArns];
  const inline = [...principal.inlinePolicies];
  const groups = principal.groups.filter((name) => {
    const group = iam.groups.get(name);
    if (group === undefined || !group.attachedPolicyArns.includes(arn)) {
      return true;
    }
    attached.push(...group.attachedPolicyArns);
    inline.push(...group.inlinePolicies);
    return false;
  });
  return {
    ...principal,
    groups,
    inlinePolicies: inline,
    attachedPolicyArns: [...new Set(attached)].filter((each) => each !== arn),
  };
}

/** What a principal has anywhere. `isSure` leaves out what is not known. */
function powersOf(
  { repositories, registries }: PrincipalAccess,
  { isSure, profiles }: { readonly isSure: boolean; readonly profiles: Map<AccessProfile, readonly Power[]> | null },
): ReadonlySet<Power> {
  const powers = new Set<Power>();
  for (const { profile } of [...repositories, ...registries]) {
    const known = profiles?.get(profile) ?? powersIn(profile, isSure);
    profiles?.set(profile, known);
    known.forEach((power) => powers.add(power));
  }
  return powers;
}

function powersIn({ answers }: AccessProfile, isSure: boolean): Power[] {
  const entries = [...answers].filter(([, answer]) => isAccess(answer) && (!isSure || answer.decision !== 'unknown'));
  const names = new Set(entries.map(([name]) => name));
  return POWERS.filter((power) => (power === 'ecr' ? names.size > 0 : names.has(power)));
}

function sorted(arns: readonly string[] | undefined): string[] {
  return (arns ?? []).toSorted();
}
