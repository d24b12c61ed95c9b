import { z } from '@hono/zod-openapi';
import { invalidQuery, type Problem } from '../http/problem.ts';
import { scanIdSchema } from '../schemas/text.ts';

/** Where a list goes on: after this entry, as of this scan. Lists that belong to no completed scan have none. */
export interface Position<After> {
  readonly scanId: string | null;
  readonly after: After;
}

/** Writes a position as an opaque text. `list` keeps the cursor of one list from another. */
export function writeCursor<After>(list: string, { scanId, after }: Position<After>): string {
  return Buffer.from(JSON.stringify([list, scanId, after]), 'utf8').toString('base64url');
}

/** Reads a cursor back; null where none was sent. Throws `invalidRequest` for what `writeCursor` did not make for this list. */
export function readCursor<After>(
  list: string,
  cursor: string | undefined,
  after: z.ZodType<After>,
): Position<After> | null {
  if (cursor === undefined) {
    return null;
  }
  const parsed = z.tuple([z.literal(list), scanIdSchema.nullable(), after]).safeParse(decode(cursor));
  if (!parsed.success) {
    throw invalidCursor();
  }
  const [, scanId, position] = parsed.data;
  return { scanId, after: position };
}

export function invalidCursor(): Problem {
  return invalidQuery('cursor', 'expected the `nextCursor` of an answer of this list, with the same `target`');
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
