import { describeResidual } from '@ecr-audit/access';
import { type AccessCell, accessValidity, type AsOf, type Store, type Validity } from '@ecr-audit/store';

/** A cell as it is answered: with its residual in words. */
export function accessBody(cell: AccessCell): AccessCell & { readonly condition: string | null } {
  return { ...cell, condition: describeResidual(cell.residual) };
}

/** Cells as of a scan of the past: each with the scans between which it was so. */
export async function timedAccess(
  sql: Store['sql'],
  asOf: AsOf,
  cells: readonly AccessCell[],
): Promise<(ReturnType<typeof accessBody> & { readonly validity?: Validity })[]> {
  const validities = await accessValidity(sql, asOf, cells);
  return cells.map((cell, index) => {
    const validity = validities[index];
    return { ...accessBody(cell), ...(validity === undefined ? {} : { validity }) };
  });
}
