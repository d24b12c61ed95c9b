import type { PrincipalAccess } from '../access-matrix.ts';
import { add, type BitSet, bitSet, fullSet, intersects, isEmpty } from '../bit-set.ts';
import { callerAccess } from '../engine/caller-access.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import type { Snapshot } from '../snapshot/model.ts';
import { ecrStatementsOf, type EcrStatements } from './ecr-statements.ts';
import { type Elsewhere, elsewhereOf } from './elsewhere.ts';
import { idleReasons, type IdleWhy } from './idle-reasons.ts';
import type { IdlePolicies, IdlePolicy } from './idle-policy.ts';
import { COVERING_MAX } from './idle-policy.ts';
import { type HeldPolicy, heldPolicies } from './held-policy.ts';
import { type PolicyHolder, policyHolders, withoutPolicy } from './policy-routes.ts';
import { type AccessDifference, accessComparison } from './same-access.ts';

type Verdict = 'same' | 'differs' | 'notKnown';

/**
 * Policies of users, roles and groups that add nothing.
 *
 * Exact: every holder is evaluated without each of its policies, all in one run of the engine, on every repository that was
 * read and on stand-ins for those that were not. Where an answer that the policy may have a say in is unknown, nothing is said.
 */
export function idleIdentityPolicies(snapshot: Snapshot): IdlePolicies {
  const holders = policyHolders(snapshot);
  const held = holders.flatMap(heldPolicies);
  const elsewhere = elsewhereOf(snapshot, new Set(held.map(({ says }) => says)));
  const verdicts = elsewhere === null ? null : verdictsOf(held, snapshot, elsewhere);
  const verdictOf = (each: HeldPolicy): Verdict => verdicts?.get(each) ?? 'notKnown';
  const idle = held.filter((each) => verdictOf(each) === 'same');
  const whys = elsewhere === null ? new Map<HeldPolicy, IdleWhy>() : idleReasons(idle, snapshot, elsewhere);
  const found: IdlePolicy[] = [];
  let notKnown = 0;
  for (const [policy, all] of Map.groupBy(held, (each) => each.policy)) {
    const owners = [...Map.groupBy(all.flatMap(ownersOf), ({ owner }) => owner)].filter(([, own]) =>
      own.every(({ each, isOnlyWay }) => !isOnlyWay || verdictOf(each) === 'same'),
    );
    const fromAll = all.every((each) => verdictOf(each) === 'same');
    if (owners.length === 0) {
      notKnown += all.some((each) => verdictOf(each) === 'notKnown') ? 1 : 0;
      continue;
    }
    const why = owners.flatMap(([, own]) => own.map(({ each }) => whys.get(each) ?? twice(policy)));
    found.push({
      kind: 'identity',
      policy,
      owners: owners.map(([owner]) => owner).toSorted(),
      fromAll,
      reasons: [...new Set(why.map(({ reason }) => reason))].toSorted(),
      by: [...new Set(why.flatMap(({ by }) => by))].toSorted().slice(0, COVERING_MAX),
      isOnlyEcr: all.every(({ says }) => says.isOnlyEcr),
    });
  }
  return { found: [...found, ...memberless(snapshot)], notKnown };
}

/** Whoever has it in two ways keeps it by the other. */
function twice(policy: string): IdleWhy {
  return { reason: 'covered', by: [policy] };
}

function ownersOf(
  each: HeldPolicy,
): { readonly owner: string; readonly each: HeldPolicy; readonly isOnlyWay: boolean }[] {
  const owners = new Set(each.routes.map(({ owner }) => owner));
  return [...owners].map((owner) => ({ owner, each, isOnlyWay: owners.size === 1 }));
}

function verdictsOf(
  held: readonly HeldPolicy[],
  original: Snapshot,
  elsewhere: Elsewhere,
): ReadonlyMap<HeldPolicy, Verdict> {
  const repositories = [...repositoriesOf(original), ...elsewhere.repositories];
  const holders = [...new Set(held.map(({ holder }) => holder))];
  const compare = accessComparison(repositories.length);
  const own = Map.groupBy(repositories.keys(), (index) => repositories[index]?.accountId);
  const doubtfulOf = (holder: PolicyHolder): BitSet => {
    const [caller] = holder.callers;
    const set = holder.isWhollyRead ? bitSet(repositories.length) : fullSet(repositories.length);
    own.get(caller?.ref.accountId ?? '')?.forEach((index) => add(set, index));
    return set;
  };
  const doubtful = new Map(holders.map((holder) => [holder, doubtfulOf(holder)]));
  const before = new Map<string, PrincipalAccess>();
  const originals = holders.flatMap(({ callers }) => callers);
  const variants = held.flatMap((each) => {
    const principal = withoutPolicy(each.holder, each.policy);
    return each.holder.callers.map((caller) => ({ each, caller: { ...caller, iam: principal } }));
  });
  const callers = [...originals, ...variants.map(({ caller }) => caller)];
  const verdicts = new Map<HeldPolicy, Verdict>();
  let place = 0;
  for (const access of callerAccess(elsewhere.snapshot, { callers, repositories }, {})) {
    const variant = variants[place - originals.length];
    place += 1;
    const earlier = before.get(access.principal.id);
    if (variant === undefined || earlier === undefined) {
      before.set(access.principal.id, access);
      continue;
    }
    const verdict = asksOfOthers(variant.each.says)
      ? 'notKnown'
      : verdictOf(compare(earlier, access), variant.each.says, doubtful.get(variant.each.holder));
    verdicts.set(variant.each, worse(verdicts.get(variant.each) ?? 'same', verdict));
  }
  return verdicts;
}

/**
 * `doubtful` has the repositories on which an answer that is unknown both times may hide a difference: where something
 * unread stands beside the policy and may allow or forbid the same, that is where the holder has policies that were not read,
 * and in its own account, whose repository policies are beside its own. Elsewhere both sides must allow, and what is unknown of the
 * other leaves the holder's in the answer.
 */
function verdictOf(
  { differs, unknown, registries }: AccessDifference,
  { actions }: EcrStatements,
  doubtful: BitSet | undefined,
): Verdict {
  if (registries.differs || !isEmpty(differs)) {
    return 'differs';
  }
  const isDoubtful = (set: BitSet | undefined): boolean =>
    set !== undefined && (doubtful === undefined || intersects(set, doubtful));
  return [...actions].some((action) => isDoubtful(unknown.get(action)) || registries.unknown.has(action))
    ? 'notKnown'
    : 'same';
}

/** A stand-in is of no account and organization in particular, so conditions on those are not tried by it. */
function asksOfOthers({ allows, denies }: EcrStatements): boolean {
  return [...allows, ...denies].some(({ statement }) =>
    statement.conditions.some(
      (condition) =>
        condition.kind === 'readable' && /^aws:resource(?:account|org)/.test(condition.value.key.toLowerCase()),
    ),
  );
}

function worse(a: Verdict, b: Verdict): Verdict {
  return a === 'differs' || b === 'differs' ? 'differs' : a === 'notKnown' || b === 'notKnown' ? 'notKnown' : 'same';
}

/** What groups bring to nobody. */
function memberless(snapshot: Snapshot): IdlePolicy[] {
  return [...snapshot.accounts.values()].flatMap(({ iam }) => {
    const used = new Set(iam?.principals.flatMap(({ groups }) => groups));
    return [...(iam?.groups.values() ?? [])]
      .filter(({ name }) => !used.has(name))
      .flatMap((group) => {
        const named = [
          ...group.attachedPolicyArns.flatMap((arn) => {
            const document = iam?.managedPolicies.get(arn);
            return document === undefined ? [] : [{ policy: arn, document }];
          }),
          ...group.inlinePolicies.map((document) => ({ policy: document.policy, document })),
        ];
        return named.flatMap(({ policy, document }): IdlePolicy[] => {
          const says = ecrStatementsOf(document);
          return says === null || says.actions.size === 0
            ? []
            : [
                {
                  kind: 'identity',
                  policy,
                  owners: [group.arn],
                  fromAll: false,
                  reasons: ['noMembers'],
                  by: [],
                  isOnlyEcr: says.isOnlyEcr,
                },
              ];
        });
      });
  });
}
