import type { Residual } from '@ecr-audit/access';

/** A residual over atoms that are named by their whole content; a leaf with several values is the `any` of them. */
export type ResidualFormula =
  | { readonly kind: 'constant'; readonly holds: boolean }
  | Atom
  | { readonly kind: 'not'; readonly of: ResidualFormula }
  | { readonly kind: 'all' | 'any'; readonly of: readonly ResidualFormula[] };

export interface Atom {
  readonly kind: 'atom';
  readonly name: string;
  /** Of conditions: what else is certain where the key is absent. Null for what is about no key. */
  readonly key: string | null;
  readonly isNull: boolean;
  readonly whenAbsent: boolean;
}

/** Reads a residual; null stands for a decision that is settled, so `holds` says which. */
export function readResidual(residual: Residual | null, holds: boolean): ResidualFormula {
  return residual === null ? { kind: 'constant', holds } : read(residual);
}

function read(residual: Residual): ResidualFormula {
  if ('all' in residual) {
    return { kind: 'all', of: residual.all.map(read) };
  }
  if ('any' in residual) {
    return { kind: 'any', of: residual.any.map(read) };
  }
  if ('not' in residual) {
    return { kind: 'not', of: read(residual.not) };
  }
  if ('unreadable' in residual) {
    return plainAtom(['unreadable', residual.unreadable]);
  }
  if ('resource' in residual) {
    return plainAtom(['resource', residual.resource, residual.pattern]);
  }
  return readCondition(residual);
}

function plainAtom(parts: readonly string[]): Atom {
  return { kind: 'atom', name: JSON.stringify(parts), key: null, isNull: false, whenAbsent: false };
}

function readCondition({ operator, key, values }: Extract<Residual, { readonly operator: string }>): ResidualFormula {
  const lowerKey = key.toLowerCase();
  const atom = (value: readonly string[]): Atom => ({
    kind: 'atom',
    name: JSON.stringify([operator, lowerKey, ...value]),
    key: lowerKey,
    isNull: operator === 'Null',
    whenAbsent: operator === 'Null' || operator.startsWith('ForAllValues:'),
  });
  // Every value of a list may be another one of those that are named, so these cannot be taken apart.
  return operator.startsWith('ForAllValues:') || values.length === 0
    ? atom(values.toSorted())
    : { kind: 'any', of: values.map((value) => atom([value])) };
}
