import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { CliError } from '../errors.ts';
import { userPath } from '../terminal/paths.ts';

// A hundred thousand findings of two kilobytes.
const fileBytesMax = 256 * 1024 * 1024;

/**
 * Reads a file of our own output: one item a line, a list, or the object that holds the list under `name`.
 *
 * Throws `inputUnreadable` with what is no such item.
 */
export async function readItems<Schema extends z.ZodType>(
  file: string,
  { name, schema, isEmptyFine }: { readonly name: string; readonly schema: Schema; readonly isEmptyFine: boolean },
): Promise<readonly z.output<Schema>[]> {
  const text = await textOf(file);
  // A command that failed leaves an empty file behind: taken for "nothing was found" it would hide everything.
  if (!isEmptyFine && text.trim() === '') {
    throw unreadable(file, 'it is empty, which also a command that failed leaves behind: expected JSON, `[]` for none');
  }
  const items = itemsIn(text, name, file);
  return items.map((item, index) => {
    const parsed = schema.safeParse(item);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw unreadable(
        file,
        `entry ${index + 1}, \`${(issue?.path ?? []).join('.')}\`: ${issue?.message ?? 'it is malformed'}`,
      );
    }
    return parsed.data;
  });
}

function itemsIn(text: string, name: string, file: string): readonly unknown[] {
  const whole = parsedOr(text, undefined);
  if (Array.isArray(whole)) {
    return whole;
  }
  const held = z.looseObject({ [name]: z.array(z.unknown()) }).safeParse(whole);
  if (held.success) {
    return z.array(z.unknown()).parse(held.data[name]);
  }
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const value = parsedOr(line, undefined);
      if (value === undefined) {
        throw unreadable(file, `line ${index + 1} is no JSON`);
      }
      return value;
    });
}

function parsedOr(text: string, fallback: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fallback;
  }
}

async function textOf(file: string): Promise<string> {
  const path = userPath(file);
  try {
    if ((await stat(path)).size > fileBytesMax) {
      throw unreadable(file, `it is larger than ${fileBytesMax} bytes`);
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    throw error instanceof CliError
      ? error
      : unreadable(file, error instanceof Error ? error.message : 'it cannot be opened', error);
  }
}

function unreadable(file: string, problem: string, cause?: unknown): CliError {
  return new CliError('inputUnreadable', `cannot read \`${file}\`: ${problem}`, { cause });
}
