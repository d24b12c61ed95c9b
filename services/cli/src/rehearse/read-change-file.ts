import { readFile, stat } from 'node:fs/promises';
import { type ChangeProblem, pathText } from '@ecr-audit/access';
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { CliError } from '../errors.ts';
import { userPath } from '../terminal/paths.ts';

// AWS's largest documents have 10,240 characters, and a file holds at most a hundred changes.
const fileBytesMax = 4 * 1024 * 1024;
// An alias that repeats another one repeats all of it: a few lines could come to gigabytes.
const aliasesMax = 100;

/** What a file proposes, and where everything in it stands. */
export interface ChangeFile {
  readonly value: unknown;
  /** Tells problems as `FILE:LINE:COLUMN: ...`, a line each. */
  describe(problems: readonly ChangeProblem[]): string;
}

/** Reads a file of changes, JSON or YAML, of which every JSON text is one. Throws `inputUnreadable` with line and column. */
export async function readChangeFile(given: string): Promise<ChangeFile> {
  const text = await readText(given);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw unreadable(`${given}:${line}:${col}`, lowerFirst(error.message));
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: aliasesMax });
  } catch (cause) {
    throw unreadable(given, 'it repeats parts of itself more often than a list of changes would', cause);
  }
  return {
    value,
    describe: (problems) =>
      problems
        .map((problem) => {
          const offset = offsetOf(document, problem);
          const { line, col } = lines.linePos(offset);
          return `${given}:${line}:${col}: ${describe(problem)}`;
        })
        .join('\n'),
  };
}

async function readText(given: string): Promise<string> {
  const path = userPath(given);
  try {
    const { size } = await stat(path);
    if (size > fileBytesMax) {
      throw unreadable(given, `it has ${size} bytes: expected at most ${fileBytesMax}`);
    }
    return await readFile(path, 'utf8');
  } catch (error) {
    throw error instanceof CliError
      ? error
      : unreadable(given, error instanceof Error ? error.message : 'it broke off', error);
  }
}

/** `changes[0].document Statement[0].Action: holds ...`. The place in a document that is given as text has its own lines. */
function describe({ path, place, position, message }: ChangeProblem): string {
  const where = [
    pathText(path),
    place === null || place === 'document' ? '' : place,
    position === null ? '' : `(line ${position.line}, column ${position.column} of its text)`,
  ];
  const words = where.filter((word) => word !== '').join(' ');
  return words === '' ? message : `${words}: ${message}`;
}

/** Where the value of a problem stands, or the nearest one around it that is there. */
function offsetOf(document: Document, { path, place }: ChangeProblem): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of [...path, ...stepsOf(place)]) {
    if (isNode(node) && node.range) {
      [offset] = node.range;
    }
    // A single statement may stand without its list.
    const next = isMap(node) && typeof step === 'number' ? node : memberOf(node, step);
    if (next === undefined) {
      return offset;
    }
    node = next;
  }
  return isNode(node) && node.range ? node.range[0] : offset;
}

function memberOf(node: unknown, step: string | number): unknown {
  if (isMap(node)) {
    return node.items.find(({ key }) => (isScalar(key) ? key.value : key) === step)?.value ?? undefined;
  }
  return isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
}

/** `Statement[1].Condition.StringEquals` as steps; a key with a dot in it ends them, which is near enough. */
function stepsOf(place: string | null): (string | number)[] {
  return (place ?? '').split('.').flatMap((word) => {
    const open = word.indexOf('[');
    const index = open < 0 ? Number.NaN : Number(word.slice(open + 1, -1));
    return Number.isInteger(index) ? [word.slice(0, open), index] : [word];
  });
}

function unreadable(place: string, message: string, cause?: unknown): CliError {
  return new CliError('inputUnreadable', `cannot read \`${place}\`: ${message}`, { cause });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
