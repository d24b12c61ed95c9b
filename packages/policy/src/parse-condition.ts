import type { Condition, SetPrefix, Version } from './document.ts';
import { OPERATORS, operatorSyntax, valueExpectation } from './operators.ts';
import type { Place } from './place.ts';
import { describeValue, type Readable, readable } from './problem.ts';
import { isObject } from './shape.ts';
import { parseTemplate, type Template } from './template.ts';

const OPERATORS_BY_LOWER_NAME = new Map(
  Object.entries(OPERATORS).map(([name, operator]) => [name.toLowerCase(), operator]),
);

/** Reads the Condition element into one condition per operator and key; all of them must hold. */
export function parseConditions(input: unknown, place: Place, version: Version): readonly Readable<Condition>[] {
  if (input === undefined) {
    return [];
  }
  if (!isObject(input)) {
    return [place.unreadable(`is ${describeValue(input)}: expected an object of operators`)];
  }
  return Object.entries(input).flatMap(([operator, keys]): Readable<Condition>[] => {
    const operatorPlace = place.member(operator);
    if (!isObject(keys)) {
      return [operatorPlace.unreadable(`is ${describeValue(keys)}: expected an object of condition keys`)];
    }
    return Object.entries(keys).map(([key, values]) =>
      parseCondition(operator, key, values, {
        operator: operatorPlace,
        place: operatorPlace.member(key, KEY_LENGTH_MAX),
        version,
      }),
    );
  });
}

/** Keys of tags are longer than any other name in a policy. */
const KEY_LENGTH_MAX = 120;

interface ConditionPlace {
  /** Where the operator stands, whose name the problem of an unknown one is about. */
  readonly operator: Place;
  readonly place: Place;
  readonly version: Version;
}

function parseCondition(name: string, key: string, input: unknown, at: ConditionPlace): Readable<Condition> {
  const parsed = parseOperator(name);
  if (parsed === null) {
    const message = `has the operator ${describeValue(name)}: expected one of IAM's condition operators`;
    return { kind: 'unreadable', problem: { ...at.operator.problem(message, 'name'), place: at.place.name } };
  }
  if (key === '') {
    return at.place.unreadable('has an empty condition key: expected one such as `aws:SourceVpce`', 'name');
  }
  const values: Template[] = [];
  const list: readonly unknown[] = Array.isArray(input) ? input : [input];
  for (const [index, item] of list.entries()) {
    const value = parseValue(item, parsed.operator, { ...at, place: at.place.value(input, index) });
    if (value.kind === 'unreadable') {
      return value;
    }
    values.push(value.value);
  }
  return readable({ ...parsed, key, values });
}

/** JSON's numbers and booleans are read as the text that they print. */
function parseValue(input: unknown, operator: Condition['operator'], at: ConditionPlace): Readable<Template> {
  if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'boolean') {
    return at.place.unreadable(`holds ${describeValue(input)}: expected text, a number or a boolean`);
  }
  const text = String(input);
  const expectation = valueExpectation(operator, text);
  if (expectation !== null) {
    return at.place.unreadable(`holds ${describeValue(text)}: expected ${expectation}`);
  }
  const syntax = operatorSyntax(operator);
  const variables = syntax.variables && at.version === '2012-10-17';
  return at.place.located(parseTemplate(text, { wildcards: syntax.wildcards, variables }, at.place.name));
}

type ParsedOperator = Pick<Condition, 'operator' | 'isNegated' | 'ifExists' | 'setPrefix'>;

const SET_PREFIXES: readonly SetPrefix[] = ['ForAllValues', 'ForAnyValue'];
const IF_EXISTS = 'ifexists';

/** Operator names are read without regard to case, as IAM does. Null takes no IfExists. */
function parseOperator(name: string): ParsedOperator | null {
  let rest = name.toLowerCase();
  const setPrefix = SET_PREFIXES.find((prefix) => rest.startsWith(`${prefix.toLowerCase()}:`)) ?? null;
  if (setPrefix !== null) {
    rest = rest.slice(setPrefix.length + 1);
  }
  const ifExists = rest.endsWith(IF_EXISTS);
  if (ifExists) {
    rest = rest.slice(0, -IF_EXISTS.length);
  }
  const operator = OPERATORS_BY_LOWER_NAME.get(rest);
  if (operator === undefined || (operator.base === 'Null' && (ifExists || setPrefix !== null))) {
    return null;
  }
  return { operator: operator.base, isNegated: operator.isNegated, ifExists, setPrefix };
}
