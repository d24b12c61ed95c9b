/** An object of which nothing is known. */
export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One of two documents that are compared. */
export interface Side {
  /** A schema with its reference followed; an empty one, which takes anything, where there is none. */
  resolve(schema: unknown): Json;
}

const prefix = '#/components/schemas/';

export function sideOf(document: { readonly components: { readonly schemas: Json } }): Side {
  const resolve = (schema: unknown): Json => {
    if (!isRecord(schema)) {
      return {};
    }
    const { $ref } = schema;
    return typeof $ref === 'string' ? resolve(document.components.schemas[$ref.slice(prefix.length)]) : schema;
  };
  return { resolve };
}
