import type { NormalizedSchema } from '@smithy/core/schema';

/*
 * These writers follow the schemas of the SDK but not its serializers, so that client and fake do not share a bug.
 * A member that the schema does not know is left out; a time may be a Date or its ISO text.
 */

/** Writes an awsJson answer; times go out as seconds since the epoch. */
export function encodeJson(schema: NormalizedSchema, value: unknown): unknown {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (schema.isTimestampSchema()) {
    return asDate(value).getTime() / 1000;
  }
  if (schema.isListSchema()) {
    return asList(value).map((item) => encodeJson(schema.getValueSchema(), item));
  }
  if (schema.isStructSchema()) {
    return Object.fromEntries(
      membersOf(schema, value).map(([name, member, given]) => [name, encodeJson(member, given)]),
    );
  }
  return value;
}

/** Writes the inside of an awsQuery answer. Lists hold `member` elements. */
export function encodeXml(schema: NormalizedSchema, value: unknown): string {
  if (schema.isTimestampSchema()) {
    return asDate(value).toISOString();
  }
  if (schema.isListSchema()) {
    return asList(value)
      .map((item) => `<member>${encodeXml(schema.getValueSchema(), item)}</member>`)
      .join('');
  }
  if (schema.isStructSchema()) {
    return membersOf(schema, value)
      .map(([name, member, given]) => `<${name}>${encodeXml(member, given)}</${name}>`)
      .join('');
  }
  return escapeXml(String(value));
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;');
}

function membersOf(
  schema: NormalizedSchema,
  value: unknown,
): readonly (readonly [string, NormalizedSchema, unknown])[] {
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(
      `the snapshot holds ${JSON.stringify(value)} where the answer has ${schema.getName() ?? 'a structure'}`,
    );
  }
  const members: (readonly [string, NormalizedSchema, unknown])[] = [];
  for (const [name, member] of schema.structIterator()) {
    const given: unknown = Reflect.get(value, name);
    if (given !== undefined && given !== null) {
      members.push([name, member, given]);
    }
  }
  return members;
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`the snapshot holds ${JSON.stringify(value)} where the answer has a list`);
  }
  return value;
}

function asDate(value: unknown): Date {
  const date = value instanceof Date ? value : new Date(String(value));
  if (Number.isNaN(date.getTime())) {
    throw new TypeError(`the snapshot holds ${JSON.stringify(value)} where the answer has a time`);
  }
  return date;
}
