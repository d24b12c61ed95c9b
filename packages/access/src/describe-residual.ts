import { describeFormula, fromResidual, type Residual, substitute } from '@ecr-audit/policy';
import { policiesOf } from './evaluate/unread-side.ts';
import type { PrincipalRef } from './principal.ts';

/** The condition of an answer in words: `if aws:SourceVpce is vpce-1`; null where it needs none. */
export function describeResidual(residual: Residual | null): string | null {
  return residual === null ? null : describeFormula(fromResidual(residual));
}

/**
 * The same for a principal of an account that is not ours: what its own policies say is summed up in a clause at the
 * end, because it is theirs to decide and not ours to read.
 */
export function describeOutsideResidual(
  residual: Residual | null,
  principal: Pick<PrincipalRef, 'arn'>,
): string | null {
  if (residual === null) {
    return null;
  }
  const own = policiesOf(principal);
  const formula = fromResidual(residual);
  const ours = substitute(formula, (atom) => {
    if (atom.kind !== 'unreadable' || !atom.place.startsWith(`${own} (`)) {
      return null;
    }
    return atom.place === `${own} (Allow statements)`;
  });
  const isTheirs = describeFormula(ours) !== describeFormula(formula);
  const clause = isTheirs ? 'if its own account allows it' : '';
  return [ours.kind === 'true' ? '' : describeFormula(ours), clause].filter((part) => part !== '').join(', and ');
}
