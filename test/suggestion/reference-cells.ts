import { evaluateByReference, type Residual, type Snapshot } from '@ecr-audit/access';
import { implies } from '../differential/compare/implies.ts';
import { readResidual } from '../differential/compare/residual-formula.ts';

export interface Cell {
  readonly decision: string;
  readonly residual: Residual | null;
}

/** By `id, place, action`, each on its line, for actions alone: who has any access by the reference evaluator; the rest is denied. */
export function referenceCells(snapshot: Snapshot): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const { principal, accountId, region, resource, action, decision, residual } of evaluateByReference(snapshot)) {
    if (action.startsWith('ecr:')) {
      const place = resource === '*' ? `${accountId} ${region}` : resource;
      cells.set([principal.id, place, action].join('\n'), { decision, residual: placeless(residual) });
    }
  }
  return cells;
}

/** Whether the first allows nothing, in any case, that the second does not; where neither can be shown, it is not said. */
export function isWithin(one: Cell | undefined, other: Cell | undefined): boolean {
  if (one === undefined || other?.decision === 'allowed') {
    return true;
  }
  if (
    other === undefined ||
    one.decision === 'allowed' ||
    (one.decision === 'unknown' && other.decision !== 'unknown')
  ) {
    return false;
  }
  return implies(readResidual(one.residual, true), readResidual(other.residual, true)) !== 'no';
}

/** What could not be read is named by its policy and statement, which have other names where policies were replaced. */
function placeless(residual: Residual | null): Residual | null {
  if (residual === null) {
    return null;
  }
  if ('all' in residual) {
    return { all: residual.all.flatMap((part) => placeless(part) ?? []) };
  }
  if ('any' in residual) {
    return { any: residual.any.flatMap((part) => placeless(part) ?? []) };
  }
  if ('not' in residual) {
    return { not: placeless(residual.not) ?? residual.not };
  }
  return 'unreadable' in residual
    ? {
        unreadable: residual.unreadable
          .slice(residual.unreadable.lastIndexOf(' Statement[') + 1)
          .replace(/^Statement\[\d+\]/, ''),
      }
    : residual;
}
