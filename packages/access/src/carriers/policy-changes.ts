import type { PrincipalRef } from '../principal.ts';
import { isAwsManaged } from '../snapshot/named-document.ts';
import { accessWithVersions, type EffectChange, type PolicyEffect } from './access-with-versions.ts';
import { canonicalJson } from './canonical-json.ts';
import { boundariesOf, holdersOf } from './freed-by.ts';
import { differsForEcr, statementChanges, type StatementChanges } from './statement-changes.ts';
import { type SnapshotWithParts, type UnknownPlace, type VersionPair, versionPairs } from './version-pairs.ts';

/** A managed policy that somebody changed between two snapshots. */
export interface ManagedPolicyChange {
  readonly arn: string;
  readonly name: string;
  /** AWS changes its own in all accounts at once; any other was changed by its account. */
  readonly owner: 'aws' | 'customer';
  readonly kind: 'changed' | 'created' | 'deleted';
  /** Accounts of the snapshots where it became so. */
  readonly accountIds: readonly string[];
  /** Null where there was none. */
  readonly versions: { readonly before: string | null; readonly after: string | null };
  readonly statements: StatementChanges;
  /** Whether anything that access to ECR rests on is another, or may be. */
  readonly concernsEcr: boolean;
  /** How many had it in the earlier snapshot: users and roles, and those whose boundary it was. */
  readonly principals: number;
  readonly boundaries: number;
  /** Whose access changed because of this policy alone, everything else being as it was in the earlier snapshot. */
  readonly access: readonly PolicyEffect[];
}

export interface ManagedPolicyChanges {
  /** When the snapshots were taken; ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly compared: { readonly accounts: number; readonly policies: number };
  /** Those that concern ECR first, then by ARN. */
  readonly changes: readonly ManagedPolicyChange[];
  /**
   * Whoever all changes together give or take something else than the one change that concerns them does by itself: two policies
   * that allowed the same, say, and both no longer do. Without changes where they undo each other.
   */
  readonly together: readonly PolicyEffect[];
  /** Where nobody can tell what changed, because one of the snapshots lacks it. */
  readonly notKnown: readonly UnknownPlace[];
}

/**
 * What was changed in managed policies between two snapshots, and whose access to ECR that changed: the earlier snapshot is
 * evaluated with the later version of one policy in place, for those who have it.
 *
 * What either snapshot could not read is `notKnown`, and never a change. Costs two runs of the engine over the holders for each
 * policy that changed in what it says of ECR.
 *
 * @throws SnapshotFormatError where a file is malformed.
 */
export function managedPolicyChanges(from: SnapshotWithParts, to: SnapshotWithParts): ManagedPolicyChanges {
  const { pairs, notKnown, compared } = versionPairs(from, to);
  const changes: ManagedPolicyChange[] = [];
  const evaluated: VersionPair[] = [];
  for (const pair of pairs) {
    const { arn, name, accountIds, before, after } = pair;
    const statements = statementChanges(before, after);
    const concernsEcr = differsForEcr(statements);
    if (concernsEcr) {
      evaluated.push(pair);
    }
    changes.push({
      arn,
      name,
      owner: isAwsManaged(arn) ? 'aws' : 'customer',
      kind: before === null ? 'created' : after === null ? 'deleted' : 'changed',
      accountIds,
      versions: { before: before?.version ?? null, after: after?.version ?? null },
      statements,
      concernsEcr,
      principals: holdersOf(from.snapshot, pair).length,
      boundaries: boundariesOf(from.snapshot, pair),
      access: concernsEcr ? accessWithVersions(from.snapshot, [pair]) : [],
    });
  }
  const together = evaluated.length > 1 ? accessWithVersions(from.snapshot, evaluated) : [];
  return {
    from: from.snapshot.takenAt,
    to: to.snapshot.takenAt,
    compared,
    changes: changes.toSorted((a, b) => Number(b.concernsEcr) - Number(a.concernsEcr)),
    together: evaluated.length > 1 ? beyondEach(together, changes) : [],
    notKnown,
  };
}

/** Principals for whom all changes together come to something else than one of them does. */
function beyondEach(together: readonly PolicyEffect[], changes: readonly ManagedPolicyChange[]): PolicyEffect[] {
  const alone = new Map<string, { readonly principal: PrincipalRef; readonly keys: Set<string> }>();
  for (const { principals, changes: found } of changes.flatMap(({ access }) => access)) {
    const key = effectKey(found);
    for (const principal of principals) {
      const known = alone.get(principal.id) ?? { principal, keys: new Set() };
      alone.set(principal.id, known);
      known.keys.add(key);
    }
  }
  const beyond = together.flatMap(({ principals, changes: found }) => {
    const key = effectKey(found);
    const others = principals.filter(({ id }) => {
      const keys = alone.get(id)?.keys;
      return keys === undefined || keys.size > 1 || !keys.has(key);
    });
    return others.length === 0 ? [] : [{ principals: others, changes: found }];
  });
  const changed = new Set(together.flatMap(({ principals }) => principals.map(({ id }) => id)));
  const undone = [...alone.values()].map(({ principal }) => principal).filter(({ id }) => !changed.has(id));
  return undone.length === 0 ? beyond : [...beyond, { principals: undone, changes: [] }];
}

function effectKey(changes: readonly EffectChange[]): string {
  return canonicalJson(changes);
}
