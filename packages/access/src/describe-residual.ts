import { describeFormula, fromResidual, type Residual } from '@ecr-audit/policy';

/** The condition of an answer in words: `if aws:SourceVpce is vpce-1`; null where it needs none. */
export function describeResidual(residual: Residual | null): string | null {
  return residual === null ? null : describeFormula(fromResidual(residual));
}
