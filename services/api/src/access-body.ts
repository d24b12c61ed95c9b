import { describeResidual } from '@ecr-audit/access';
import type { AccessCell } from '@ecr-audit/store';

/** A cell as it is answered: with its residual in words. */
export function accessBody(cell: AccessCell): AccessCell & { readonly condition: string | null } {
  return { ...cell, condition: describeResidual(cell.residual) };
}
