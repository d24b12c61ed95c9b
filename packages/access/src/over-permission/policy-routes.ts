import { type Caller } from '../evaluate/caller.ts';
import { callersOf } from '../evaluate/callers.ts';
import type { IamPrincipal, IamSnapshot, NamedDocument, Snapshot } from '../snapshot/model.ts';
import { ecrStatementsOf } from './ecr-statements.ts';

/** A policy that a user or role has, and from whom: itself or one of its groups. */
export interface PolicyRoute {
  /** ARN of the user, role or group. */
  readonly owner: string;
  /** How evaluations name the policy. */
  readonly policy: string;
  readonly named: NamedDocument;
}

/** A user or role with everything that asks under its policies: itself, and its sessions that a policy names. */
export interface PolicyHolder {
  readonly principal: IamPrincipal;
  readonly iam: IamSnapshot;
  readonly callers: readonly Caller[];
  readonly routes: readonly PolicyRoute[];
  /** Whether all its identity policies were read. */
  readonly isWhollyRead: boolean;
}

/** The users and roles of a snapshot, but for service-linked roles, whose policies are not the customer's. */
export function policyHolders(snapshot: Snapshot): PolicyHolder[] {
  const byPrincipal = Map.groupBy(callersOf(snapshot), ({ iam }) => iam);
  return [...snapshot.accounts.values()].flatMap(({ iam }) =>
    (iam?.principals ?? []).flatMap((principal): PolicyHolder[] => {
      const callers = byPrincipal.get(principal) ?? [];
      return iam === null || callers.some(({ isServiceLinkedRole }) => isServiceLinkedRole)
        ? []
        : [{ principal, iam, callers, routes: routesOf(principal, iam), isWhollyRead: isWhollyRead(principal, iam) }];
    }),
  );
}

function isWhollyRead(principal: IamPrincipal, iam: IamSnapshot): boolean {
  const groups = principal.groups.map((name) => iam.groups.get(name));
  return [principal, ...groups].every(
    (owner) =>
      owner !== undefined &&
      [...owner.attachedPolicyArns.map((arn) => iam.managedPolicies.get(arn)), ...owner.inlinePolicies].every(
        (named) => named !== undefined && ecrStatementsOf(named) !== null,
      ),
  );
}

/** Policies that were not read are not among them. */
function routesOf(principal: IamPrincipal, iam: IamSnapshot): PolicyRoute[] {
  const owners = [principal, ...principal.groups.flatMap((name) => iam.groups.get(name) ?? [])];
  return owners.flatMap(({ arn: owner, attachedPolicyArns, inlinePolicies }): PolicyRoute[] => [
    ...attachedPolicyArns.flatMap((policy) => {
      const named = iam.managedPolicies.get(policy);
      return named === undefined ? [] : [{ owner, policy, named }];
    }),
    ...inlinePolicies.map((named) => ({ owner, policy: named.policy, named })),
  ]);
}

/** The principal without a policy, wherever it has it from. What a group brings besides becomes its own. */
export function withoutPolicy({ principal, iam }: PolicyHolder, policy: string): IamPrincipal {
  const attached = [...principal.attachedPolicyArns];
  const inline = [...principal.inlinePolicies];
  const groups = principal.groups.filter((name) => {
    const group = iam.groups.get(name);
    const has =
      group?.attachedPolicyArns.includes(policy) === true ||
      group?.inlinePolicies.some((named) => named.policy === policy) === true;
    if (group === undefined || !has) {
      return true;
    }
    attached.push(...group.attachedPolicyArns);
    inline.push(...group.inlinePolicies);
    return false;
  });
  return {
    ...principal,
    groups,
    attachedPolicyArns: [...new Set(attached)].filter((arn) => arn !== policy),
    inlinePolicies: inline.filter((named) => named.policy !== policy),
  };
}

/** The principal with that policy and no other, its boundary left as it is. */
export function withPolicyAlone({ principal }: PolicyHolder, { policy, named }: PolicyRoute): IamPrincipal {
  return { ...principal, groups: [], attachedPolicyArns: [], inlinePolicies: [{ ...named, policy }] };
}
