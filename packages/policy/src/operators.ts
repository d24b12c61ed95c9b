import { type IpRange, parseIpRange, rangeContains } from './ip.ts';
import { matchTemplate, type Tri } from './glob.ts';
import { parseTime } from './time.ts';
import { type Template, type Token, templateText } from './template.ts';

/** The operators without `Not`, `IfExists` and set prefixes; a negated operator is its opposite. */
export type BaseOperator =
  | 'StringEquals'
  | 'StringEqualsIgnoreCase'
  | 'StringLike'
  | OrderedOperator
  | 'Bool'
  | 'BinaryEquals'
  | 'IpAddress'
  | 'ArnEquals'
  | 'ArnLike'
  | 'Null';

/** Operators that compare numbers or points in time. */
type OrderedOperator =
  | 'NumericEquals'
  | 'NumericLessThan'
  | 'NumericLessThanEquals'
  | 'NumericGreaterThan'
  | 'NumericGreaterThanEquals'
  | 'DateEquals'
  | 'DateLessThan'
  | 'DateLessThanEquals'
  | 'DateGreaterThan'
  | 'DateGreaterThanEquals';

export interface Operator {
  readonly base: BaseOperator;
  readonly isNegated: boolean;
}

/**
 * The 27 condition operators, by name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { base: 'StringEquals', isNegated: false },
  StringNotEquals: { base: 'StringEquals', isNegated: true },
  StringEqualsIgnoreCase: { base: 'StringEqualsIgnoreCase', isNegated: false },
  StringNotEqualsIgnoreCase: { base: 'StringEqualsIgnoreCase', isNegated: true },
  StringLike: { base: 'StringLike', isNegated: false },
  StringNotLike: { base: 'StringLike', isNegated: true },
  NumericEquals: { base: 'NumericEquals', isNegated: false },
  NumericNotEquals: { base: 'NumericEquals', isNegated: true },
  NumericLessThan: { base: 'NumericLessThan', isNegated: false },
  NumericLessThanEquals: { base: 'NumericLessThanEquals', isNegated: false },
  NumericGreaterThan: { base: 'NumericGreaterThan', isNegated: false },
  NumericGreaterThanEquals: { base: 'NumericGreaterThanEquals', isNegated: false },
  DateEquals: { base: 'DateEquals', isNegated: false },
  DateNotEquals: { base: 'DateEquals', isNegated: true },
  DateLessThan: { base: 'DateLessThan', isNegated: false },
  DateLessThanEquals: { base: 'DateLessThanEquals', isNegated: false },
  DateGreaterThan: { base: 'DateGreaterThan', isNegated: false },
  DateGreaterThanEquals: { base: 'DateGreaterThanEquals', isNegated: false },
  Bool: { base: 'Bool', isNegated: false },
  BinaryEquals: { base: 'BinaryEquals', isNegated: false },
  IpAddress: { base: 'IpAddress', isNegated: false },
  NotIpAddress: { base: 'IpAddress', isNegated: true },
  ArnEquals: { base: 'ArnEquals', isNegated: false },
  ArnLike: { base: 'ArnLike', isNegated: false },
  ArnNotEquals: { base: 'ArnEquals', isNegated: true },
  ArnNotLike: { base: 'ArnLike', isNegated: true },
  Null: { base: 'Null', isNegated: false },
};

/** String and ARN operators take policy variables in their values; only the `Like` and ARN ones take wildcards. */
export function operatorSyntax(base: BaseOperator): { readonly wildcards: boolean; readonly variables: boolean } {
  const wildcards = base === 'StringLike' || base === 'ArnEquals' || base === 'ArnLike';
  return { wildcards, variables: wildcards || base === 'StringEquals' || base === 'StringEqualsIgnoreCase' };
}

/**
 * Whether one value of the request matches one value of the policy.
 *
 * A request value of the wrong form (no number, no address) matches nothing.
 */
export function matchValue(base: BaseOperator, value: string, wanted: Template): Tri {
  switch (base) {
    case 'StringEquals':
    case 'StringLike':
      return matchTemplate(wanted, value);
    case 'StringEqualsIgnoreCase':
      return matchTemplate(lowerCase(wanted), value.toLowerCase());
    // ArnEquals and ArnLike behave identically.
    case 'ArnEquals':
    case 'ArnLike':
      return matchArn(wanted, value);
    case 'Bool':
      return yesOrNo(value.toLowerCase() === templateText(wanted).toLowerCase());
    case 'BinaryEquals':
      return yesOrNo(value === templateText(wanted));
    case 'IpAddress':
      return matchIp(templateText(wanted), value);
    case 'Null':
      return 'no';
    default:
      return matchOrdered(base, value, templateText(wanted));
  }
}

/** What makes a value of the policy unreadable for its operator, or null where it is well formed. */
export function valueExpectation(base: BaseOperator, text: string): string | null {
  switch (base) {
    case 'Bool':
    case 'Null':
      return isBoolean(text) ? null : '`true` or `false`';
    case 'IpAddress':
      return parseIpRange(text) === null ? 'an IP address or a CIDR range such as `10.0.0.0/8`' : null;
    case 'BinaryEquals':
      return isBase64(text) ? null : 'base64 text';
    default:
      if (base.startsWith('Numeric')) {
        return parseNumber(text) === null ? 'a number' : null;
      }
      if (base.startsWith('Date')) {
        return parseTime(text) === null ? 'an ISO 8601 date or seconds since 1970' : null;
      }
      return null;
  }
}

function yesOrNo(holds: boolean): Tri {
  return holds ? 'yes' : 'no';
}

export function lowerCase(template: Template): Template {
  return template.map((token) => (token.kind === 'text' ? { kind: 'text', text: token.text.toLowerCase() } : token));
}

const ARN_SEGMENTS = 6;

/**
 * Each of the six segments of an ARN is compared by itself, so `*` never runs over a colon.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
function matchArn(wanted: Template, value: string): Tri {
  const [only] = wanted;
  if (wanted.length === 1 && only?.kind === 'star') {
    return yesOrNo(value.split(':').length >= ARN_SEGMENTS);
  }
  if (wanted.length === 1 && only?.kind === 'variable') {
    return 'maybe';
  }
  // Up to the first wildcard both have to be spelled alike, colons and all: most comparisons end here.
  if (only?.kind === 'text' && !value.startsWith(only.text)) {
    return 'no';
  }
  const patterns = splitSegments(wanted);
  const segments = splitAtColons(value);
  if (patterns.length !== ARN_SEGMENTS || segments.length !== ARN_SEGMENTS) {
    return 'no';
  }
  let result: Tri = 'yes';
  for (const [index, pattern] of patterns.entries()) {
    const match = matchTemplate(pattern, segments[index] ?? '');
    if (match === 'no') {
      return 'no';
    }
    if (match === 'maybe') {
      result = 'maybe';
    }
  }
  return result;
}

function splitAtColons(text: string): string[] {
  const parts = text.split(':');
  return [
    ...parts.slice(0, ARN_SEGMENTS - 1),
    ...(parts.length < ARN_SEGMENTS ? [] : [parts.slice(ARN_SEGMENTS - 1).join(':')]),
  ];
}

/** The six templates between the first five colons; fewer where the value has fewer. Each is taken apart once. */
function splitSegments(template: Template): readonly Template[] {
  const known = segmentsOf.get(template) ?? computeSegments(template);
  segmentsOf.set(template, known);
  return known;
}

const segmentsOf = new WeakMap<Template, readonly Template[]>();

function computeSegments(template: Template): Template[] {
  const segments: Token[][] = [[]];
  for (const token of template) {
    if (token.kind !== 'text') {
      segments.at(-1)?.push(token);
      continue;
    }
    let rest = token.text;
    while (segments.length < ARN_SEGMENTS && rest.includes(':')) {
      const colon = rest.indexOf(':');
      if (colon > 0) {
        segments.at(-1)?.push({ kind: 'text', text: rest.slice(0, colon) });
      }
      segments.push([]);
      rest = rest.slice(colon + 1);
    }
    if (rest !== '') {
      segments.at(-1)?.push({ kind: 'text', text: rest });
    }
  }
  return segments;
}

function matchIp(wanted: string, value: string): Tri {
  const range = parseIpRange(wanted);
  const address = parseIpRange(value);
  return yesOrNo(range !== null && address !== null && isSingle(address) && rangeContains(range, address));
}

function isSingle(range: IpRange): boolean {
  return range.prefixLength === range.bits;
}

function matchOrdered(base: OrderedOperator, value: string, wanted: string): Tri {
  const isDate = base.startsWith('Date');
  const parse = isDate ? parseTime : parseNumber;
  const left = parse(value);
  const right = parse(wanted);
  if (left === null || right === null) {
    return 'no';
  }
  return yesOrNo(compare(base, left, right));
}

function compare(operator: OrderedOperator, left: number, right: number): boolean {
  switch (operator) {
    case 'NumericEquals':
    case 'DateEquals':
      return left === right;
    case 'NumericLessThan':
    case 'DateLessThan':
      return left < right;
    case 'NumericLessThanEquals':
    case 'DateLessThanEquals':
      return left <= right;
    case 'NumericGreaterThan':
    case 'DateGreaterThan':
      return left > right;
    case 'NumericGreaterThanEquals':
    case 'DateGreaterThanEquals':
      return left >= right;
  }
}

function isBoolean(text: string): boolean {
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false';
}

/** A decimal number, as JSON writes it, with an optional sign. */
function parseNumber(text: string): number | null {
  if (!/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) {
    return null;
  }
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
