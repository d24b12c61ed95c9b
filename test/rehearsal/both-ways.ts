import {
  assembleSnapshot,
  type AccessRow,
  evaluateSnapshot,
  isAccess,
  plainRehearsal,
  type PlainRehearsal,
  rehearse,
  type SnapshotPart,
} from '@ecr-audit/access';

/** Both sides of every cell that differs, as `decision residual`, by `principal id, place, action`. */
export type Differences = ReadonlyMap<string, string>;

/**
 * What differs between two snapshots, by evaluating both of them whole. Principals that only one of them lists are left out: the
 * other does not say what they have there.
 */
export function evaluatedDifferences(before: readonly SnapshotPart[], after: readonly SnapshotPart[]): Differences {
  const [earlier, later] = [evaluated(before), evaluated(after)];
  const differences = new Map<string, string>();
  for (const key of new Set([...earlier.cells.keys(), ...later.cells.keys()])) {
    const [id = ''] = key.split('\n');
    const [a, b] = [earlier.cells.get(key) ?? 'denied', later.cells.get(key) ?? 'denied'];
    if (a !== b && earlier.principals.has(id) && later.principals.has(id)) {
      differences.set(key, `${a} > ${b}`);
    }
  }
  return differences;
}

function evaluated(parts: readonly SnapshotPart[]): { principals: Set<string>; cells: Map<string, string> } {
  const result = evaluateSnapshot(assembleSnapshot(parts));
  const cells = new Map<string, string>();
  for (const row of result.rows) {
    if (isAccess(row)) {
      cells.set(keyOf(row), side(row.decision, row.residual));
    }
  }
  return { principals: new Set(result.principals.map(({ id }) => id)), cells };
}

function keyOf({ principal, resource, accountId, region, action }: AccessRow): string {
  return [principal.id, resource === '*' ? `${accountId} ${region}` : resource, action].join('\n');
}

function side(decision: string, residual: unknown): string {
  return residual === null ? decision : `${decision} ${JSON.stringify(residual)}`;
}

/** The same of a rehearsal, taken apart cell by cell; `of` leaves out principals that are not in it. */
export function rehearsedDifferences(rehearsal: PlainRehearsal, of?: ReadonlySet<string>): Differences {
  const differences = new Map<string, string>();
  for (const { principals, changes } of rehearsal.groups) {
    for (const { id } of principals.filter((each) => of?.has(each.id) ?? true)) {
      for (const { capabilities, actions, before, after, repositories, registries } of changes) {
        const places =
          repositories === null
            ? registries.map(({ accountId, region }) => `${accountId} ${region}`)
            : (rehearsal.repositorySets[repositories] ?? []).map((place) => rehearsal.repositories[place] ?? '');
        for (const place of places) {
          for (const action of [...actions, ...capabilities]) {
            const text = `${side(before.decision, before.residual)} > ${side(after.decision, after.residual)}`;
            differences.set([id, place, action].join('\n'), text);
          }
        }
      }
    }
  }
  return differences;
}

export function rehearsed(parts: readonly SnapshotPart[], changes: readonly unknown[]): PlainRehearsal {
  const result = rehearse(assembleSnapshot(parts), { changes }, null);
  if (result.kind === 'refused') {
    throw new Error(`refused: ${JSON.stringify(result.problems)}`);
  }
  return plainRehearsal(result.rehearsal);
}

/** The principals that both snapshots list. */
export function commonPrincipals(before: readonly SnapshotPart[], after: readonly SnapshotPart[]): ReadonlySet<string> {
  const later = new Set(evaluateSnapshot(assembleSnapshot(after)).principals.map(({ id }) => id));
  const earlier = evaluateSnapshot(assembleSnapshot(before)).principals.map(({ id }) => id);
  return new Set(earlier.filter((id) => later.has(id)));
}
