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
import { describeValue, type Problem, type Readable, readable, unreadable } from './problem.ts';
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

/** Reads one statement; what cannot be read stays in its place as a problem. */
export function parseStatement(input: unknown, index: number, context: ParseContext): Statement {
  const place = `Statement[${index}]`;
  if (!isObject(input)) {
    return brokenStatement(index, { place, message: `is ${describeValue(input)}: expected an object` }, context);
  }
  const sid = typeof input['Sid'] === 'string' ? input['Sid'] : null;
  return {
    sid,
    index,
    effect: parseEffect(input['Effect'], `${place}.Effect`),
    principal: parsePrincipalOf(input, place, context),
    action: parseAction(input, place),
    resource: parseResource(input, place, context),
    conditions: parseConditions(input['Condition'], `${place}.Condition`, context.version),
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

function strayElements(input: Readonly<Record<string, unknown>>, place: string): Problem[] {
  const stray: Problem[] = Object.keys(input)
    .filter((name) => !ELEMENTS.has(name))
    .map((name) => ({
      place: `${place}.${name.slice(0, 60)}`,
      message: `is no element of a statement: expected one of ${[...ELEMENTS].map((element) => `\`${element}\``).join(', ')}`,
    }));
  // It would let in everybody who is not listed, the anonymous too; AWS does not support it.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (input['NotPrincipal'] !== undefined && input['Effect'] === 'Allow') {
    stray.push({ place: `${place}.NotPrincipal`, message: 'stands beside `Allow`: expected `Deny`' });
  }
  if (input['Sid'] !== undefined && typeof input['Sid'] !== 'string') {
    stray.push({ place: `${place}.Sid`, message: `is ${describeValue(input['Sid'])}: expected text` });
  }
  return stray;
}

function parseEffect(effect: unknown, place: string): Readable<'Allow' | 'Deny'> {
  if (effect === 'Allow' || effect === 'Deny') {
    return readable(effect);
  }
  return unreadable(
    place,
    effect === undefined
      ? 'is missing: expected `Allow` or `Deny`'
      : `is ${describeValue(effect)}: expected \`Allow\` or \`Deny\``,
  );
}

function parsePrincipalOf(
  input: Readonly<Record<string, unknown>>,
  place: string,
  context: ParseContext,
): Readable<PrincipalElement> | null {
  const element = oneOf(input, 'Principal', 'NotPrincipal', place);
  if (element === null) {
    return context.kind === 'identity'
      ? null
      : unreadable(`${place}.Principal`, 'is missing: expected the principals that this resource policy is about');
  }
  if (element.kind === 'unreadable') {
    return element;
  }
  if (context.kind === 'identity') {
    return unreadable(`${place}.${element.value.name}`, 'stands in a policy without principals: expected none');
  }
  const { name, isNegated, value } = element.value;
  return parsePrincipal(value, isNegated, `${place}.${name}`);
}

function parseAction(input: Readonly<Record<string, unknown>>, place: string): Readable<ActionElement> {
  const element = oneOf(input, 'Action', 'NotAction', place);
  if (element === null) {
    return unreadable(`${place}.Action`, 'is missing: expected an action such as `ecr:BatchGetImage`');
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
function parseActionPattern(text: string, place: string): Readable<ActionPattern> {
  const colon = text.indexOf(':');
  // `*:*` is another way to write `*`: every action of every service.
  const isEverything = text === '*' || text === '*:*';
  const prefix = colon === -1 || isEverything ? null : text.slice(0, colon).toLowerCase();
  if (prefix === null && !isEverything) {
    return unreadable(place, `holds ${describeValue(text)}: expected \`service:Action\` or \`*\``);
  }
  const name = parseTemplate(text.slice(colon + 1).toLowerCase(), ACTION_SYNTAX, place);
  return name.kind === 'unreadable' ? name : readable({ prefix, name: name.value });
}

function parseResource(
  input: Readonly<Record<string, unknown>>,
  place: string,
  context: ParseContext,
): Readable<ResourceElement> | null {
  const element = oneOf(input, 'Resource', 'NotResource', place);
  if (element === null) {
    // A repository policy without Resource is about its repository, as AWS's own examples show.
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
    return context.kind === 'resource'
      ? null
      : unreadable(`${place}.Resource`, 'is missing: expected a resource ARN or `*`');
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
function parseResourcePattern(text: string, place: string, version: Version): Readable<ResourcePattern> {
  const segments = text.split(':');
  const isShort = text !== '*' && segments.length <= ARN_COLONS;
  const isWild = /^\*+$/.test(text);
  if (!isWild && segments[0] !== 'arn') {
    return unreadable(place, `holds ${describeValue(text)}: expected an ARN or \`*\``);
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
  const tail = parseTemplate(text.slice(head.length), { wildcards: true, variables }, place);
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

function parseHead(head: string, service: string | null, place: string): Readable<Template> {
  const syntax = { wildcards: true, variables: false };
  if (service === null) {
    return parseTemplate(head, syntax, place);
  }
  const [arn = '', partition = '', , ...rest] = head.split(':');
  const before = parseTemplate(`${arn}:${partition}:`, syntax, place);
  const after = parseTemplate(`:${rest.join(':')}`, syntax, place);
  return before.kind === 'unreadable' || after.kind === 'unreadable'
    ? unreadable(place, 'is no ARN')
    : readable([...before.value, { kind: 'text', text: service }, ...after.value]);
}

/** What is written as if it were a pattern, in places where it is not one. */
function warningsOf(input: Readonly<Record<string, unknown>>, place: string): Problem[] {
  const texts = (name: string): string[] => {
    const value = input[name];
    return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
  };
  const actions = ['Action', 'NotAction'].flatMap((name) =>
    texts(name)
      .filter((text) => text !== '*:*' && /^[^:]*[*?][^:]*:/.test(text))
      .map((text) => ({
        place: `${place}.${name}`,
        message: `holds ${describeValue(text)}, which matches nothing: expected a service prefix without wildcards`,
      })),
  );
  const resources = ['Resource', 'NotResource'].flatMap((name) =>
    texts(name)
      .filter((text) => text.startsWith('arn:') && literalService(text.split(':')) !== null)
      .map((text) => ({
        place: `${place}.${name}`,
        message: `holds ${describeValue(text)}, which matches nothing: expected a service without wildcards`,
      })),
  );
  return [...actions, ...resources];
}

interface Element {
  readonly name: string;
  readonly isNegated: boolean;
  readonly value: unknown;
}

/** One text or several, each read as a pattern; the first that cannot be read makes the element unreadable. */
function parsePatterns<Pattern>(
  { name, isNegated, value }: Element,
  place: string,
  parse: (text: string, place: string) => Readable<Pattern>,
): Readable<{ readonly isNegated: boolean; readonly patterns: readonly Pattern[] }> {
  const texts = parseTexts(value, `${place}.${name}`);
  if (texts.kind === 'unreadable') {
    return texts;
  }
  const patterns: Pattern[] = [];
  for (const text of texts.value) {
    const pattern = parse(text, `${place}.${name}`);
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
  place: string,
): Readable<Element> | null {
  const has = input[name] !== undefined;
  const hasOpposite = input[opposite] !== undefined;
  if (has && hasOpposite) {
    return unreadable(`${place}.${opposite}`, `stands beside \`${name}\`: expected only one of the two`);
  }
  if (!has && !hasOpposite) {
    return null;
  }
  return readable({ name: has ? name : opposite, isNegated: hasOpposite, value: has ? input[name] : input[opposite] });
}
