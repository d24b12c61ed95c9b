import { parseJson } from '@ecr-audit/policy';
import type { z } from 'zod';
import { SnapshotFormatError } from '../errors.ts';
import type { SnapshotPart } from './part.ts';

/**
 * Reads a part as JSON of the given shape.
 *
 * @throws SnapshotFormatError naming the file, the line and column or the key, and what was expected.
 */
export function readPart<Schema extends z.ZodType>(part: SnapshotPart, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(readJson(part));
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

/** The engine's reader is several times as fast; it does not say where it stopped, so a malformed file is read again. */
function readJson(part: SnapshotPart): unknown {
  try {
    const value: unknown = JSON.parse(part.content);
    return value;
  } catch (error) {
    const read = parseJson(part.content);
    if (read.kind === 'readable') {
      throw error;
    }
    const { place, message } = read.problem;
    throw new SnapshotFormatError('malformedFile', { path: part.path, place }, `expected JSON, but it ${message}`);
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
