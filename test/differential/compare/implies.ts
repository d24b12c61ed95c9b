import type { Atom, ResidualFormula } from './residual-formula.ts';

/** `undecided` where there are too many cases: nobody may take that for a yes. */
export type Verdict = 'yes' | 'no' | 'undecided';

/** Assignments that are tried before giving up. */
const STEPS_MAX = 20_000;

/**
 * Whether the second formula holds wherever the first does, by case distinction over their atoms.
 *
 * Exact where it decides. Of the atoms it knows this alone: where a key is absent (`Null`), every other condition on
 * it has a certain value, and where one of them has the other value the key is there.
 */
export function implies(left: ResidualFormula, right: ResidualFormula): Verdict {
  return decideAll({ kind: 'any', of: [{ kind: 'not', of: left }, right] });
}

/** Whether both formulas hold in the very same cases. */
export function isEquivalent(left: ResidualFormula, right: ResidualFormula): Verdict {
  const verdicts = new Set([implies(left, right), implies(right, left)]);
  return verdicts.has('no') ? 'no' : verdicts.has('undecided') ? 'undecided' : 'yes';
}

type Assignment = Map<string, boolean>;

/** Whether a formula holds in every possible case. */
function decideAll(formula: ResidualFormula): Verdict {
  const atoms = atomsOf(formula);
  let steps = 0;
  const holdsAlways = (assignment: Assignment): Verdict => {
    steps += 1;
    if (steps > STEPS_MAX) {
      return 'undecided';
    }
    const next = firstOpen(formula, assignment);
    if (typeof next === 'boolean') {
      return next ? 'yes' : 'no';
    }
    let verdict: Verdict = 'yes';
    for (const value of [true, false]) {
      const extended = extend(assignment, { atom: next, value, atoms });
      const branch = extended === null ? 'yes' : holdsAlways(extended);
      if (branch === 'no') {
        return 'no';
      }
      verdict = branch === 'undecided' ? 'undecided' : verdict;
    }
    return verdict;
  };
  return holdsAlways(new Map());
}

/** The value of a formula under a partial assignment, or an atom on which it still depends. */
function firstOpen(formula: ResidualFormula, assignment: Assignment): boolean | Atom {
  switch (formula.kind) {
    case 'constant':
      return formula.holds;
    case 'atom':
      return assignment.get(formula.name) ?? formula;
    case 'not': {
      const inner = firstOpen(formula.of, assignment);
      return typeof inner === 'boolean' ? !inner : inner;
    }
    case 'all':
    case 'any': {
      const absorbing = formula.kind === 'any';
      let open: Atom | null = null;
      for (const part of formula.of) {
        const value = firstOpen(part, assignment);
        if (value === absorbing) {
          return absorbing;
        }
        open = typeof value === 'boolean' ? open : (open ?? value);
      }
      return open ?? !absorbing;
    }
  }
}

interface Step {
  readonly atom: Atom;
  readonly value: boolean;
  readonly atoms: readonly Atom[];
}

/** The assignment with one atom more and what follows from it; null where that cannot be. */
function extend(assignment: Assignment, { atom, value, atoms }: Step): Assignment | null {
  const extended = new Map(assignment).set(atom.name, value);
  const sameKey = atom.key === null ? [] : atoms.filter(({ key }) => key === atom.key);
  const isAbsent = atom.isNull && value;
  if (isAbsent) {
    for (const other of sameKey) {
      const known = extended.get(other.name);
      if (known !== undefined && known !== other.whenAbsent) {
        return null;
      }
      extended.set(other.name, other.whenAbsent);
    }
  } else if (!atom.isNull && value !== atom.whenAbsent) {
    for (const other of sameKey.filter(({ isNull }) => isNull)) {
      if (extended.get(other.name) === true) {
        return null;
      }
      extended.set(other.name, false);
    }
  }
  return extended;
}

function atomsOf(formula: ResidualFormula): readonly Atom[] {
  const atoms = new Map<string, Atom>();
  const visit = (part: ResidualFormula): void => {
    if (part.kind === 'atom') {
      atoms.set(part.name, part);
    } else if (part.kind === 'not') {
      visit(part.of);
    } else if (part.kind !== 'constant') {
      part.of.forEach(visit);
    }
  };
  visit(formula);
  return [...atoms.values()];
}
