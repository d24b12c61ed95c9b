import { type RequestContext, UNREAD } from './context.ts';
import { type Atom, type Formula, formulaId } from './formula.ts';
import { matchCondition } from './match-condition.ts';
import { matchResourceTemplate } from './match-statement.ts';
import { parseConditions } from './parse-condition.ts';
import { Place } from './place.ts';
import { fromResidual, type Residual, toResidual } from './residual.ts';
import { settle } from './settle.ts';
import { replaceAtoms } from './simplify.ts';
import { parseTemplate } from './template.ts';

/**
 * Decides a residual once more is known: true where access is allowed, false where it is denied, else what is left.
 *
 * `context` says of each key whether it is present, absent or still unknown; a key that was known when the residual
 * was made must be told again only where a condition is left on it. What could not be read stays open.
 */
export function decideResidual(residual: Residual, context: RequestContext): Residual | boolean {
  const formula = decideFormula(fromResidual(residual), context);
  return toResidual(formula) ?? formula.kind === 'true';
}

/** The same of a formula. Its gaps stay gaps until they are told. */
export function decideFormula(formula: Formula, context: RequestContext): Formula {
  return settle(
    replaceAtoms(formula, (atom) => {
      const decided = decideAtom(atom, context);
      // One that says the same stays the one that it was, so that nothing around it is built again.
      return formulaId(decided) === formulaId(atom) ? atom : decided;
    }),
  );
}

const NOWHERE = Place.document(null);

function decideAtom(atom: Atom, context: RequestContext): Formula {
  switch (atom.kind) {
    case 'unreadable':
      return atom;
    case 'resource': {
      const pattern = parseTemplate(atom.pattern, { wildcards: true, variables: true }, 'residual');
      return pattern.kind === 'unreadable'
        ? atom
        : matchResourceTemplate(pattern.value, atom.resource, contextOf(atom, context));
    }
    case 'condition': {
      const [condition] = parseConditions({ [atom.operator]: { [atom.key]: atom.values } }, NOWHERE, '2012-10-17');
      return condition?.kind === 'readable' ? matchCondition(condition.value, contextOf(atom, context)) : atom;
    }
  }
}

/** In an atom that is a gap, whatever is not told is what could not be read. */
function contextOf(atom: Exclude<Atom, { readonly kind: 'unreadable' }>, context: RequestContext): RequestContext {
  if (!atom.isGap) {
    return context;
  }
  return {
    lookup: (key) => {
      const value = context.lookup(key);
      return value.kind === 'unknown' ? UNREAD : value;
    },
  };
}
