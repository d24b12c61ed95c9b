import { z } from 'zod';
import { fileSchema } from './file-schema.ts';

/** What editors and validators of other languages read: the JSON schema of a configuration file. */
export function configurationJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(fileSchema, { io: 'input' }),
    title: 'Configuration of ecr-audit',
  };
}

/** The names that the map at a path may hold; none where it is no map, or where any name may stand. */
export function namesAt(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = configurationJsonSchema();
  for (const step of path) {
    schema = property(property(schema, 'properties'), String(step));
  }
  const direct = Object.keys(asObject(property(schema, 'properties')));
  const alternatives = property(schema, 'anyOf');
  return direct.length > 0 || !Array.isArray(alternatives)
    ? direct
    : alternatives.flatMap((alternative) => Object.keys(asObject(property(alternative, 'properties'))));
}

function property(value: unknown, key: string): unknown {
  return Object.hasOwn(asObject(value), key) ? Reflect.get(asObject(value), key) : undefined;
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
