import type { z } from 'zod';
import { SnapshotFormatError } from '../errors.ts';
import type { SnapshotPart } from './part.ts';

/**
 * Reads a part as JSON of the given shape.
 *
 * @throws SnapshotFormatError naming the file, the line and column or the key, and what was expected.
 */
export function readPart<Schema extends z.ZodType>(part: SnapshotPart, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(parseJson(part));
  if (result.success) {
    return result.data;
  }
  const [issue] = result.error.issues;
  const place = (issue?.path ?? []).reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`),
    '',
  );
  throw new SnapshotFormatError('malformedFile', { path: part.path, place }, lowerFirst(issue?.message ?? 'malformed'));
}

function parseJson(part: SnapshotPart): unknown {
  try {
    const value: unknown = JSON.parse(part.content);
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'malformed';
    throw new SnapshotFormatError(
      'malformedFile',
      { path: part.path, place: positionOf(part.content, reason) },
      `expected JSON, but it is truncated or malformed (${reason.slice(0, 200)})`,
    );
  }
}

/** V8 names the offset in its message, or says that the text ended. */
function positionOf(content: string, message: string): string {
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? content.length);
  const before = content.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
