import type { NormalizedSchema } from '@smithy/core/schema';

/** Reads an awsQuery request (`Filter.member.1=Role`) into the value that its schema describes. */
export function decodeQuery(schema: NormalizedSchema, form: URLSearchParams): unknown {
  return decodeMember(schema, form, '');
}

function decodeMember(schema: NormalizedSchema, form: URLSearchParams, prefix: string): unknown {
  if (schema.isStructSchema()) {
    const result: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      if (isGiven(form, path)) {
        result[name] = decodeMember(member, form, path);
      }
    }
    return result;
  }
  if (schema.isListSchema()) {
    const items: unknown[] = [];
    for (let index = 1; isGiven(form, `${prefix}.member.${index}`); index += 1) {
      items.push(decodeMember(schema.getValueSchema(), form, `${prefix}.member.${index}`));
    }
    return items;
  }
  const text = form.get(prefix) ?? '';
  if (schema.isNumericSchema()) {
    return Number(text);
  }
  if (schema.isBooleanSchema()) {
    return text === 'true';
  }
  return schema.isTimestampSchema() ? new Date(text) : text;
}

function isGiven(form: URLSearchParams, path: string): boolean {
  return [...form.keys()].some((key) => key === path || key.startsWith(`${path}.`));
}

/** Reads an awsJson request; times come as seconds since the epoch. */
export function decodeJson(schema: NormalizedSchema, value: unknown): unknown {
  if (schema.isTimestampSchema() && typeof value === 'number') {
    return new Date(value * 1000);
  }
  if (schema.isListSchema() && Array.isArray(value)) {
    return value.map((item) => decodeJson(schema.getValueSchema(), item));
  }
  if (schema.isStructSchema() && typeof value === 'object' && value !== null) {
    const result: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const given: unknown = Reflect.get(value, name);
      if (given !== undefined && given !== null) {
        result[name] = decodeJson(member, given);
      }
    }
    return result;
  }
  return value;
}
