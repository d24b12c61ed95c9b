import { all, any, type Atom, type Formula, not } from './formula.ts';

/**
 * The condition under which access holds, as JSON. Null stands for a decision that needs none.
 *
 * A leaf is a condition of the policy language under Version 2012-10-17 (`operator` positive, without `IfExists`),
 * a resource pattern whose variable is not known, or something that could not be read.
 */
export type Residual =
  | { readonly all: readonly Residual[] }
  | { readonly any: readonly Residual[] }
  | { readonly not: Residual }
  | { readonly operator: string; readonly key: string; readonly values: readonly string[] }
  | { readonly resource: string; readonly pattern: string }
  | { readonly unreadable: string };

/** The formula as JSON; null where it is decided. */
export function toResidual(formula: Formula): Residual | null {
  return formula.kind === 'true' || formula.kind === 'false' ? null : part(formula);
}

function part(formula: Formula): Residual {
  switch (formula.kind) {
    case 'true':
      return { all: [] };
    case 'false':
      return { any: [] };
    case 'all':
      return { all: formula.of.map(part) };
    case 'any':
      return { any: formula.of.map(part) };
    case 'not':
      return { not: part(formula.of) };
    case 'condition':
      return { operator: formula.operator, key: formula.key, values: formula.values };
    case 'resource':
      return { resource: formula.resource, pattern: formula.pattern };
    case 'unreadable':
      return { unreadable: formula.place };
  }
}

/** The formula as people say it: `if aws:SourceVpce is vpce-1`, `unless aws:SourceIp is in 10.0.0.0/8`. */
export function describeFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'true':
      return 'always';
    case 'false':
      return 'never';
    case 'not':
      return `unless ${describeAtom(formula.of)}`;
    case 'all':
      return describeAll(formula.of);
    default:
      return `if ${phrase(formula)}`;
  }
}

/** Positive parts first, then what must not be: `if A and B, unless C or D`. */
function describeAll(parts: readonly Formula[]): string {
  const positive = parts.filter((each) => each.kind !== 'not').map((each) => bracketed(each, 'any'));
  const negative = parts.flatMap((each) => (each.kind === 'not' ? [describeAtom(each.of)] : []));
  const clauses = [
    ...(positive.length > 0 ? [`if ${positive.join(' and ')}`] : []),
    ...(negative.length > 0 ? [`unless ${negative.join(' or ')}`] : []),
  ];
  return clauses.join(', ');
}

function phrase(formula: Formula): string {
  switch (formula.kind) {
    case 'true':
      return 'anything';
    case 'false':
      return 'nothing';
    case 'all':
      return formula.of.map((each) => bracketed(each, 'any')).join(' and ');
    case 'any':
      return formula.of.map((each) => bracketed(each, 'all')).join(' or ');
    case 'not':
      return `not ${describeAtom(formula.of)}`;
    default:
      return describeAtom(formula);
  }
}

function bracketed(formula: Formula, kind: 'all' | 'any'): string {
  return formula.kind === kind ? `(${phrase(formula)})` : phrase(formula);
}

const VERBS: Readonly<Record<string, string>> = {
  StringEquals: 'is',
  StringEqualsIgnoreCase: 'is (in any case)',
  StringLike: 'is like',
  NumericEquals: 'is',
  NumericLessThan: 'is below',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is above',
  NumericGreaterThanEquals: 'is at least',
  DateEquals: 'is',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is at or before',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is at or after',
  Bool: 'is',
  BinaryEquals: 'is',
  IpAddress: 'is in',
  ArnEquals: 'is like',
  ArnLike: 'is like',
};

/** `policies of X (Allow statements)`, as a whole document or side that was not read is named, or a part of one. */
function describeUnread(place: string): string {
  for (const [suffix, verb] of [
    [' (Allow statements)', 'allow'],
    [' (Deny statements)', 'deny'],
  ] as const) {
    if (place.endsWith(suffix)) {
      return `${place.slice(0, -suffix.length)}, which could not be read, ${verb} it`;
    }
  }
  return `${place}, which could not be read, applies`;
}

function describeAtom(atom: Atom): string {
  switch (atom.kind) {
    case 'unreadable':
      return describeUnread(atom.place);
    case 'resource':
      return `${atom.resource} matches ${atom.pattern}`;
    case 'condition': {
      if (atom.operator === 'Null') {
        return `${atom.key} is absent`;
      }
      const [operator = '', setPrefix] = atom.operator.split(':').toReversed();
      const verb = `${VERBS[operator] ?? operator} ${atom.values.join(' or ')}`;
      return setPrefix === undefined
        ? `${atom.key} ${verb}`
        : `${setPrefix === 'ForAllValues' ? 'every value' : 'a value'} of ${atom.key} ${verb}`;
    }
  }
}

/** The formula that a residual was made from. What could not be read comes back as a gap. */
export function fromResidual(residual: Residual): Formula {
  if ('all' in residual) {
    return all(residual.all.map(fromResidual));
  }
  if ('any' in residual) {
    return any(residual.any.map(fromResidual));
  }
  if ('not' in residual) {
    return not(fromResidual(residual.not));
  }
  if ('operator' in residual) {
    return { kind: 'condition', ...residual, isGap: false };
  }
  if ('resource' in residual) {
    return { kind: 'resource', ...residual };
  }
  return { kind: 'unreadable', place: residual.unreadable, isGap: true };
}
