import { hash } from 'node:crypto';

/** The id that the database gave to a content. */
export function idOf(ids: ReadonlyMap<string, number>, contentHash: string): number {
  const id = ids.get(contentHash);
  if (id === undefined) {
    throw new Error(`the database did not keep \`${contentHash}\``);
  }
  return id;
}

/** In hex. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text);
}

/**
 * Hashes as Postgres reads an array: `unnest(${hashArray(hashes)}::text::bytea[])`.
 *
 * To be joined: in `= any (...)` the plan that serves every length compares each row with each hash, 60 s instead of 40 ms.
 */
export function hashArray(hashes: Iterable<string>): string {
  return `{${[...hashes].map((hex) => `"\\\\x${hex}"`).join(',')}}`;
}
