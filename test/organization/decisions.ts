import type { AccessRow, Covered, EvaluationResult, SnapshotPart } from '@ecr-audit/access';
import { assembleSnapshot, evaluateSnapshot } from '@ecr-audit/access';

/** What one snapshot says of every principal, target and action, denied ones included. */
export interface Decisions {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly covered: Covered;
  readonly unreadPolicies: EvaluationResult['unreadPolicies'];
}

interface Cell {
  readonly decision: AccessRow['decision'];
  readonly principalAccountId: string | null;
  readonly accountId: string;
  readonly region: string;
  readonly resource: string;
}

export function decisionsOf(parts: readonly SnapshotPart[]): Decisions {
  const { rows, covered, unreadPolicies } = evaluateSnapshot(assembleSnapshot(parts), { includeDenied: true });
  const cells = new Map<string, Cell>();
  for (const { principal, accountId, region, resource, action, decision } of rows) {
    const key = [principal.id, accountId, region, resource, action].join(' ');
    cells.set(key, { decision, principalAccountId: principal.accountId, accountId, region, resource });
  }
  return { cells, covered, unreadPolicies };
}

/**
 * What a blinded snapshot claims against the whole one: a right that it denies, or a denial that it turns into a right.
 * Unknown is no claim. A right that it lacks is one too, unless its principals, its registry, or the policy
 * that may name who holds it were not read.
 */
export function falseClaims(whole: Decisions, blinded: Decisions): readonly string[] {
  return [...whole.cells].flatMap(([key, cell]) => {
    const found = blinded.cells.get(key);
    if (found === undefined) {
      return !isDenied(cell.decision) && isCovered(blinded, cell) ? [`${key}: ${cell.decision}, and now nothing`] : [];
    }
    const isFalse =
      (isDenied(found.decision) && !isDenied(cell.decision)) ||
      (found.decision === 'allowed' && isDenied(cell.decision));
    return isFalse ? [`${key}: ${cell.decision}, and now ${found.decision}`] : [];
  });
}

/** How many cells became unknown. */
export function unknowns(whole: Decisions, blinded: Decisions): number {
  return [...blinded.cells].filter(
    ([key, { decision }]) => decision === 'unknown' && whole.cells.get(key)?.decision !== 'unknown',
  ).length;
}

function isDenied(decision: AccessRow['decision']): boolean {
  return decision === 'explicitDeny' || decision === 'implicitDeny';
}

function isCovered({ covered, unreadPolicies }: Decisions, cell: Cell): boolean {
  const { accountId, region, resource, principalAccountId } = cell;
  const isHere = (place: { readonly accountId: string; readonly region: string }): boolean =>
    place.accountId === accountId && place.region === region;
  return (
    covered.registries.some(isHere) &&
    (principalAccountId === null || covered.iamAccounts.includes(principalAccountId)) &&
    !unreadPolicies.some((policy) => isHere(policy) && [null, resource].includes(policy.repositoryArn))
  );
}
