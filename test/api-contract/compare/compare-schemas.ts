import { isRecord, type Json, type Side } from './side.ts';

/** Who writes what the schema describes: a caller, or the service. What one of them may leave out, the other must bear. */
export type Direction = 'asked' | 'answered';

interface Pair {
  readonly before: unknown;
  readonly after: unknown;
}

/** What changed between two schemas so that a caller who knows the first would be refused, or would misread. */
export function breakingChanges(
  { before, after }: Pair,
  context: { readonly sides: readonly [Side, Side]; readonly direction: Direction; readonly at: string },
): string[] {
  return compare({ before, after }, context.at, { ...context, seen: new Set() });
}

interface Context {
  readonly sides: readonly [Side, Side];
  readonly direction: Direction;
  readonly seen: Set<string>;
}

function compare(pair: Pair, at: string, context: Context): string[] {
  // Named schemas hold themselves: each pair of names is compared once.
  const names = [pair.before, pair.after].map((each) => (isRecord(each) ? each['$ref'] : undefined));
  if (names.some((name) => typeof name === 'string')) {
    const key = JSON.stringify([names, names.includes(undefined) ? at : '']);
    if (context.seen.has(key)) {
      return [];
    }
    context.seen.add(key);
  }
  const [was, is] = [withoutNull(pair.before, context.sides[0]), withoutNull(pair.after, context.sides[1])];
  const nulls = nullChanges(was.isNullable, is.isNullable, at, context.direction);
  if (was.isReference || is.isReference) {
    return [...nulls, ...compare({ before: was.schema, after: is.schema }, at, context)];
  }
  const [before, after] = [was.schema, is.schema];
  const found = typeChanges(before, after, at, context.direction);
  return found.length > 0
    ? [...nulls, ...found]
    : [
        ...nulls,
        ...wordChanges(before, after, at, context.direction),
        ...limitChanges(before, after, at, context.direction),
        ...fieldChanges(before, after, at, context),
        ...itemChanges(before, after, at, context),
        ...unionChanges(before, after, at, context),
      ];
}

interface WithoutNull {
  readonly schema: Json;
  readonly isNullable: boolean;
  /** Whether it names another schema, which has to be looked at in its turn. */
  readonly isReference: boolean;
}

/** That null is taken is written in several ways that mean the same: as one of the types, as a member of a union, by a name. */
function withoutNull(given: unknown, side: Side): WithoutNull {
  const schema = side.resolve(given);
  const { type, anyOf, oneOf, ...rest } = schema;
  if (Array.isArray(type) && type.includes('null')) {
    const types: readonly unknown[] = type.filter((each) => each !== 'null');
    return { schema: { ...rest, type: types.length === 1 ? types[0] : types }, isNullable: true, isReference: false };
  }
  const members: readonly unknown[] = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [];
  const others = members.filter((member) => !isNull(member));
  const isNullable = others.length < members.length;
  const [only] = others;
  if (others.length === 1 && isRecord(only)) {
    return { schema: only, isNullable, isReference: true };
  }
  return { schema: isNullable ? { ...rest, anyOf: others } : schema, isNullable, isReference: false };
}

function isNull(schema: unknown): boolean {
  return isRecord(schema) && schema['type'] === 'null';
}

function nullChanges(was: boolean, is: boolean, at: string, direction: Direction): string[] {
  if (was === is) {
    return [];
  }
  return direction === 'asked'
    ? was
      ? [`${at}: null was taken, and is refused`]
      : []
    : is
      ? [`${at}: may be null now`]
      : [];
}

function typeChanges(before: Json, after: Json, at: string, direction: Direction): string[] {
  const [was, is] = [typesOf(before), typesOf(after)];
  const missing = was.filter((type) => !is.includes(type) && !(type === 'integer' && is.includes('number')));
  const more = is.filter((type) => !was.includes(type) && !(type === 'integer' && was.includes('number')));
  const shown = `${at}: type was ${was.join(' or ') || 'anything'} and is ${is.join(' or ') || 'anything'}`;
  if (was.length === 0 || is.length === 0) {
    const isNarrower = was.length === 0 && is.length > 0;
    const isWider = is.length === 0 && was.length > 0;
    return (direction === 'asked' ? isNarrower : isWider) ? [shown] : [];
  }
  return (direction === 'asked' ? missing : more).length > 0 || (missing.length > 0 && missing.length === was.length)
    ? [shown]
    : [];
}

/** The types that a schema names; that of a union are those of its members, which are compared by themselves. */
function typesOf({ type, anyOf, oneOf }: Json): readonly string[] {
  if (anyOf !== undefined || oneOf !== undefined) {
    return ['union'];
  }
  return Array.isArray(type) ? type.map(String).toSorted() : typeof type === 'string' ? [type] : [];
}

function wordsOf(schema: Json): readonly string[] | null {
  const { enum: words, const: constant } = schema;
  return Array.isArray(words)
    ? words.map((word) => JSON.stringify(word))
    : constant === undefined
      ? null
      : [JSON.stringify(constant)];
}

function wordChanges(before: Json, after: Json, at: string, direction: Direction): string[] {
  const [was, is] = [wordsOf(before), wordsOf(after)];
  if (was === null) {
    return is === null || direction === 'answered' ? [] : [`${at}: any value was taken, and only ${is.join(', ')} is`];
  }
  if (is === null) {
    return direction === 'asked' ? [] : [`${at}: was one of ${was.join(', ')}, and may be anything`];
  }
  // A word that goes breaks whoever sends it, and whoever waits for it. One that comes does not: programs are told to expect it.
  return was.filter((word) => !is.includes(word)).map((word) => `${at}: ${word} is gone`);
}

const upperLimits = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const lowerLimits = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const forms = ['pattern', 'format', 'uniqueItems'];

function limitChanges(before: Json, after: Json, at: string, direction: Direction): string[] {
  if (direction === 'answered') {
    // Whoever reads a time in a text must go on to find one there.
    const was = before['format'];
    return was !== undefined && was !== after['format']
      ? [`${at}: format was ${JSON.stringify(was)} and is ${JSON.stringify(after['format'])}`]
      : [];
  }
  const isNarrower = (limit: string, sign: 1 | -1): boolean => {
    const [was, is] = [before[limit], after[limit]];
    return typeof is === 'number' && (typeof was !== 'number' || (is - was) * sign < 0);
  };
  return [
    ...upperLimits.filter((limit) => isNarrower(limit, 1)),
    ...lowerLimits.filter((limit) => isNarrower(limit, -1)),
    ...forms.filter((form) => after[form] !== undefined && after[form] !== false && before[form] !== after[form]),
  ].map((limit) => `${at}: ${limit} was ${String(before[limit])} and is ${String(after[limit])}`);
}

function fieldChanges(before: Json, after: Json, at: string, context: Context): string[] {
  const [was, is] = [before, after].map((schema) => (isRecord(schema['properties']) ? schema['properties'] : {}));
  const [neededBefore, neededNow] = [before, after].map(({ required }) =>
    Array.isArray(required) ? required.map(String) : [],
  );
  const found: string[] = [];
  for (const [name, field] of Object.entries(was ?? {})) {
    const now = is?.[name];
    found.push(
      ...(now === undefined
        ? [`${at}.${name}: is gone`]
        : compare({ before: field, after: now }, `${at}.${name}`, context)),
    );
  }
  const [needed, sentence] =
    context.direction === 'asked'
      ? [neededNow?.filter((name) => !neededBefore?.includes(name)), 'is required now']
      : [neededBefore?.filter((name) => !neededNow?.includes(name) && is?.[name] !== undefined), 'may be absent now'];
  found.push(...(needed ?? []).map((name) => `${at}.${name}: ${sentence}`));
  if (context.direction === 'asked' && isClosed(after) && !isClosed(before)) {
    found.push(`${at}: other fields were taken, and are refused`);
  }
  if (isRecord(before['additionalProperties']) && isRecord(after['additionalProperties'])) {
    const values = { before: before['additionalProperties'], after: after['additionalProperties'] };
    found.push(...compare(values, `${at}.*`, context));
  }
  return found;
}

function itemChanges(before: Json, after: Json, at: string, context: Context): string[] {
  return before['items'] === undefined || after['items'] === undefined
    ? []
    : compare({ before: before['items'], after: after['items'] }, `${at}[]`, context);
}

/** Members of a union belong together by their name, by the word that tells them apart, or else by their place. */
function unionChanges(before: Json, after: Json, at: string, context: Context): string[] {
  const [was, is] = [membersOf(before, context.sides[0]), membersOf(after, context.sides[1])];
  const found: string[] = [];
  for (const [key, member] of was) {
    const now = is.get(key);
    found.push(
      ...(now === undefined
        ? [`${at}: ${key} is gone`]
        : compare({ before: member, after: now }, `${at}<${key}>`, context)),
    );
  }
  return found;
}

function membersOf({ anyOf, oneOf }: Json, side: Side): ReadonlyMap<string, unknown> {
  const members: readonly unknown[] = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : [];
  return new Map(members.map((member, index) => [keyOf(member, side) ?? `member ${index}`, member]));
}

function keyOf(member: unknown, side: Side): string | null {
  if (isRecord(member) && typeof member['$ref'] === 'string') {
    return member['$ref'].split('/').at(-1) ?? null;
  }
  const { properties, type } = side.resolve(member);
  const kind: unknown = isRecord(properties) ? properties['kind'] : undefined;
  const words = isRecord(kind) ? wordsOf(kind) : null;
  return words === null
    ? isRecord(properties)
      ? Object.keys(properties).toSorted().join('+')
      : typeof type === 'string'
        ? type
        : null
    : words.join('|');
}

function isClosed(schema: Json): boolean {
  return schema['additionalProperties'] === false;
}
