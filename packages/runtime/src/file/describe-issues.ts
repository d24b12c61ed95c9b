import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';
import type { Override } from './overrides.ts';
import type { YamlDocument } from './yaml-document.ts';

type Issue = z.core.$ZodIssue;

const shownLengthMax = 80;

// What is written in their place may be the secret itself.
const secretPaths = ['organization.externalId', 'database.url', 'redis.url'];

interface Source {
  readonly file: string;
  readonly document: YamlDocument | null;
  /** The content with the overrides in it. */
  readonly content: unknown;
  readonly overrides: readonly Override[];
  /** The names that a map of the file may hold. */
  readonly namesAt: (path: readonly PropertyKey[]) => readonly string[];
}

interface Told {
  /** Null for a variable of the environment. */
  readonly line: number | null;
  readonly text: string;
}

/** One sentence for each thing that is wrong, in the order of the file: line, key, what was expected, and what was found. */
export function describeIssues(issues: readonly Issue[], source: Source): readonly string[] {
  return issues
    .flatMap((issue) => innermost(issue))
    .flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(issue, source) : [wrongValue(issue, source)]))
    .toSorted((a, b) => (a.line ?? Number.POSITIVE_INFINITY) - (b.line ?? Number.POSITIVE_INFINITY))
    .map(({ line, text }) =>
      line === null ? text : `${source.file}${source.document === null ? '' : `:${line}`}: ${text}`,
    );
}

function unknownKeys(issue: z.core.$ZodIssueUnrecognizedKeys, source: Source): readonly Told[] {
  const known = source.namesAt(issue.path);
  return issue.keys.map((key) => {
    const nearest = nearestName(key, known);
    const hint =
      nearest !== null ? `; did you mean \`${nearest}\`?` : known.length > 0 ? `; expected ${quoted(known)}` : '';
    return {
      line: source.document?.lineOf(issue.path, key) ?? 1,
      text: `\`${nameOf([...issue.path, key])}\` is unknown${hint}`,
    };
  });
}

function wrongValue(issue: Issue, { document, content, overrides }: Source): Told {
  const name = nameOf(issue.path);
  const found = foundAt(content, issue.path);
  const shown = isSecret(name) || found === null ? '' : `, found ${found}`;
  const override = overrides.findLast(({ path }) => path.every((step, index) => issue.path[index] === step));
  if (override !== undefined) {
    return { line: null, text: `\`${override.variable}\` cannot be used: expected ${issue.message}${shown}` };
  }
  return isAbsent(content, issue.path)
    ? {
        line: document?.lineOf(issue.path.slice(0, -1)) ?? 1,
        text: `\`${name}\` is missing: expected ${issue.message}`,
      }
    : { line: document?.lineOf(issue.path) ?? 1, text: `\`${name}\`: expected ${issue.message}${shown}` };
}

/** Of a choice, the issues within the alternative that came furthest; those tell which entry of a list is wrong. */
function innermost(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') {
    return [issue];
  }
  const deepest = issue.errors
    .filter((branch) => branch.length > 0 && branch.every(({ path }) => path.length > 0))
    .toSorted((a, b) => a.length - b.length)[0];
  return deepest === undefined
    ? [issue]
    : deepest.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}

function nameOf(path: readonly PropertyKey[]): string {
  const name = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
  return name === '' ? 'the file' : cut(name);
}

function isSecret(name: string): boolean {
  return secretPaths.some((path) => name === path || name.startsWith(`${path}.`));
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    content,
  );
}

function isAbsent(content: unknown, path: readonly PropertyKey[]): boolean {
  return path.length > 0 && valueAt(content, path) === undefined;
}

function foundAt(content: unknown, path: readonly PropertyKey[]): string | null {
  const value = valueAt(content, path);
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return `\`${cut(String(value))}\``;
    default:
      return value === null ? 'nothing' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : null;
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function cut(text: string): string {
  return text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text;
}
