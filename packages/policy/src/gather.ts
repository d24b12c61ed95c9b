import { compareText, type Formula, formulaId, type Junction } from './formula.ts';

/**
 * The members of a junction by their ids, each once, those of a junction of the same kind among them.
 *
 * Null where one of them decides the junction by itself. Of members that differ only in the case of a key the same
 * one stays, in whatever order they come.
 */
export function gather(junction: Junction, formulas: Iterable<Formula>): Map<string, Formula> | null {
  const members = new Map<string, Formula>();
  for (const formula of formulas) {
    for (const part of formula.kind === junction ? formula.of : [formula]) {
      if (part.kind === (junction === 'all' ? 'false' : 'true')) {
        return null;
      }
      if (part.kind !== 'true' && part.kind !== 'false') {
        const id = formulaId(part);
        const known = members.get(id);
        members.set(id, known === undefined ? part : firstSpelled(known, part));
      }
    }
  }
  return members;
}

/** Of two formulas with one id, that whose keys come first as they are written. */
export function firstSpelled(left: Formula, right: Formula): Formula {
  return compareSpelling(left, right) <= 0 ? left : right;
}

function compareSpelling(left: Formula, right: Formula): number {
  if (left === right) {
    return 0;
  }
  if (left.kind === 'condition' && right.kind === 'condition') {
    return compareText(left.key, right.key);
  }
  if (left.kind === 'not' && right.kind === 'not') {
    return compareSpelling(left.of, right.of);
  }
  if ((left.kind === 'all' && right.kind === 'all') || (left.kind === 'any' && right.kind === 'any')) {
    for (const [index, part] of left.of.entries()) {
      const order = compareSpelling(part, right.of[index] ?? part);
      if (order !== 0) {
        return order;
      }
    }
  }
  return 0;
}
