import { createHash } from 'node:crypto';

import { z } from 'zod';

const tokenSchema = z.object({ offset: z.number().int().nonnegative(), boundTo: z.string() });

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | null;
}

/**
 * Gives the page that a token points at. The token is bound to `boundTo`, the parameters of the request without the
 * token, and to nothing that the fake remembers. `onBadToken` makes the error of the operation.
 */
export function pageOf<T>(
  all: readonly T[],
  request: {
    readonly token: string | undefined;
    readonly size: number;
    readonly boundTo: unknown;
    readonly onBadToken: () => Error;
  },
): Page<T> {
  const boundTo = createHash('sha256').update(JSON.stringify(request.boundTo)).digest('base64url').slice(0, 16);
  const offset = request.token === undefined ? 0 : offsetOf(request.token, boundTo, request.onBadToken);
  const end = offset + request.size;
  const nextToken =
    end < all.length ? Buffer.from(JSON.stringify({ offset: end, boundTo })).toString('base64url') : null;
  return { items: all.slice(offset, end), nextToken };
}

function offsetOf(token: string, boundTo: string, onBadToken: () => Error): number {
  try {
    const parsed = tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64url').toString('utf8')));
    if (parsed.boundTo === boundTo) {
      return parsed.offset;
    }
  } catch {
    // A token that is not ours is refused like one that is bound to other parameters.
  }
  throw onBadToken();
}
