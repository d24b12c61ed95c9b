import { MULTIVALUED_KEYS } from './context.ts';
import type { Atom } from './formula.ts';
import { type BaseOperator, matchValue, OPERATORS, operatorSyntax } from './operators.ts';
import { parseTemplate, type Template, templateText } from './template.ts';

/** What an atom says of the key that it is about. */
export interface Reading {
  /** The atom's place among the atoms of its formula. */
  readonly index: number;
  readonly operator: string | null;
  /** The literal values that it names, null where its truth does not follow from one literal value. */
  readonly literals: readonly string[] | null;
  /** Whether it may hold for values that are not named. */
  readonly isPattern: boolean;
  /** Whether it holds for the values that it names, and for no other. */
  readonly isExact: boolean;
  /** Null for atoms that are about no condition key. */
  readonly whenAbsent: boolean | null;
  holdsFor(value: string): boolean;
}

const LITERAL_OPERATORS: ReadonlySet<string> = new Set(['StringEquals', 'StringLike', 'Bool', 'ArnEquals', 'ArnLike']);

export function readAtom(atom: Atom, index: number): Reading {
  const nothing = { index, operator: null, literals: null, isPattern: false, isExact: false, holdsFor: () => false };
  if (atom.kind !== 'condition') {
    return { ...nothing, whenAbsent: null };
  }
  const { operator } = atom;
  const whenAbsent = operator === 'Null' || operator.startsWith('ForAllValues:');
  if (operator === 'Null') {
    return { ...nothing, operator, literals: [], whenAbsent };
  }
  // A list may hold several values at once, so that literals do not exclude each other.
  const isSingle = !MULTIVALUED_KEYS.has(atom.key.toLowerCase());
  const base = isSingle && LITERAL_OPERATORS.has(operator) ? (OPERATORS[operator]?.base ?? null) : null;
  const templates = base === null ? null : literalTemplates(base, atom.values);
  if (base === null || templates === null) {
    return { ...nothing, operator, isPattern: true, whenAbsent };
  }
  const isPattern = !templates.every(isLiteral);
  return {
    index,
    operator,
    literals: templates.filter(isLiteral).map(templateText),
    isPattern,
    isExact: !isPattern && (base === 'StringEquals' || base === 'StringLike'),
    whenAbsent,
    holdsFor: (value) => templates.some((template) => matchValue(base, value, template) === 'yes'),
  };
}

function isLiteral(template: Template): boolean {
  return template.every((token) => token.kind === 'text');
}

/** Null where a value holds a variable: then it names no literal value. */
function literalTemplates(base: BaseOperator, values: readonly string[]): Template[] | null {
  const syntax = operatorSyntax(base);
  const templates: Template[] = [];
  for (const value of values) {
    const parsed = parseTemplate(value, { ...syntax, variables: true }, 'residual');
    if (parsed.kind === 'unreadable' || parsed.value.some((token) => token.kind === 'variable')) {
      return null;
    }
    templates.push(parsed.value);
  }
  return templates;
}
