import { readFileSync } from 'node:fs';

import { parseSchedule } from '@ecr-audit/jobs';
import { configurationJsonSchema, configurationOverrides, loadConfigurationFile } from '@ecr-audit/runtime';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const directory = new URL('../../infra/configuration/', import.meta.url);
const exampleFile = new URL('ecr-audit.example.yaml', directory).pathname;
const exampleText = readFileSync(exampleFile, 'utf8');

/** Every path of the JSON schema that names a key of the file. */
function keysOf(schema: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const { properties } = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).parse(schema);
  return Object.entries(properties ?? {}).flatMap(([key, inner]) => [[...path, key], ...keysOf(inner, [...path, key])]);
}

describe('the configuration that ships', () => {
  test('its JSON schema is that of the code', () => {
    const shipped: unknown = JSON.parse(readFileSync(new URL('ecr-audit.schema.json', directory), 'utf8'));
    expect(shipped).toEqual(configurationJsonSchema());
  });

  test('its example is valid, for the code and for the JSON schema', async () => {
    const { organization, schedules } = await loadConfigurationFile(exampleFile, {});
    expect(organization).toMatchObject({ accounts: 'discover', regions: 'all' });
    expect(schedules).toEqual({ access: '6h', activity: '5m', lastAccessed: '1d', maintenance: '1d' });
    const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(configurationJsonSchema())));
    // Without the comments: what an editor validates.
    expect(schema.safeParse(parse(exampleText)).error).toBeUndefined();
  });

  test('its example shows every key', () => {
    const example: unknown = parse(exampleText);
    const missing = keysOf(configurationJsonSchema()).filter((path) => !hasKey(example, path));
    expect(missing).toEqual([]);
  });

  test('its README lists every variable that overrides a key', () => {
    const readme = readFileSync(new URL('README.md', directory), 'utf8');
    const listed = [...readme.matchAll(/^\| `(\w+)`\s*\| `([\w.]+)`\s*\|$/gm)].map(([, name, key]) => [name, key]);
    expect(listed).toEqual(configurationOverrides.map(({ variable, path }) => [variable, path.join('.')]));
  });

  test('every variable overrides a key that there is', () => {
    const keys = new Set(keysOf(configurationJsonSchema()).map((path) => path.join('.')));
    expect(configurationOverrides.filter(({ path }) => !keys.has(path.join('.')))).toEqual([]);
  });
});

/** Whether the form of a schedule is the one that the file wants. */
function fits(text: string): boolean {
  const schema = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(configurationJsonSchema());
  const { properties } = z
    .object({ properties: z.record(z.string(), z.object({ pattern: z.string() })) })
    .parse(schema.properties['schedules']);
  return new RegExp(properties['access']?.pattern ?? '').test(text);
}

describe('a schedule of the configuration', () => {
  test.each(['90s', '5m', '6h', '31d', '0 3 * * *', '*/15 * * * *', '30 0 3 * * MON-FRI', '0 0 L * ?'])(
    'is read by the queues too: `%s`',
    (text) => {
      expect(fits(text)).toBe(true);
      expect(() => parseSchedule(text)).not.toThrow();
    },
  );

  test.each(['', '6', '6 hours', '0h', '-1h', '1.5h', '* *', '* * * * * * *', '0 3 * * *; rm'])(
    'is refused: `%s`',
    (text) => {
      expect(fits(text)).toBe(false);
    },
  );
});

function hasKey(value: unknown, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  return (
    key === undefined ||
    (typeof value === 'object' && value !== null && Object.hasOwn(value, key) && hasKey(Reflect.get(value, key), rest))
  );
}
