import { members } from '../bit-set.ts';
import { describeResidual } from '../describe-residual.ts';
import type { Capability } from '../ecr/capabilities.ts';
import { callerAccess } from '../engine/caller-access.ts';
import type { Caller } from '../evaluate/caller.ts';
import { callersOf } from '../evaluate/callers.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import type { EvaluatedRegistry } from '../evaluate/evaluate-snapshot.ts';
import type { PrincipalRef } from '../principal.ts';
import { markHolders, updateIam, withPrincipals } from '../rehearsal/change-iam.ts';
import { type ActionChange, createComparison } from '../rehearsal/compare-access.ts';
import { type AccessChange, foldChanges } from '../rehearsal/fold-changes.ts';
import type { AccessSide, ChangeKind } from '../rehearsal/side.ts';
import { startRehearsal } from '../rehearsal/world.ts';
import type { IamSnapshot, Snapshot } from '../snapshot/model.ts';
import type { VersionPair } from './version-pairs.ts';

/** How access became other. `notKnown`: it may have, and something that could not be read keeps it open. */
export type EffectKind = ChangeKind | 'notKnown';

interface EffectSide {
  readonly decision: AccessSide['decision'];
  /** What it is bound to, in words; null where nothing is. */
  readonly condition: string | null;
}

/** What changes in the same way for the same principals. */
export interface PolicyEffect {
  readonly principals: readonly PrincipalRef[];
  readonly changes: readonly EffectChange[];
}

export interface EffectChange {
  readonly kind: EffectKind;
  readonly capabilities: readonly Capability[];
  readonly actions: readonly string[];
  readonly before: EffectSide;
  readonly after: EffectSide;
  /** ARNs; empty for actions of a registry. */
  readonly repositories: readonly string[];
  readonly registries: readonly EvaluatedRegistry[];
}

/**
 * Whose access would be another in a snapshot that had the later versions of these policies in place of its own, and nothing else
 * changed. One that was deleted is taken from everybody, its holders' boundaries too, as AWS asks before it deletes one.
 */
export function accessWithVersions(snapshot: Snapshot, pairs: readonly VersionPair[]): PolicyEffect[] {
  const world = startRehearsal(snapshot);
  for (const { arn, accountIds, after } of pairs) {
    for (const accountId of accountIds) {
      updateIam(world, accountId, (iam) => {
        markHolders(world, iam, arn);
        return after === null
          ? withoutPolicy(iam, arn)
          : { ...iam, managedPolicies: new Map(iam.managedPolicies).set(arn, after.named) };
      });
    }
  }
  const { identities } = world.touched;
  const isTouched = ({ iam }: Caller): boolean => iam !== null && identities.has(iam.arn);
  // Policies of principals name nobody, so that the same callers are in both, in the same order.
  const callers = { before: callersOf(snapshot).filter(isTouched), after: callersOf(world.snapshot).filter(isTouched) };
  const repositories = repositoriesOf(snapshot);
  const comparison = createComparison(repositories.length);
  const later = callerAccess(world.snapshot, { callers: callers.after, repositories }, {});
  const changed: { principal: PrincipalRef; changes: readonly ActionChange[] }[] = [];
  for (const before of callerAccess(snapshot, { callers: callers.before, repositories }, {})) {
    const after = later.next();
    if (after.done === true || after.value.principal.id !== before.principal.id) {
      throw new Error('there is no access for a principal that was asked about');
    }
    const changes = comparison.changesOf(before, after.value);
    if (changes.length > 0) {
      changed.push({ principal: before.principal, changes });
    }
  }
  const arns = repositories.map(({ arn }) => arn);
  return foldChanges(changed).map(({ principals, changes }) => ({
    principals,
    changes: changes.map((change) => effectOf(change, arns)),
  }));
}

function effectOf(change: AccessChange, arns: readonly string[]): EffectChange {
  const { kind, isCertain, capabilities, actions, before, after, set, registries } = change;
  return {
    // Beside what could not be read, nobody can say that somebody gained or lost: a policy unread may have allowed it all along.
    kind: isCertain ? kind : 'notKnown',
    capabilities,
    actions,
    before: inWords(before),
    after: inWords(after),
    repositories: set === null ? [] : [...members(set)].flatMap((index) => arns[index] ?? []),
    registries,
  };
}

function inWords({ decision, residual }: AccessSide): EffectSide {
  return { decision, condition: describeResidual(residual) };
}

function withoutPolicy(iam: IamSnapshot, arn: string): IamSnapshot {
  const less = <Each extends { readonly attachedPolicyArns: readonly string[] }>(holder: Each): Each => ({
    ...holder,
    attachedPolicyArns: holder.attachedPolicyArns.filter((each) => each !== arn),
  });
  const managedPolicies = new Map(iam.managedPolicies);
  managedPolicies.delete(arn);
  const groups = new Map([...iam.groups].map(([name, group]) => [name, less(group)]));
  return withPrincipals({ ...iam, groups, managedPolicies }, (principal) => ({
    ...less(principal),
    permissionsBoundaryArn: principal.permissionsBoundaryArn === arn ? null : principal.permissionsBoundaryArn,
  }));
}
