import type { ExpectedResidual } from './schema.ts';

/**
 * Whether two residuals are the same formula, by their truth tables.
 *
 * Leaves are compared without regard to the order of values and the case of keys; a leaf with several values is the
 * `any` of its values; `Null` true excludes every other leaf of its key (but `ForAllValues`, which then holds).
 * All unreadable leaves count as one. Throws where there are more than 14 distinct leaves.
 */
export function isSameResidual(left: ExpectedResidual, right: ExpectedResidual): boolean {
  const formulas = [normalise(left), normalise(right)] as const;
  const atoms = new Map<string, Atom>();
  for (const formula of formulas) {
    collect(formula, atoms);
  }
  const names = [...atoms.keys()];
  if (names.length > 14) {
    throw new Error('a residual with more than 14 leaves is not compared');
  }
  for (let mask = 0; mask < 2 ** names.length; mask++) {
    const truth = new Map(names.map((name, index) => [name, Math.floor(mask / 2 ** index) % 2 === 1]));
    if (!isPossible(truth, atoms)) {
      continue;
    }
    if (evaluate(formulas[0], truth) !== evaluate(formulas[1], truth)) {
      return false;
    }
  }
  return true;
}

interface Atom {
  readonly kind: 'atom';
  readonly name: string;
  readonly operator: string;
  readonly key: string;
}

type Formula =
  | Atom
  | { readonly kind: 'not'; readonly part: Formula }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] };

function normalise(residual: ExpectedResidual): Formula {
  if ('all' in residual) {
    return { kind: 'all', parts: residual.all.map(normalise) };
  }
  if ('any' in residual) {
    return { kind: 'any', parts: residual.any.map(normalise) };
  }
  if ('not' in residual) {
    return { kind: 'not', part: normalise(residual.not) };
  }
  if ('unreadable' in residual) {
    return atom('unreadable', '', '');
  }
  if ('resource' in residual) {
    return atom('resource', residual.resource, residual.pattern);
  }
  const key = residual.key.toLowerCase();
  const operator = residual.operator.replace('ArnEquals', 'ArnLike');
  if (operator === 'Null') {
    const isNull = atom('Null', key, '');
    return residual.values[0] === 'false' ? { kind: 'not', part: isNull } : isNull;
  }
  if (operator.startsWith('ForAllValues:')) {
    return atom(operator, key, JSON.stringify(residual.values.toSorted()));
  }
  return { kind: 'any', parts: residual.values.map((value) => atom(operator, key, value)) };
}

function atom(operator: string, key: string, value: string): Atom {
  return { kind: 'atom', name: JSON.stringify([operator, key, value]), operator, key };
}

function collect(formula: Formula, atoms: Map<string, Atom>): void {
  if (formula.kind === 'atom') {
    atoms.set(formula.name, formula);
  } else if (formula.kind === 'not') {
    collect(formula.part, atoms);
  } else {
    for (const part of formula.parts) {
      collect(part, atoms);
    }
  }
}

function isPossible(truth: ReadonlyMap<string, boolean>, atoms: ReadonlyMap<string, Atom>): boolean {
  const nullKeys = new Set(
    [...atoms.values()]
      .filter(({ operator, name }) => operator === 'Null' && truth.get(name) === true)
      .map(({ key }) => key),
  );
  return [...atoms.values()].every(({ operator, key, name }) => {
    if (operator === 'Null' || !nullKeys.has(key)) {
      return true;
    }
    return truth.get(name) === operator.startsWith('ForAllValues:');
  });
}

function evaluate(formula: Formula, truth: ReadonlyMap<string, boolean>): boolean {
  switch (formula.kind) {
    case 'atom':
      return truth.get(formula.name) === true;
    case 'not':
      return !evaluate(formula.part, truth);
    case 'all':
      return formula.parts.every((part) => evaluate(part, truth));
    case 'any':
      return formula.parts.some((part) => evaluate(part, truth));
    default:
      return formula satisfies never;
  }
}
