import type { z } from 'zod';
import { ConfigurationError } from './errors.ts';
import { secretFileVariable, textOfSecretFile } from './secret-file.ts';

/** One environment variable and what it means. */
export interface Setting<Value> {
  readonly variable: string;
  /** For the message, after "expected". */
  readonly expected: string;
  /** Parses the text; `undefined` is a variable that is not set, or empty. */
  readonly schema: z.ZodType<Value, string | undefined>;
  /** True where the value may hold a secret, so that no message repeats it. `NAME_FILE` may then name a file that holds it. */
  readonly isSecret?: boolean;
}

type Settings = Readonly<Record<string, Setting<unknown>>>;

export type Configuration<Chosen extends Settings> = {
  readonly [Name in keyof Chosen]: Chosen[Name] extends Setting<infer Value> ? Value : never;
};

export type Environment = Readonly<Record<string, string | undefined>>;

const shownLengthMax = 80;

/**
 * Reads the settings that a process needs. An empty variable counts as one that is not set, as compose files write it.
 *
 * Throws `ConfigurationError` with every wrong variable at once. Secrets are never repeated.
 */
export function readConfiguration<Chosen extends Settings>(
  settings: Chosen,
  environment: Environment = process.env,
): Configuration<Chosen> {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const { text, problem: unread } = textOf(setting, environment);
    if (unread !== null) {
      problems.push(unread);
      continue;
    }
    const parsed = setting.schema.safeParse(text);
    if (parsed.success) {
      values[name] = parsed.data;
    } else {
      problems.push(problem(setting, text));
    }
  }
  if (problems.length > 0) {
    throw new ConfigurationError(problems);
  }
  if (!isComplete<Chosen>(values, settings)) {
    throw new Error('a setting was not read');
  }
  return values;
}

/** The variable itself comes first; a secret may lie in a file that its companion names, as orchestrators mount them. */
function textOf(
  { variable, isSecret = false }: Setting<unknown>,
  environment: Environment,
): { readonly text: string | undefined; readonly problem: string | null } {
  const text = environment[variable] || undefined;
  const companion = secretFileVariable(variable);
  const file = isSecret && text === undefined ? environment[companion] || undefined : undefined;
  if (file === undefined) {
    return { text, problem: null };
  }
  const read = textOfSecretFile(file);
  return read.kind === 'text'
    ? { text: read.text || undefined, problem: null }
    : { text: undefined, problem: `\`${companion}\` names a file that cannot be used: \`${file}\`, ${read.reason}` };
}

/** A setting with its value's type kept. */
export function setting<Value>(definition: Setting<Value>): Setting<Value> {
  return definition;
}

// Each value went through the schema of its own setting above, which is what the type says.
function isComplete<Chosen extends Settings>(
  values: Readonly<Record<string, unknown>>,
  settings: Chosen,
): values is Configuration<Chosen> {
  return Object.keys(settings).every((name) => Object.hasOwn(values, name));
}

function problem({ variable, expected, isSecret = false }: Setting<unknown>, text: string | undefined): string {
  if (text === undefined) {
    return `\`${variable}\` is not set: expected ${expected}`;
  }
  const shown = text.length > shownLengthMax ? `${text.slice(0, shownLengthMax)}…` : text;
  return isSecret
    ? `\`${variable}\` cannot be used: expected ${expected}`
    : `\`${variable}\` cannot be used: expected ${expected}, found \`${shown}\``;
}
