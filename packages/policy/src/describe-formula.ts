import type { Atom, Formula } from './formula.ts';
import { not } from './simplify.ts';

/** Values of one condition, and parts of one list, that are told; the others are counted. */
const VALUES_SHOWN_MAX = 10;
const PARTS_SHOWN_MAX = 20;

/** Characters of one value or name that are shown. An ARN of a repository has at most 340. */
const TEXT_LENGTH_MAX = 400;

/** The formula as people say it: `if aws:SourceVpce is vpce-1`, `unless aws:SourceIp is in 10.0.0.0/8`. */
export function describeFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'true':
      return 'always';
    case 'false':
      return 'never';
    case 'all':
      return describeAll(formula.of);
    default:
      return isNegative(formula) ? `unless ${phrase(not(formula))}` : `if ${phrase(formula)}`;
  }
}

/** Positive parts first, then what must not be: `if A and B, unless C or D`. */
function describeAll(parts: readonly Formula[]): string {
  const positive = parts.filter((part) => !isNegative(part));
  const negative = parts.filter(isNegative).map(not);
  const clauses = [
    ...(positive.length > 0 ? [`if ${join(positive, 'and')}`] : []),
    ...(negative.length > 0 ? [`unless ${join(negative, 'or')}`] : []),
  ];
  return clauses.join(', ');
}

/** Whether a formula is easier said as what must not be: `not A`, and `not A or not B`, which is `unless A and B`. */
function isNegative(formula: Formula): boolean {
  switch (formula.kind) {
    case 'all':
    case 'any':
      return formula.of.every(isNegative);
    case 'not':
      // That a key is not absent is said as that it is present.
      return !(formula.of.kind === 'condition' && formula.of.operator === 'Null');
    default:
      return false;
  }
}

function phrase(formula: Formula): string {
  switch (formula.kind) {
    case 'true':
      return 'anything';
    case 'false':
      return 'nothing';
    case 'all':
      return join(formula.of, 'and');
    case 'any':
      return join(formula.of, 'or');
    case 'not':
      return describeAtom(formula.of, false);
    default:
      return describeAtom(formula, true);
  }
}

/** Parts of the other kind in brackets: they stand beside others, or beside another clause. */
function join(parts: readonly Formula[], word: 'and' | 'or'): string {
  const inner = word === 'and' ? 'any' : 'all';
  const phrases = parts
    .slice(0, PARTS_SHOWN_MAX)
    .map((part) => (part.kind === inner ? `(${phrase(part)})` : phrase(part)));
  return listed(phrases, parts.length, word);
}

function listed(shown: readonly string[], count: number, word: string): string {
  const hidden = count - shown.length;
  return [...shown, ...(hidden > 0 ? [`${hidden} more`] : [])].join(` ${word} `);
}

/** What follows `is` or `is not`. */
const VERBS: Readonly<Record<string, string>> = {
  StringEquals: '',
  StringEqualsIgnoreCase: ' (in any case)',
  StringLike: ' like',
  NumericEquals: '',
  NumericLessThan: ' below',
  NumericLessThanEquals: ' at most',
  NumericGreaterThan: ' above',
  NumericGreaterThanEquals: ' at least',
  DateEquals: '',
  DateLessThan: ' before',
  DateLessThanEquals: ' at or before',
  DateGreaterThan: ' after',
  DateGreaterThanEquals: ' at or after',
  Bool: '',
  BinaryEquals: '',
  IpAddress: ' in',
  ArnEquals: ' like',
  ArnLike: ' like',
};

function describeAtom(atom: Atom, holds: boolean): string {
  switch (atom.kind) {
    case 'unreadable':
      return describeUnread(visible(atom.place), holds);
    case 'resource':
      return `${shown(atom.resource)} ${holds ? 'matches' : 'does not match'} ${shown(atom.pattern)}`;
    case 'condition':
      return describeCondition(atom, holds);
  }
}

function describeCondition(atom: Extract<Atom, { readonly kind: 'condition' }>, holds: boolean): string {
  const key = shown(atom.key);
  if (atom.operator === 'Null') {
    return `${key} is ${holds ? 'absent' : 'present'}`;
  }
  const [operator = '', setPrefix] = atom.operator.split(':').toReversed();
  const verb = VERBS[operator];
  const is = verb === undefined ? visible(operator) : `is${verb}`;
  const values = listed(atom.values.slice(0, VALUES_SHOWN_MAX).map(shown), atom.values.length, 'or');
  switch (setPrefix) {
    case 'ForAllValues':
      return `${holds ? 'every' : 'not every'} value of ${key} ${is} ${values}`;
    case 'ForAnyValue':
      return `${holds ? 'a' : 'no'} value of ${key} ${is} ${values}`;
    default:
      return `${key} ${holds ? is : verb === undefined ? `not ${is}` : `is not${verb}`} ${values}`;
  }
}

/** `policies of X (Allow statements)`, as a whole document or side that was not read is named, or a part of one. */
function describeUnread(place: string, holds: boolean): string {
  for (const [suffix, verb] of [
    [' (Allow statements)', 'allow'],
    [' (Deny statements)', 'deny'],
  ] as const) {
    if (place.endsWith(suffix)) {
      return `${place.slice(0, -suffix.length)}, which could not be read, ${holds ? '' : 'do not '}${verb} it`;
    }
  }
  return `${place}, which could not be read, ${holds ? 'applies' : 'does not apply'}`;
}

/** A value or a name as it stands; in quotes where it is empty or has characters that a sentence could run into. */
function shown(text: string): string {
  const cut = text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX)}...` : text;
  return cut !== '' && !/[\s"'`,;()\\]/.test(cut) && visible(cut) === cut
    ? cut
    : `"${visible(cut.replaceAll(/["\\]/g, String.raw`\$&`))}"`;
}

/** Control characters, and those that reorder or hide others, as `\u{202e}`. */
function visible(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
