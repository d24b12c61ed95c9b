import { z } from '@hono/zod-openapi';

/** A value of the entries of a list, by the path to it: `principal.arn`. */
export interface Column {
  readonly name: string;
  readonly path: readonly string[];
  /** How it is written into a cell of CSV, where that is not JSON. */
  readonly cell?: (value: unknown) => string;
}

/** The values of an entry in the order of its schema; what lies in an object has a column of its own. */
export function columnsOf(schema: z.ZodObject, within: readonly string[] = []): Column[] {
  return Object.entries(schema.shape).flatMap(([key, value]): Column[] => {
    const path = [...within, key];
    const inner = bare(value);
    return inner instanceof z.ZodObject ? columnsOf(inner, path) : [{ name: path.join('.'), path }];
  });
}

/** Without what says that it may be null or absent. */
function bare(schema: unknown): unknown {
  return schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}

/** What may be named in `fields`: columns, and the objects that hold some. */
export function fieldNames(columns: readonly Column[]): readonly string[] {
  return [...new Set(columns.flatMap(({ path }) => path.map((_, index) => path.slice(0, index + 1).join('.'))))];
}

/** The columns of these fields in the order of the schema; all where none is named. */
export function selectColumns(columns: readonly Column[], fields: readonly string[] | undefined): readonly Column[] {
  return fields === undefined
    ? columns
    : columns.filter(({ name }) => fields.some((field) => name === field || name.startsWith(`${field}.`)));
}

/** An entry with nothing but these columns. An object that is null stays so. */
export function selectFields(entry: object, columns: readonly Column[]): object {
  const selected: Record<string, unknown> = {};
  for (const { path } of columns) {
    put(selected, entry, path);
  }
  return selected;
}

function put(into: Record<string, unknown>, from: object, [key = '', ...rest]: readonly string[]): void {
  const value: unknown = Reflect.get(from, key);
  if (rest.length === 0 || typeof value !== 'object' || value === null) {
    if (value !== undefined) {
      into[key] = value;
    }
    return;
  }
  const known = into[key];
  const inner: Record<string, unknown> = isRecord(known) ? known : {};
  into[key] = inner;
  put(inner, value, rest);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
