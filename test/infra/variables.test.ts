import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { repositoryRoot, serviceNames } from './dockerfile.ts';

const directory = path.join(repositoryRoot, 'infra/configuration');
const readme = readFileSync(path.join(directory, 'README.md'), 'utf8');
const processVariables = readFileSync(path.join(directory, 'process-variables.md'), 'utf8');
const ofTheFile = [...readme.matchAll(/^\| `(\w+)` \| `[\w.]+` \|$/gm)].map(([, name = '']) => name);
const ofProcesses = [...processVariables.matchAll(/^\| `(\w+)` \| ([a-z, ]+) \| .+ \|$/gm)].map(
  ([, name = '', readers = '']) => ({
    name,
    readers: readers.split(', '),
  }),
);

/** The text of every program, without its tests. */
const programs = ['packages', 'services', 'infra/docker'].flatMap((folder) =>
  readdirSync(path.join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /^(?!.*(node_modules|\.test\.ts$|\/testing\/)).*\.m?[jt]s$/.test(file))
    .map((file) => readFileSync(path.join(repositoryRoot, folder, file), 'utf8')),
);

/** A variable is ours by its prefix, or by being a setting; those of AWS, of the system and of npm are not. */
function variablesIn(source: string): readonly string[] {
  const settings = [...source.matchAll(/\bvariable: '(\w+)'/g)].map(([, name = '']) => name);
  const ours = [...source.matchAll(/\bECR_AUDIT_[A-Z_]*[A-Z]\b/g)].map(([name]) => name);
  return [...settings, ...ours];
}

const read = new Set(programs.flatMap(variablesIn));

describe('the tables of variables', () => {
  test('have every variable that a program reads, and no other', () => {
    expect(read.size).toBeGreaterThan(25);
    expect([...ofTheFile, ...ofProcesses.map(({ name }) => name)].toSorted()).toEqual([...read].toSorted());
  });

  test('give each variable of the processes to services that there are', () => {
    const known = new Set<string>(serviceNames);
    expect(ofProcesses.filter(({ readers }) => !readers.every((reader) => known.has(reader)))).toEqual([]);
  });
});

test('compose.yaml hands each service the variables that the file has no key for', () => {
  const text = readFileSync(path.join(repositoryRoot, 'infra/docker/compose.yaml'), 'utf8');
  const { services } = z
    .looseObject({
      services: z.record(z.string(), z.looseObject({ environment: z.record(z.string(), z.unknown()).optional() })),
    })
    .parse(parse(text, { merge: true }));
  // There is no embedded database in a container: it would end with it.
  const handed = ofProcesses.filter(({ name }) => name !== 'ECR_AUDIT_DATA');
  const missing = handed.flatMap(({ name, readers }) =>
    readers
      .filter((reader) => !Object.hasOwn(services[reader]?.environment ?? {}, name))
      .map((reader) => [reader, name]),
  );
  expect(missing).toEqual([]);
});
