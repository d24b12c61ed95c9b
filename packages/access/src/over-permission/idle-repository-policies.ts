import type { PrincipalAccess } from '../access-matrix.ts';
import { isAccess } from '../answer.ts';
import { and, bitSet, type BitSet, has, isEmpty, members } from '../bit-set.ts';
import { callerAccess } from '../engine/caller-access.ts';
import { callersOf } from '../evaluate/callers.ts';
import { repositoriesOf } from '../evaluate/evaluated-repositories.ts';
import type { NamedDocument, Repository, Snapshot } from '../snapshot/model.ts';
import { ecrStatementsOf } from './ecr-statements.ts';
import { COVERING_MAX, type IdlePolicies, type IdlePolicy, type IdleReason } from './idle-policy.ts';
import { accessComparison } from './same-access.ts';

interface Candidate {
  readonly repository: Repository;
  readonly named: NamedDocument;
}

/**
 * Policies of repositories that add nothing.
 *
 * Exact for everybody who may ask: what one repository allows rests on no policy of another, so all are evaluated without
 * their policies at once.
 */
export function idleRepositoryPolicies(snapshot: Snapshot): IdlePolicies {
  const candidates = repositoriesOf(snapshot).flatMap((repository): Candidate[] =>
    repository.policy.kind === 'policy' ? [{ repository, named: repository.policy.named }] : [],
  );
  const callers = callersOf(snapshot);
  const { length } = candidates;
  const before = candidates.map(({ repository }) => repository);
  const after = before.map((repository): Repository => ({ ...repository, policy: { kind: 'none' } }));
  const compare = accessComparison(length);
  const differs = bitSet(length);
  const unknown = bitSet(length);
  const covering = new Map<number, Set<string>>();
  const later = callerAccess(snapshot, { callers, repositories: after }, {})[Symbol.iterator]();
  const pairs = callerAccess(snapshot, { callers, repositories: before }, {})
    .map((access) => [access, later.next().value] as const)
    .toArray();
  for (const [a, b] of pairs) {
    const found = b === undefined ? null : compare(a, b);
    found?.differs.forEach((word, at) => (differs[at] = (differs[at] ?? 0) | word));
    for (const set of found?.unknown.values() ?? []) {
      set.forEach((word, at) => (unknown[at] = (unknown[at] ?? 0) | word));
    }
  }
  const isTold = (index: number, { named }: Candidate): boolean => !has(unknown, index) && isForKnown(named);
  const idle = bitSet(length);
  candidates.forEach((each, index) => {
    if (!has(differs, index) && isTold(index, each)) {
      idle[index >>> 5] = (idle[index >>> 5] ?? 0) | (1 << (index & 31));
    }
  });
  for (const [a, b] of pairs) {
    if (b !== undefined) {
      noteCovering(covering, { a, b, idle });
    }
  }
  const found = candidates.flatMap((each, index) =>
    has(idle, index) ? [idlePolicyOf(each, [...(covering.get(index) ?? [])])] : [],
  );
  const notKnown = candidates.filter((each, index) => !has(differs, index) && !isTold(index, each)).length;
  return { found, notKnown };
}

/** Who signs in by a provider or is named as a session is evaluated only where a policy lets it in by that very name. */
function isForKnown(named: NamedDocument): boolean {
  const says = ecrStatementsOf(named);
  return (
    says !== null &&
    [...says.allows, ...says.denies].every(
      ({ statement: { principal, effect } }) =>
        principal?.kind === 'readable' &&
        principal.value.entries.every(
          (entry) =>
            entry.kind !== 'federated' &&
            !(
              entry.kind === 'arn' &&
              entry.arn.includes(':sts:') &&
              effect.kind === 'readable' &&
              effect.value === 'Deny'
            ),
        ),
    )
  );
}

/** Which other policies allow what an idle one allows. */
function noteCovering(
  covering: Map<number, Set<string>>,
  { a, b, idle }: { readonly a: PrincipalAccess; readonly b: PrincipalAccess; readonly idle: BitSet },
): void {
  for (const { set, profile } of a.repositories) {
    const there = and(set, idle);
    const actions = isEmpty(there)
      ? []
      : [...profile.answers].filter(
          ([, answer]) =>
            isAccess(answer) &&
            answer.reasons.some(({ policyType, effect }) => policyType === 'repository' && effect === 'Allow'),
        );
    for (const other of actions.length === 0 ? [] : b.repositories) {
      const policies = actions.flatMap(([action]) =>
        (other.profile.answers.get(action)?.reasons ?? [])
          .filter(
            ({ effect, policyType }) => effect === 'Allow' && (policyType === 'identity' || policyType === 'registry'),
          )
          .map(({ policy }) => policy.replace(/^@principal/, a.principal.arn).replace(/^@@/, '@')),
      );
      for (const index of members(and(there, other.set))) {
        const known = covering.get(index) ?? new Set<string>();
        covering.set(index, known);
        policies.filter(() => known.size < COVERING_MAX).forEach((policy) => known.add(policy));
      }
    }
  }
}

function idlePolicyOf({ repository, named }: Candidate, by: readonly string[]): IdlePolicy {
  const says = ecrStatementsOf(named);
  const reason: IdleReason =
    (says?.allows.length ?? 0) === 0 ? 'forbidsOnly' : by.length > 0 ? 'covered' : 'letsNobodyIn';
  return {
    kind: 'repository',
    policy: repository.arn,
    owners: [repository.arn],
    fromAll: true,
    reasons: [reason],
    by: by.toSorted(),
    isOnlyEcr: true,
  };
}
