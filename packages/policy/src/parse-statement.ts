import type {
  ActionElement,
  ActionPattern,
  DocumentKind,
  PrincipalElement,
  ResourceElement,
  ResourcePattern,
  Statement,
  Version,
} from './document.ts';
import { parseConditions } from './parse-condition.ts';
import { parsePrincipal } from './parse-principal.ts';
import type { Place } from './place.ts';
import { describeValue, type Problem, type Readable, readable } from './problem.ts';
import { isObject, parseTexts } from './shape.ts';
import { parseTemplate, type Template } from './template.ts';

export interface ParseContext {
  readonly kind: DocumentKind;
  readonly version: Version;
}

const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

const ELEMENT_LIST = [...ELEMENTS].map((element) => `\`${element}\``).join(', ');

/** Reads one statement; what cannot be read stays in its place as a problem. */
export function parseStatement(input: unknown, index: number, place: Place, context: ParseContext): Statement {
  if (!isObject(input)) {
    return brokenStatement(index, place.problem(`is ${describeValue(input)}: expected an object`), context);
  }
  const sid = typeof input['Sid'] === 'string' ? input['Sid'] : null;
  return {
    sid,
    index,
    effect: parseEffect(input['Effect'], place.member('Effect')),
    principal: parsePrincipalOf(input, place, context),
    action: parseAction(input, place),
    resource: parseResource(input, place, context),
    conditions: parseConditions(input['Condition'], place.member('Condition'), context.version),
    strayElements: strayElements(input, place),
    warnings: warningsOf(input, place),
  };
}

function brokenStatement(index: number, problem: Problem, context: ParseContext): Statement {
  const broken: Readable<never> = { kind: 'unreadable', problem };
  return {
    sid: null,
    index,
    effect: broken,
    principal: context.kind === 'resource' ? broken : null,
    action: broken,
    resource: null,
    conditions: [],
    strayElements: [],
    warnings: [],
  };
}

function strayElements(input: Readonly<Record<string, unknown>>, place: Place): Problem[] {
  const stray: Problem[] = Object.keys(input)
    .filter((name) => !ELEMENTS.has(name))
    .map((name) => place.member(name).problem(`is no element of a statement: expected one of ${ELEMENT_LIST}`, 'name'));
  // It would let in everybody who is not listed, the anonymous too; AWS does not support it.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (input['NotPrincipal'] !== undefined && input['Effect'] === 'Allow') {
    stray.push(place.member('NotPrincipal').problem('stands beside `Allow`: expected `Deny`', 'name'));
  }
  if (input['Sid'] !== undefined && typeof input['Sid'] !== 'string') {
    stray.push(place.member('Sid').problem(`is ${describeValue(input['Sid'])}: expected text`));
  }
  return stray;
}

function parseEffect(effect: unknown, place: Place): Readable<'Allow' | 'Deny'> {
  if (effect === 'Allow' || effect === 'Deny') {
    return readable(effect);
  }
  return place.unreadable(
    effect === undefined
      ? 'is missing: expected `Allow` or `Deny`'
      : `is ${describeValue(effect)}: expected \`Allow\` or \`Deny\``,
  );
}

function parsePrincipalOf(
  input: Readonly<Record<string, unknown>>,
  place: Place,
  context: ParseContext,
): Readable<PrincipalElement> | null {
  const element = oneOf(input, 'Principal', 'NotPrincipal', place);
  if (element === null) {
    return context.kind === 'identity'
      ? null
      : place.member('Principal').unreadable('is missing: expected the principals that this resource policy is about');
  }
  if (element.kind === 'unreadable') {
    return element;
  }
  if (context.kind === 'identity') {
    return place.member(element.value.name).unreadable('stands in a policy without principals: expected none', 'name');
  }
  const { name, isNegated, value } = element.value;
  return parsePrincipal(value, isNegated, place.member(name));
}

function parseAction(input: Readonly<Record<string, unknown>>, place: Place): Readable<ActionElement> {
  const element = oneOf(input, 'Action', 'NotAction', place);
  if (element === null) {
    return place.member('Action').unreadable('is missing: expected an action such as `ecr:BatchGetImage`');
  }
  if (element.kind === 'unreadable') {
    return element;
  }
  return parsePatterns(element.value, place, parseActionPattern);
}

const ACTION_SYNTAX = { wildcards: true, variables: false };

/**
 * The part before the colon is literal, the name takes `*` and `?`; both are case-insensitive.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
function parseActionPattern(text: string, place: Place): Readable<ActionPattern> {
  const colon = text.indexOf(':');
  // `*:*` is another way to write `*`: every action of every service.
  const isEverything = text === '*' || text === '*:*';
  const prefix = colon === -1 || isEverything ? null : text.slice(0, colon).toLowerCase();
  if (prefix === null && !isEverything) {
    return place.unreadable(`holds ${describeValue(text)}: expected \`service:Action\` or \`*\``);
  }
  const name = place.located(parseTemplate(text.slice(colon + 1).toLowerCase(), ACTION_SYNTAX, place.name));
  return name.kind === 'unreadable' ? name : readable({ prefix, name: name.value });
}

function parseResource(
  input: Readonly<Record<string, unknown>>,
  place: Place,
  context: ParseContext,
): Readable<ResourceElement> | null {
  const element = oneOf(input, 'Resource', 'NotResource', place);
  if (element === null) {
    // A repository policy without Resource is about its repository, as AWS's own examples show.
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
    return context.kind === 'resource'
      ? null
      : place.member('Resource').unreadable('is missing: expected a resource ARN or `*`');
  }
  if (element.kind === 'unreadable') {
    return element;
  }
  return parsePatterns(element.value, place, (text, at) => parseResourcePattern(text, at, context.version));
}

const ARN_COLONS = 5;

/**
 * Variables stand only in the resource part, after the fifth colon; the service takes no wildcard.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function parseResourcePattern(text: string, place: Place, version: Version): Readable<ResourcePattern> {
  const segments = text.split(':');
  const isShort = text !== '*' && segments.length <= ARN_COLONS;
  const isWild = /^\*+$/.test(text);
  if (!isWild && segments[0] !== 'arn') {
    return place.unreadable(`holds ${describeValue(text)}: expected an ARN or \`*\``);
  }
  const service = isWild ? null : literalService(segments);
  const head = isShort || isWild ? '' : `${segments.slice(0, ARN_COLONS).join(':')}:`;
  if (service !== null && isShort) {
    return readable({ text, template: [{ kind: 'text', text }], isShort });
  }
  const headTemplate = parseHead(head, service, place);
  if (headTemplate.kind === 'unreadable') {
    return headTemplate;
  }
  const variables = version === '2012-10-17' && !isShort && !isWild;
  const syntax = { wildcards: true, variables };
  const tail = place.located(parseTemplate(text.slice(head.length), syntax, place.name));
  if (tail.kind === 'unreadable') {
    return tail;
  }
  return readable({ text, template: [...headTemplate.value, ...tail.value], isShort });
}

/** The service segment where it has wildcards, which are characters like any other there; null elsewhere. */
function literalService(segments: readonly string[]): string | null {
  const service = segments[2] ?? '';
  return /[*?]/.test(service) ? service : null;
}

function parseHead(head: string, service: string | null, place: Place): Readable<Template> {
  const syntax = { wildcards: true, variables: false };
  if (service === null) {
    return place.located(parseTemplate(head, syntax, place.name));
  }
  const [arn = '', partition = '', , ...rest] = head.split(':');
  const before = parseTemplate(`${arn}:${partition}:`, syntax, place.name);
  const after = parseTemplate(`:${rest.join(':')}`, syntax, place.name);
  return before.kind === 'unreadable' || after.kind === 'unreadable'
    ? place.unreadable('is no ARN')
    : readable([...before.value, { kind: 'text', text: service }, ...after.value]);
}

/** What is written as if it were a pattern, in places where it is not one. */
function warningsOf(input: Readonly<Record<string, unknown>>, place: Place): Problem[] {
  const warn = (names: readonly string[], isWarned: (text: string) => boolean, expectation: string): Problem[] =>
    names.flatMap((name) => {
      const value = input[name];
      const list: readonly unknown[] = Array.isArray(value) ? value : [value];
      return list.flatMap((text, index) =>
        typeof text === 'string' && isWarned(text)
          ? [
              place
                .member(name)
                .value(value, index)
                .problem(`holds ${describeValue(text)}, which matches nothing: expected ${expectation}`),
            ]
          : [],
      );
    });
  return [
    ...warn(['Action', 'NotAction'], hasWildPrefix, 'a service prefix without wildcards'),
    ...warn(['Resource', 'NotResource'], hasWildService, 'a service without wildcards'),
  ];
}

function hasWildPrefix(action: string): boolean {
  const colon = action.indexOf(':');
  return colon !== -1 && action !== '*:*' && /[*?]/.test(action.slice(0, colon));
}

function hasWildService(resource: string): boolean {
  return resource.startsWith('arn:') && literalService(resource.split(':')) !== null;
}

interface Element {
  readonly name: string;
  readonly isNegated: boolean;
  readonly value: unknown;
}

/** One text or several, each read as a pattern; the first that cannot be read makes the element unreadable. */
function parsePatterns<Pattern>(
  { name, isNegated, value }: Element,
  place: Place,
  parse: (text: string, place: Place) => Readable<Pattern>,
): Readable<{ readonly isNegated: boolean; readonly patterns: readonly Pattern[] }> {
  const elementPlace = place.member(name);
  const texts = parseTexts(value, elementPlace);
  if (texts.kind === 'unreadable') {
    return texts;
  }
  const patterns: Pattern[] = [];
  for (const [index, text] of texts.value.entries()) {
    const pattern = parse(text, elementPlace.value(value, index));
    if (pattern.kind === 'unreadable') {
      return pattern;
    }
    patterns.push(pattern.value);
  }
  return readable({ isNegated, patterns });
}

/** The element or its opposite; both at once are a problem, neither is null. */
function oneOf(
  input: Readonly<Record<string, unknown>>,
  name: string,
  opposite: string,
  place: Place,
): Readable<Element> | null {
  const has = input[name] !== undefined;
  const hasOpposite = input[opposite] !== undefined;
  if (has && hasOpposite) {
    return place.member(opposite).unreadable(`stands beside \`${name}\`: expected only one of the two`, 'name');
  }
  if (!has && !hasOpposite) {
    return null;
  }
  return readable({ name: has ? name : opposite, isNegated: hasOpposite, value: has ? input[name] : input[opposite] });
}
